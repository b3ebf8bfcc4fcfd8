"""What a turn may look up about the staff, read in the turn's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.conversation.staffing import PERSON_CAME
from bot.errors import StaffNotFoundError
from bot.store import events, sessions, staff
from bot.store.staff import Role
from bot.store.work import Work

TALKING = (Role.ADMIN, Role.AGENT)
"""The roles that talk with prospects; a test holds them to the desk's permissions."""
LATELY = timedelta(minutes=15)
"""Whoever's browser was heard of so long ago is taken to be at the desk."""
HAND_OFFS = 20
"""The last calls that tell how long it takes until somebody comes."""


class OnDuty:
    """The staff as it is in the store."""

    def __init__(self, work: Work, now: datetime) -> None:
        self._work = work
        self._now = now

    def waits(self) -> Sequence[timedelta]:
        """How long the last calls took until somebody came, latest first; within the hours alone."""
        data = events.latest(self._work, PERSON_CAME, HAND_OFFS)
        return [timedelta(seconds=int(each["seconds"])) for each in data]

    def present(self) -> Sequence[str]:
        """Ids of those who may talk to prospects and were seen lately, latest first."""
        roles = [role.value for role in TALKING]
        since = self._now - LATELY
        return sessions.present(self._work, since=since, now=self._now, roles=roles)

    def is_fit(self, staff_id: str) -> bool:
        """Whether this member of the staff can have a conversation: active, and of a role that talks."""
        try:
            found = staff.get(self._work, staff_id)
        except StaffNotFoundError:
            return False
        return found.is_active and found.role in TALKING
