"""How the console says things: where a conversation stands, how long ago, in which language."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation.owner import Owner
from bot.conversation.state import Stage
from bot.leads.model import DeliveryState, LeadStatus
from bot.queue import CHANNELS, QueueEntry
from bot.store.staff import Role

STAGES = {
    Stage.ANSWERING: "The bot answers",
    Stage.CLARIFYING: "The bot asks what is meant",
    Stage.INTAKE: "Filling in the inquiry",
    Stage.WAITING: "Waits for a person",
    Stage.WITH_PERSON: "With {name}",
    Stage.CLOSED: "Closed",
}
LANGUAGES = {"en": "English", "zh": "Chinese"}
ROLES = {
    Role.ADMIN: "Administrator",
    Role.AGENT: "Agent",
    Role.REVIEWER: "Reviewer",
    Role.READER: "Reader",
}
STATUSES = {LeadStatus.NEW: "New", LeadStatus.IN_HAND: "In hand", LeadStatus.CLOSED: "Closed"}
DELIVERIES = {
    DeliveryState.PENDING: "On its way",
    DeliveryState.SENT: "Delivered",
    DeliveryState.FAILED: "Failed",
}


def stage(entry: QueueEntry, staff_id: str) -> str:
    """Where a conversation stands, to one member of the staff."""
    name = "you" if entry.staff_id == staff_id else entry.staff_name
    return STAGES[entry.stage].format(name=name or "a colleague")


def language(code: str) -> str:
    """A language by its name."""
    return LANGUAGES.get(code, code)


def channel(code: str) -> str:
    """A channel by its name."""
    return CHANNELS.get(code, code)


def lasting(span: timedelta) -> str:
    """A span of time in its largest units: `6 min`, `2 h 5 min`, `3 days`."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "under a minute"
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days = hours // 24
    return "1 day" if days == 1 else f"{days} days"


def waiting(entry: QueueEntry, now: datetime) -> str | None:
    """How long somebody has been waiting, if they are."""
    if entry.owner is not Owner.WAITING or entry.waiting_since is None:
        return None
    return lasting(now - entry.waiting_since)


def counted(count: int, one: str, more: str) -> str:
    """A count with its noun."""
    return f"{count} {one if count == 1 else more}"
