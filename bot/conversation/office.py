"""The agency as a conversation knows it: when it is open, how long it lets people wait, who could come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.conversation.hours import Hours, usual
from bot.reminders.plan import Rules


@dataclass(frozen=True)
class Office:
    """What is set once for the agency."""

    rules: Rules | None = None
    """What reminders go by; China's law and the usual days where none are given."""
    hours: Hours = field(default_factory=usual)
    ring_after: timedelta = timedelta(minutes=5)
    """Within the hours: how long a call is left before it rings again, before the next is rung, before a message is
    taken."""
    first_reply: timedelta = timedelta(minutes=15)
    next_reply: timedelta = timedelta(minutes=60)
    mails: bool = False
    """Whether a call goes to the desk by mail as well."""
    unasked: Mapping[str, timedelta | None] = field(default_factory=dict)
    """How long after the person's last message a channel lets us write unasked; always where it is not named."""


class Duty(Protocol):
    """What a turn may look up about the staff, read in the turn's own transaction."""

    def waits(self) -> Sequence[timedelta]:
        """How long the last calls took until somebody came, latest first; within the hours alone."""

    def present(self) -> Sequence[str]:
        """Ids of those who may talk to prospects and were seen lately, latest first."""

    def is_fit(self, staff_id: str) -> bool:
        """Whether this member of the staff can have a conversation: active, and of a role that talks."""


class Unknown:
    """The view where nothing is known of the staff: everybody is taken at their word."""

    def waits(self) -> Sequence[timedelta]:
        """None."""
        return ()

    def present(self) -> Sequence[str]:
        """Nobody."""
        return ()

    def is_fit(self, staff_id: str) -> bool:
        """Whoever has an id."""
        return bool(staff_id)


UNKNOWN = Unknown()
