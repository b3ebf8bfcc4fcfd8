"""Who may come to the desk: signing in and out, and links by which a password is set."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from bot.clock import Clock, utc_now
from bot.desk import passwords
from bot.desk.attempts import Attempts
from bot.desk.errors import (
    SecondStepError,
    SignInRefusedError,
    UnfitLoginError,
    UnfitNameError,
)
from bot.desk.second_step import SecondStep
from bot.errors import SetupLinkSpentError
from bot.store import events, sessions, setup_links, staff
from bot.store.passwords import hash_password, is_dated, verify_password
from bot.store.staff import Credentials, Role, Staff
from bot.store.tables import SetupLinkRow, StaffSessionRow
from bot.store.tokens import hash_token
from bot.store.work import Store, Work

P = ParamSpec("P")
T = TypeVar("T")

IDLE = timedelta(hours=12)
"""A session nobody uses ends after this."""
LONGEST = timedelta(days=7)
"""And any session after this."""
SLIDE_EVERY = timedelta(minutes=5)
"""How much of an extension must have gathered before it is written down."""
LINK_LASTS = timedelta(hours=24)
HASHES_AT_ONCE = 2
"""Each takes 64 MiB and 0.1 s of a core."""

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
NAME_LONGEST = 80


@dataclass(frozen=True)
class Invitation:
    """An open set-up link: for whom it is, and whether they have an account already."""

    login: str | None
    """None: whoever holds the link chooses one."""
    name: str | None
    """Their name, where the link only sets a new password."""
    role: Role | None = None
    """The role of the account it makes; None where whoever made it chose none."""


@dataclass(frozen=True)
class NewAccount:
    """What whoever holds a link has chosen."""

    login: str
    name: str
    password_hash: str
    shows_name: bool


class Accounts:
    """The door of the desk."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock
        self.attempts = Attempts(store, clock)
        """How often a password or a code was tried, at sign-in and behind it."""
        self._second = SecondStep(store.cipher, clock)
        self._hashing = asyncio.Semaphore(HASHES_AT_ONCE)

    async def sign_in(
        self, login: str, password: str, address: str, browser: str | None = None
    ) -> str:
        """The token of a new session.

        An unknown login and a wrong password are told by the same words after the same work.
        Raises SignInRefusedError, TooManyAttemptsError; SecondStepError where a code is wanted too.
        """
        await self.attempts.begin(login, address)
        found = await self._store.read(lambda work: staff.credentials(work, login))
        fits = await self.hash(
            verify_password, found.password_hash if found else None, password[: passwords.LONGEST]
        )
        if found is None or not fits:
            raise SignInRefusedError("login or password does not fit")
        if is_dated(found.password_hash):
            found = await self._renewed(found, await self.hash(hash_password, password))
        if found.staff.two_factor:
            raise SecondStepError(self._second.ticket(found))
        return await self._let_in(found, address, browser)

    async def take_code(
        self, ticket: str, code: str, address: str, browser: str | None = None
    ) -> str:
        """The token of a new session, for a code of the app or a recovery code.

        A code counts as an attempt, as a password does, and what counts is forgotten only by one that fits.
        Raises SecondStepOverError, CodeRefusedError, TooManyAttemptsError.
        """
        login = self._second.login(ticket)
        await self.attempts.begin(login, address)
        now = self._clock()

        def work_on(work: Work) -> str:
            found = self._second.redeem(work, ticket, code, now)
            return _begin(work, found.staff, browser, now)

        token = await self._store.run(work_on)
        await self.attempts.forget(login, address)
        return token

    async def whose(self, token: str) -> Staff | None:
        """Who is signed in by this token; being here makes the session last longer."""
        now = self._clock()
        who = await self._store.read(lambda work: _holder(work, token, now))
        if who is not None and who.extension >= SLIDE_EVERY:
            await self._store.run(
                lambda work: sessions.seen(work, token, now=now, lasts=who.until - now)
            )
        return who.staff if who else None

    async def still_in(self, token: str) -> bool:
        """Whether the session still runs; asking does not make it last longer."""
        now = self._clock()
        found = await self._store.read(lambda work: sessions.whose(work, token, now=now))
        return found is not None

    async def sign_out(self, token: str) -> None:
        """End this session; other browsers of the same person stay signed in."""
        now = self._clock()

        def work_on(work: Work) -> None:
            who = sessions.whose(work, token, now=now)
            sessions.end(work, token)
            if who is not None:
                _journal(work, "staff.signed_out", who.id, now)

        await self._store.run(work_on)

    async def invite(self, login: str | None = None, role: Role | None = None) -> str:
        """The path of a link that sets a password, once, within a day.

        With the login of somebody who has an account it sets a new password; with another it
        makes that account, in the role given; without one its holder chooses the login.
        Raises UnfitLoginError.
        """
        wanted = None if login is None else checked_login(login)
        now = self._clock()

        def work_on(work: Work) -> str:
            setup_links.sweep(work, now=now)
            return setup_links.make(work, now=now, lasts=LINK_LASTS, login=wanted, role=role)

        return f"/desk/setup/{await self._store.run(work_on)}"

    async def first_link(self) -> str | None:
        """A link for the first administrator, as long as nobody can sign in; else None."""
        return None if await self._store.read(staff.count_active) else await self.invite()

    async def invitation(self, token: str) -> Invitation:
        """What an open link is for; looking does not use it up. Raises SetupLinkSpentError."""
        now = self._clock()
        return await self._store.read(lambda work: _invitation(work, token, now))

    async def set_up(
        self,
        token: str,
        *,
        login: str,
        name: str,
        password: str,
        shows_name: bool = False,
        browser: str | None = None,
    ) -> str:
        """Use a link up: the account stands, and this is the token of its first session.

        Where anything is refused the link stays open. Raises UnfitLoginError, UnfitNameError,
        WeakPasswordError, LoginTakenError, SetupLinkSpentError; SecondStepError where the new
        password is set and a code is wanted too: a link is no way round it.
        """
        invited = await self.invitation(token)
        wanted = invited.login or checked_login(login)
        called = invited.name or checked_name(name)
        passwords.check(password, wanted)
        password_hash = await self.hash(hash_password, password)
        now = self._clock()

        new = NewAccount(wanted, called, password_hash, shows_name=shows_name)

        def work_on(work: Work) -> Credentials | str:
            setup_links.spend(work, token, now=now)
            who = _stand(work, invited, new, now)
            data = {"invitation": setup_links.id_of(token)}
            events.record(work, "staff.set_up", actor=f"staff:{who.id}", now=now, data=data)
            if who.two_factor:
                return Credentials(who, password_hash)
            return sessions.begin(work, who.id, now=now, lasts=IDLE, browser=browser)

        stands = await self._store.run(work_on)
        if isinstance(stands, Credentials):
            raise SecondStepError(self._second.ticket(stands))
        await self.attempts.forget(wanted)
        return stands

    async def _renewed(self, found: Credentials, password_hash: str) -> Credentials:
        """The same credentials with a hash of today's costs."""

        def work_on(work: Work) -> Credentials:
            _unchanged(work, found)
            staff.set_password(work, found.staff.id, password_hash)
            return replace(found, password_hash=password_hash)

        return await self._store.run(work_on)

    async def _let_in(self, found: Credentials, address: str, browser: str | None) -> str:
        now = self._clock()

        def work_on(work: Work) -> str:
            _unchanged(work, found)
            return _begin(work, found.staff, browser, now)

        token = await self._store.run(work_on)
        await self.attempts.forget(found.staff.login, address)
        return token

    async def hash(self, work: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        """Hash or verify a password off the loop, a few at a time."""
        async with self._hashing:
            return await asyncio.to_thread(work, *args, **more)


@dataclass(frozen=True)
class _Holder:
    """Who holds a session, and how long it may last from now."""

    staff: Staff
    until: datetime
    extension: timedelta
    """How much longer that is than what is written down."""


def _holder(work: Work, token: str, now: datetime) -> _Holder | None:
    who = sessions.whose(work, token, now=now)
    row = work.session.get(StaffSessionRow, hash_token(token))
    if who is None or row is None:
        return None
    until = min(now + IDLE, row.created_at + LONGEST)
    return _Holder(who, until, until - row.expires_at)


def _invitation(work: Work, token: str, now: datetime) -> Invitation:
    row = work.session.get(SetupLinkRow, hash_token(token))
    if row is None or not setup_links.is_open(work, token, now=now):
        raise SetupLinkSpentError("a set-up link was opened that is not open")
    found = staff.credentials(work, row.staff_login) if row.staff_login else None
    role = Role(row.role) if row.role else None
    return Invitation(row.staff_login, found.staff.name if found else None, role)


def _stand(work: Work, invited: Invitation, new: NewAccount, now: datetime) -> Staff:
    """The account the link was for: with a new password, or new altogether."""
    found = staff.credentials(work, new.login) if invited.login else None
    if found is not None:
        staff.set_password(work, found.staff.id, new.password_hash)
        return found.staff
    usual = Role.AGENT if staff.count_active(work, Role.ADMIN) else Role.ADMIN
    return staff.create(
        work,
        login=new.login,
        name=new.name,
        role=invited.role or usual,
        password_hash=new.password_hash,
        now=now,
        shows_name=new.shows_name,
    )


def _unchanged(work: Work, found: Credentials) -> None:
    now = staff.credentials(work, found.staff.login)
    if now is None or now.password_hash != found.password_hash or now.staff.id != found.staff.id:
        raise SignInRefusedError("the account changed while the password was checked")


def _begin(work: Work, who: Staff, browser: str | None, now: datetime) -> str:
    sessions.sweep(work, now=now)
    _journal(work, "staff.signed_in", who.id, now)
    return sessions.begin(work, who.id, now=now, lasts=IDLE, browser=browser)


def checked_login(text: str) -> str:
    """A login as it is kept. Raises UnfitLoginError."""
    login = staff.plain_login(text)
    if not LOGIN.fullmatch(login):
        raise UnfitLoginError("not a login")
    return login


def checked_name(text: str) -> str:
    """A name as prospects read it: one line. Raises UnfitNameError."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= NAME_LONGEST or not name.isprintable():
        raise UnfitNameError("not a name")
    return name


def _journal(work: Work, what: str, staff_id: str, now: datetime) -> None:
    events.record(work, what, actor=f"staff:{staff_id}", now=now)
