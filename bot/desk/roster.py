"""What administrators do with accounts; each act and its line in the journal are one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.conversation.events import HandedBack, Staffer
from bot.conversation.owner import Owner
from bot.desk.accounts import checked_login
from bot.desk.errors import LastAdministratorError, NotYourselfError
from bot.errors import ActionRefusedError, ConversationNotFoundError, LoginTakenError
from bot.reception import Reception
from bot.store import conversations, events, second_factor, sessions, setup_links, staff
from bot.store.events import OPERATOR
from bot.store.setup_links import OpenLink
from bot.store.staff import Role, Staff
from bot.store.work import Store, Work

__all__ = ["OPERATOR", "Member", "Roll", "Roster"]

MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class Member:
    """One line of the list of accounts."""

    staff: Staff
    sessions: int


@dataclass(frozen=True)
class Roll:
    """Everybody, and who has been asked to come."""

    members: Sequence[Member]
    invitations: Sequence[OpenLink]


class Roster:
    """The accounts. `by` is who acts: `staff:<id>`, or the operator."""

    def __init__(
        self, store: Store, reception: Reception | None, clock: Callable[[], datetime]
    ) -> None:
        """Without a reception whoever is disabled keeps their conversations."""
        self._store = store
        self._reception = reception
        self._clock = clock

    async def roll(self) -> Roll:
        """Everybody, those who may sign in first, and the invitations that are open."""
        now = self._clock()

        def look(work: Work) -> Roll:
            there = sessions.count(work, now=now)
            found = sorted(staff.everyone(work), key=lambda one: not one.is_active)
            known = {one.login for one in found}
            links = [one for one in setup_links.open_ones(work, now=now) if one.login not in known]
            return Roll([Member(one, there[one.id]) for one in found], links)

        return await self._store.read(look)

    async def by_login(self, login: str) -> Staff:
        """An account by its login, disabled ones too. Raises StaffNotFoundError."""
        return await self._store.read(lambda work: staff.by_login(work, login))

    async def conversations_of(self, who: Staff) -> list[str]:
        """The ids of the conversations somebody has now."""
        return await self._store.read(lambda work: _conversations(work, who.id))

    async def invite(self, by: str, login: str, role: Role, lasts: timedelta) -> str:
        """The path of a link that makes an account of this role, once.

        Raises UnfitLoginError, LoginTakenError.
        """
        wanted = checked_login(login)
        now = self._clock()

        def work_on(work: Work) -> str:
            if any(one.login == wanted for one in staff.everyone(work)):
                raise LoginTakenError("somebody was invited who is there")
            setup_links.sweep(work, now=now)
            setup_links.withdraw_all(work, wanted)
            token = setup_links.make(work, now=now, lasts=lasts, login=wanted, role=role)
            data = {"invitation": setup_links.id_of(token), "role": role.value}
            events.record(work, "staff.invited", actor=by, now=now, data=data)
            return f"/desk/setup/{token}"

        return await self._store.run(work_on)

    async def withdraw(self, by: str, link_id: str) -> None:
        """Take an invitation back; nothing where it is used or gone."""
        now = self._clock()

        def work_on(work: Work) -> None:
            if setup_links.withdraw(work, link_id):
                data = {"invitation": link_id}
                events.record(work, "staff.invitation_withdrawn", actor=by, now=now, data=data)

        await self._store.run(work_on)

    async def reset_link(self, by: str, staff_id: str, lasts: timedelta) -> str:
        """The path of a link by which somebody sets a new password; older ones no longer work.

        Raises StaffNotFoundError, NotYourselfError: a browser left open must not become a new password.
        """
        now = self._clock()

        def work_on(work: Work) -> str:
            _not_oneself(by, staff_id)
            who = staff.get(work, staff_id)
            setup_links.withdraw_all(work, who.login)
            token = setup_links.make(work, now=now, lasts=lasts, login=who.login)
            _record(work, "staff.reset_link_made", by, now, who)
            return f"/desk/setup/{token}"

        return await self._store.run(work_on)

    async def set_role(self, by: str, staff_id: str, role: Role) -> None:
        """Another role. Raises StaffNotFoundError, LastAdministratorError."""
        now = self._clock()

        def work_on(work: Work) -> None:
            who = staff.get(work, staff_id)
            if who.role is role:
                return
            if role is not Role.ADMIN:
                _keep_an_administrator(work, who)
            staff.set_role(work, who.id, role)
            change = {"from": who.role.value, "to": role.value}
            _record(work, "staff.role_changed", by, now, who, **change)

        await self._store.run(work_on)

    async def disable(self, by: str, staff_id: str) -> int:
        """No sign-in any more and out at once; how many conversations went back to the bot.

        Raises StaffNotFoundError, NotYourselfError, LastAdministratorError.
        """
        now = self._clock()

        def work_on(work: Work) -> tuple[Staff, list[str]]:
            _not_oneself(by, staff_id)
            who = staff.get(work, staff_id)
            _keep_an_administrator(work, who)
            theirs = _conversations(work, who.id)
            if who.is_active:
                staff.disable(work, who.id, now=now)
                setup_links.withdraw_all(work, who.login)
                _record(work, "staff.disabled", by, now, who, conversations=len(theirs))
            return who, theirs

        who, theirs = await self._store.run(work_on)
        return await self._hand_back(who, theirs)

    async def enable(self, by: str, staff_id: str) -> None:
        """They may sign in again. Raises StaffNotFoundError."""
        now = self._clock()

        def work_on(work: Work) -> None:
            who = staff.get(work, staff_id)
            if not who.is_active:
                staff.enable(work, who.id)
                _record(work, "staff.enabled", by, now, who)

        await self._store.run(work_on)

    async def reset_two_factor(self, by: str, staff_id: str) -> None:
        """No code is asked of them any more, and they are signed out everywhere.

        Raises StaffNotFoundError, NotYourselfError: one's own is turned off by a code.
        """
        now = self._clock()

        def work_on(work: Work) -> None:
            _not_oneself(by, staff_id)
            who = staff.get(work, staff_id)
            second_factor.remove(work, who.id)
            sessions.end_all(work, who.id)
            _record(work, "staff.two_factor_reset", by, now, who)

        await self._store.run(work_on)

    async def sign_out(self, by: str, staff_id: str) -> None:
        """Out in every browser. Raises StaffNotFoundError."""
        now = self._clock()

        def work_on(work: Work) -> None:
            who = staff.get(work, staff_id)
            sessions.end_all(work, who.id)
            _record(work, "staff.sessions_ended", by, now, who)

        await self._store.run(work_on)

    async def _hand_back(self, who: Staff, theirs: Sequence[str]) -> int:
        """The bot goes on where they were: nobody is left with somebody who cannot come in."""
        done = 0
        if self._reception is None:
            return done
        for conversation_id in theirs:
            event = HandedBack(by=Staffer(id=who.id, name=who.name))
            try:
                await self._reception.act(conversation_id, event)
            except (ActionRefusedError, ConversationNotFoundError):
                continue  # Closed, erased or handed back in this very moment.
            done += 1
        return done


def _conversations(work: Work, staff_id: str) -> list[str]:
    owners = [Owner.PERSON.value]
    found = conversations.recent(work, owners=owners, staff_id=staff_id, limit=MOST_AT_ONCE)
    return [one.id for one in found]


def _not_oneself(by: str, staff_id: str) -> None:
    if by == f"staff:{staff_id}":
        raise NotYourselfError("somebody acts on their own account")


def _keep_an_administrator(work: Work, who: Staff) -> None:
    if staff.lock_admins(work) == [who.id]:
        raise LastAdministratorError("the last administrator")


def _record(work: Work, what: str, by: str, now: datetime, about: Staff, **more: str | int) -> None:
    events.record(work, what, actor=by, now=now, data={"staff": about.id, **more})
