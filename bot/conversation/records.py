"""What is kept about the person beside the conversation's memory: a view to read, made in the turn's transaction."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Protocol

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


class Records(Protocol):
    """What a turn may look up about the person it talks to, and about nobody else."""

    def inquiries(self) -> tuple[Inquiry, ...]:
        """Every inquiry the person sent from this channel, oldest first."""

    def talk(self) -> Talk:
        """What was written in this conversation."""


class Nothing:
    """The view where nothing is kept."""

    def inquiries(self) -> tuple[Inquiry, ...]:
        """None."""
        return ()

    def talk(self) -> Talk:
        """Nothing was written."""
        return Talk()


NOTHING_KEPT = Nothing()
