"""The card beside a conversation: who it is, and what they have told us so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.channels.unasked import NEVER, UNASKED
from bot.conversation.colleagues import READ_IN
from bot.conversation.counting import ASKED
from bot.conversation.scene import Composer
from bot.conversation.state import State
from bot.desk import words
from bot.desk.clocks import Clock
from bot.intake import steps
from bot.intake.form import Form
from bot.intake.kinds import FieldKind
from bot.intake.progress import SUMMARY, Progress, Status
from bot.intake.showing import shown
from bot.leads import registry
from bot.leads.model import load_form
from bot.store import conversations, events, files
from bot.store.conversations import Conversation
from bot.store.events import Event
from bot.store.files import KeptFile
from bot.store.work import Store, Work
from intents.answer import Kind

SHOWN = 8
"""Questions on the card; the transcript has all."""


@dataclass(frozen=True)
class Row:
    """One field of the form that is being filled."""

    label: str
    text: str
    """Empty where nothing has been answered yet."""
    now: bool
    """Whether the prospect is being asked this."""
    skipped: bool
    later: bool
    """Whether it is to be given later."""
    kind: FieldKind


@dataclass(frozen=True)
class Inquiry:
    """A form under way."""

    title: str
    rows: Sequence[Row]
    done: int
    at_summary: bool


@dataclass(frozen=True)
class Question:
    """One thing they asked."""

    at: datetime
    topic: str
    """What it was understood to be."""


@dataclass(frozen=True)
class Sent:
    """An inquiry that was sent from here, and the consent it was sent with."""

    reference: str
    consent_version: str
    consent_at: datetime


@dataclass(frozen=True)
class Card:
    """What is known of a conversation besides its words."""

    source: str | None
    begun: datetime
    last_inbound: datetime | None
    inquiry: Inquiry | None
    asked: Sequence[Question]
    """What they asked last, latest first."""
    sent: Sequence[Sent]
    """Their inquiries, latest first."""
    there: Clock | None
    """Their own clock, where their channel tells the zone."""
    window: timedelta | None
    """How long the channel still lets us write; None where it always does."""
    files: Sequence[KeptFile]
    """What the prospect has sent, oldest first."""


async def of(
    store: Store, composer: Composer, conversation_id: str, state: State, now: datetime
) -> Card:
    """The card. Raises ConversationNotFoundError."""

    def look(work: Work) -> Card:
        found = conversations.get(work, conversation_id)
        kept = files.of_conversation(work, conversation_id)
        return Card(
            source=found.source,
            begun=found.created_at,
            last_inbound=found.last_inbound_at,
            inquiry=_inquiry(state.progress),
            asked=_asked(work, composer, conversation_id),
            sent=_sent(work, conversation_id),
            there=Clock(ZoneInfo(state.zone), now) if state.zone else None,
            window=_window(found, now),
            files=[file for file in kept if file.sent_at is not None],
        )

    return await store.read(look)


def _asked(work: Work, composer: Composer, conversation_id: str) -> list[Question]:
    found = events.last_of(work, conversation_id, ASKED, SHOWN)
    return [Question(each.at, _understood(composer, each)) for each in found]


def _understood(composer: Composer, asked: Event) -> str:
    if asked.data["kind"] == Kind.OUT_OF_SCOPE:
        return "not of our subject"
    return words.topic(composer, asked.data["intent"]) or "not understood"


def _sent(work: Work, conversation_id: str) -> list[Sent]:
    found = registry.of_conversation(work, conversation_id)
    return [Sent(lead.reference, lead.consent_version, lead.consent_at) for lead in reversed(found)]


def _window(found: Conversation, now: datetime) -> timedelta | None:
    """What is left of the channel's window; zero where it is shut."""
    window = UNASKED.get(found.key.channel, NEVER)
    if window is None:
        return None
    since = found.last_inbound_at or found.created_at
    return max(NEVER, since + window - now)


def _inquiry(progress: Progress | None) -> Inquiry | None:
    form = load_form(progress.form) if progress else None
    if form is None or progress is None:
        return None
    asked = [step for step in steps.of(form, progress) if not step.ends_round]
    rows = [_row(form, progress, step.path) for step in asked]
    return Inquiry(
        title=form.wording[READ_IN].title,
        rows=rows,
        done=sum(step.path in progress.answers for step in asked),
        at_summary=progress.at == SUMMARY,
    )


def _row(form: Form, progress: Progress, path: str) -> Row:
    value = progress.value(path)
    answer = progress.answers.get(path)
    return Row(
        label=form.label(READ_IN, path),
        text="" if value is None else shown(form, path, value, READ_IN),
        now=progress.at == path,
        skipped=answer is not None and answer.status is Status.SKIPPED,
        later=answer is not None and answer.status is Status.LATER,
        kind=form.field(path).kind,
    )
