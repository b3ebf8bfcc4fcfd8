"""What is kept about the person beside the conversation's memory: a view to read, made in the turn's transaction."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Literal, Protocol

from intents.answer import Frozen


class Handled(StrEnum):
    """How far an inquiry has come."""

    ON_ITS_WAY = "on_its_way"
    """Kept, and not yet delivered to the agency."""
    SENT = "sent"
    IN_HAND = "in_hand"
    CLOSED = "closed"


class Inquiry(Frozen):
    """An inquiry of this person."""

    reference: str
    sent_at: datetime
    handled: Handled


class Talk(Frozen):
    """What was written here."""

    messages: int = 0
    since: datetime | None = None
    source: str | None = None
    """Where the person came from."""


class OwnFile(Frozen):
    """A file of this person."""

    name: str
    kind: str
    """What its content is: `pdf`, `jpg`."""
    size: str
    """As people read it: `1.2 MB`."""
    kept_at: datetime
    sent: bool
    """Whether a message brought it; else it was uploaded and never sent."""


class Reminder(Frozen):
    """A mail that is to come."""

    number: int
    """Which recordation of its form it is of."""
    about: str
    """What the person calls that; empty where they did not say."""
    which: Literal["opens", "closes"]
    """The end of the window before which it goes."""
    on: date
    email: str


class Records(Protocol):
    """What a turn may look up about the person it talks to, and about nobody else."""

    def inquiries(self) -> tuple[Inquiry, ...]:
        """Every inquiry the person sent from this channel, oldest first."""

    def talk(self) -> Talk:
        """What was written in this conversation."""

    def files(self) -> tuple[OwnFile, ...]:
        """Every file of the person on this channel that is kept, oldest first."""

    def reminders(self) -> tuple[Reminder, ...]:
        """Every reminder set from this channel that is still to come, the next one first."""


class Nothing:
    """The view where nothing is kept."""

    def inquiries(self) -> tuple[Inquiry, ...]:
        """None."""
        return ()

    def talk(self) -> Talk:
        """Nothing was written."""
        return Talk()

    def files(self) -> tuple[OwnFile, ...]:
        """None."""
        return ()

    def reminders(self) -> tuple[Reminder, ...]:
        """None."""
        return ()


NOTHING_KEPT = Nothing()
