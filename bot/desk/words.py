"""How the console says things: where a conversation stands, how long ago, in which language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.conversation.colleagues import READ_IN
from bot.conversation.owner import Owner
from bot.conversation.reasons import reasons
from bot.conversation.scene import Composer
from bot.conversation.state import Stage
from bot.leads import urgency
from bot.leads.board import Due, Sort
from bot.leads.history import say
from bot.leads.model import DeliveryState, LeadStatus, LostReason
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
STATUSES = {status: say(f"status_{status.value}", READ_IN) for status in LeadStatus}
LOST = {reason: say(f"lost_{reason.value}", READ_IN) for reason in LostReason}
DUE = {
    Due.OVERDUE: "overdue",
    Due.TODAY: "today",
    Due.WEEK: "within a week",
    Due.NONE: "nothing planned",
}
SORTS = {
    Sort.PRESSING: "what presses",
    Sort.NEWEST: "newest",
    Sort.OLDEST: "oldest",
    Sort.DUE: "day of the next step",
    Sort.URGENCY: "urgency",
    Sort.STATE: "state",
}
DELIVERIES = {
    DeliveryState.PENDING: "On its way",
    DeliveryState.SENT: "Delivered",
    DeliveryState.FAILED: "Failed",
}


URGENCY = urgency.labels(READ_IN)
NEXT_STATUS: dict[LeadStatus, LeadStatus | None] = {
    LeadStatus.NEW: LeadStatus.CONTACTED,
    LeadStatus.CONTACTED: LeadStatus.ENGAGED,
    LeadStatus.ENGAGED: LeadStatus.WON,
    LeadStatus.WON: None,
    LeadStatus.LOST: None,
}
"""Where a lead goes from there if all goes well: the button that stands first."""


def stage(entry: QueueEntry, staff_id: str) -> str:
    """Where a conversation stands, to one member of the staff."""
    why = reasons().get(entry.closed_for or "")
    if entry.stage is Stage.CLOSED and why is not None:
        return f"Closed: {why['en']}"
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


def topic(composer: Composer, intent: str) -> str:
    """What a question is called; one there is no longer, by its id; empty where none was understood."""
    return composer.wording(intent, READ_IN)[0] if composer.knows(intent) else intent


def day(on: date, today: date) -> str:
    """A day as it is read quickly: `today`, `tomorrow`, `3 days ago`, `4 Dec`; the year where it is another."""
    away = (on - today).days
    if away in NEAR:
        return NEAR[away]
    if -30 <= away < 0:
        return f"{-away} days ago"
    return f"{on.day} {on:%b}" + ("" if on.year == today.year else f" {on.year}")


NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def due(entry: QueueEntry, now: datetime) -> str | None:
    """When a reply is due, if one is owed and its clock runs."""
    if entry.reply_due_at is None:
        return None
    if entry.reply_due_at < now:
        return f"Reply overdue by {lasting(now - entry.reply_due_at)}"
    return f"Reply due in {lasting(entry.reply_due_at - now)}"


def counted(count: int, one: str, more: str) -> str:
    """A count with its noun."""
    return f"{count} {one if count == 1 else more}"
