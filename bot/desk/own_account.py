"""What everybody does with their own account: name, password, browsers, the second factor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk import passwords, recovery, second_step, totp
from bot.desk.accounts import IDLE, Accounts, checked_name
from bot.desk.errors import CodeRefusedError, WrongPasswordError
from bot.store import events, second_factor, sessions, staff
from bot.store.passwords import hash_password, verify_password
from bot.store.sessions import Session
from bot.store.staff import Staff
from bot.store.work import Store, Work


@dataclass(frozen=True)
class Own:
    """An account as its holder sees it."""

    sessions: Sequence[Session]
    here: str
    """The id of the session they look from."""
    proposed: str | None
    """A secret that waits to be confirmed."""
    codes_left: int


class OwnAccount:
    """Each act is one transaction with its line in the journal. `token` is the session somebody acts from."""

    def __init__(self, store: Store, accounts: Accounts, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._accounts = accounts
        self._clock = clock

    async def look(self, who: Staff, token: str) -> Own:
        """Everything of the account that is no setting of its own."""
        now = self._clock()

        def look(work: Work) -> Own:
            proposed = None if who.two_factor else second_factor.secret(work, who.id)
            left = second_factor.codes_left(work, who.id)
            there = sessions.of(work, who.id, now=now)
            return Own(there, sessions.id_of(token), proposed, left)

        return await self._store.read(look)

    async def set_name(self, who: Staff, name: str, *, shown: bool) -> None:
        """What they are called, and whether prospects read it. Raises UnfitNameError."""
        called = checked_name(name)
        now = self._clock()

        def work_on(work: Work) -> None:
            staff.set_name(work, who.id, called, shown=shown)
            if called != who.name:
                _record(work, "staff.name_changed", who, now)
            if shown != who.shows_name:
                kind = "staff.name_shown" if shown else "staff.name_hidden"
                _record(work, kind, who, now)

        await self._store.run(work_on)

    async def change_password(
        self, who: Staff, present: str, wanted: str, address: str, browser: str
    ) -> str:
        """A new password, and the token of a new session; all others end.

        Raises WrongPasswordError, WeakPasswordError, TooManyAttemptsError.
        """
        passwords.check(wanted, who.login)
        await self.prove(who, present, address)
        password_hash = await self._accounts.hash(hash_password, wanted)
        now = self._clock()

        def work_on(work: Work) -> str:
            staff.set_password(work, who.id, password_hash)
            _record(work, "staff.password_changed", who, now)
            return sessions.begin(work, who.id, now=now, lasts=IDLE, browser=browser)

        return await self._store.run(work_on)

    async def prove(self, who: Staff, password: str, address: str) -> None:
        """That it is them, by their password. Raises WrongPasswordError, TooManyAttemptsError."""
        await self._accounts.attempts.begin(who.login, address)
        found = await self._store.read(lambda work: staff.credentials(work, who.login))
        kept = found.password_hash if found else None
        typed = password[: passwords.LONGEST]
        if not await self._accounts.hash(verify_password, kept, typed):
            raise WrongPasswordError("the present password does not fit")
        await self._accounts.attempts.forget(who.login, address)

    async def end_session(self, who: Staff, session_id: str) -> None:
        """Sign one of their browsers out; nothing where it is out already."""
        now = self._clock()

        def work_on(work: Work) -> None:
            if sessions.end_one(work, who.id, session_id):
                _record(work, "staff.session_ended", who, now)

        await self._store.run(work_on)

    async def end_others(self, who: Staff, token: str) -> None:
        """Sign all their other browsers out."""
        now = self._clock()

        def work_on(work: Work) -> None:
            count = sessions.end_others(work, who.id, token)
            if count:
                events.record(
                    work,
                    "staff.session_ended",
                    actor=f"staff:{who.id}",
                    now=now,
                    data={"count": count},
                )

        await self._store.run(work_on)

    async def propose(self, who: Staff, password: str, address: str) -> None:
        """Make a secret that waits for its first code. Raises WrongPasswordError, TooManyAttemptsError.

        The password is asked for, so that a browser left open does not lock its owner out.
        """
        await self.prove(who, password, address)
        secret = totp.new_secret()
        await self._store.run(lambda work: second_factor.propose(work, who.id, secret))

    async def confirm(self, who: Staff, code: str) -> list[str]:
        """From now on a code is asked for: the recovery codes, which nobody sees again.

        Raises CodeRefusedError.
        """
        now, codes = self._clock(), recovery.new_codes()

        def work_on(work: Work) -> None:
            secret = second_factor.secret(work, who.id)
            step = totp.step_of(secret, code, now) if secret else None
            if step is None or not second_factor.confirm(work, who.id, now=now):
                raise CodeRefusedError("the first code does not fit")
            second_factor.take_step(work, who.id, step)
            second_factor.set_codes(work, who.id, codes)
            _record(work, "staff.two_factor_on", who, now)

        await self._store.run(work_on)
        return codes

    async def give_up(self, who: Staff) -> None:
        """Forget a secret that was never confirmed."""

        def work_on(work: Work) -> None:
            if not staff.get(work, who.id).two_factor:
                second_factor.remove(work, who.id)

        await self._store.run(work_on)

    async def turn_off(self, who: Staff, code: str, address: str) -> None:
        """No code is asked for any more. Raises CodeRefusedError, TooManyAttemptsError."""

        def work_on(work: Work, now: datetime) -> None:
            second_factor.remove(work, who.id)
            _record(work, "staff.two_factor_off", who, now)

        await self._with_code(who, code, address, work_on)

    async def renew_codes(self, who: Staff, code: str, address: str) -> list[str]:
        """New recovery codes; the old ones no longer work. Raises CodeRefusedError, TooManyAttemptsError."""
        codes = recovery.new_codes()

        def work_on(work: Work, now: datetime) -> None:
            second_factor.set_codes(work, who.id, codes)
            _record(work, "staff.recovery_codes_made", who, now)

        await self._with_code(who, code, address, work_on)
        return codes

    async def _with_code(
        self, who: Staff, code: str, address: str, then: Callable[[Work, datetime], None]
    ) -> None:
        await self._accounts.attempts.begin(who.login, address)
        now = self._clock()

        def work_on(work: Work) -> None:
            second_step.take(work, who, code, now)
            then(work, now)

        await self._store.run(work_on)
        await self._accounts.attempts.forget(who.login, address)


def _record(work: Work, what: str, who: Staff, now: datetime) -> None:
    events.record(work, what, actor=f"staff:{who.id}", now=now)
