"""A reply that the staff owes, and its clock: a value of the conversation's memory."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bot.conversation.hours import Hours
from intents.answer import Frozen


class Which(StrEnum):
    """The first reply of a matter, or a later one."""

    FIRST = "first"
    NEXT = "next"


class Owed(Frozen):
    """It runs within the hours alone; while it stands, only what is left of it is known."""

    which: Which
    due_at: datetime | None
    """None while it stands."""
    left: timedelta = timedelta(0)
    """What was left when it was stopped."""

    @classmethod
    def begin(cls, hours: Hours, which: Which, at: datetime, length: timedelta) -> Owed:
        """Owed from now on, within so much time of the hours."""
        return cls(which=which, due_at=hours.after(at, length))

    def stop(self, hours: Hours, at: datetime) -> Owed:
        """Let it stand. What is overdue has nothing left."""
        if self.due_at is None:
            return self
        return Owed(which=self.which, due_at=None, left=hours.between(at, self.due_at))

    def go_on(self, hours: Hours, at: datetime) -> Owed:
        """Let it run again."""
        if self.due_at is not None:
            return self
        return Owed(which=self.which, due_at=hours.after(at, self.left))
