"""A reminder: of which recordation, where it goes, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.reminders.plan import Recordation, Which
from knowledge.model import Language


class ReminderState(StrEnum):
    """How far a reminder is."""

    WAITING = "waiting"
    SENT = "sent"
    STOPPED = "stopped"
    """Not wanted any more, or set anew."""
    DROPPED = "dropped"
    """Its time went by before it could be sent."""
    REFUSED = "refused"
    """The receiver's mail server will not have it."""


@dataclass(frozen=True)
class NewReminders:
    """A finished form, as the conversation hands it over."""

    conversation_id: str
    reference: str
    answers: dict[str, str]
    consent_version: str
    consent_at: datetime
    language: Language


@dataclass(frozen=True)
class Reminder:
    """One reminder, taken to be sent."""

    id: str
    reference: str
    which: Which
    recordation: Recordation
    language: Language
    email: str
    token: str
    """The unguessable end of the link that stops it and its like."""
    begun_at: datetime
    """The moment its mail speaks of and bears, the same on every attempt of a day."""

    @property
    def key(self) -> str:
        """The idempotency key, the same on every attempt."""
        return f"reminder:{self.id}"


@dataclass(frozen=True)
class Coming:
    """A reminder that waits, as it is shown to the person who set it."""

    which: Which
    recordation: Recordation
    email: str
    due_at: datetime


@dataclass(frozen=True)
class Refused:
    """A reminder that its receiver's mail server will not have, to be told about once."""

    number: int
    about: str
    email: str
    reason: str
    """What the server said, without an address."""


@dataclass(frozen=True)
class Link:
    """What a link of a mail leads to."""

    conversation_id: str
    language: Language
    waiting: int
    """How many reminders are still to come."""
