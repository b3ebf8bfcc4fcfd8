"""Carries out what a turn wants done, inside the turn's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot import forgetting
from bot.conversation.events import (
    CallStaff,
    Effect,
    Forget,
    KeepForReview,
    Note,
    Record,
    Say,
    SubmitLead,
)
from bot.conversation.reply import Author, Reply
from bot.conversation.scene import BEIJING
from bot.leads import registry
from bot.leads.model import NewLead
from bot.masking import masked
from bot.store import events, messages, review, staff
from bot.store.messages import Draft
from bot.store.review import Mark
from bot.store.work import Work
from intents.normalise import for_matching

LONGEST_REVIEWED = 300
"""Characters: what is longer is a story about somebody, and no sentence to learn from."""


def carry_out(work: Work, conversation_id: str, effects: Iterable[Effect], now: datetime) -> None:
    """Store messages and notes, journal lines, and leads with their delivery; all of it or nothing."""
    for effect in effects:
        match effect:
            case Say():
                _say(work, conversation_id, effect, now)
            case Note(text=text, staff_id=staff_id):
                draft = _draft(work, Author.STAFF, Reply.of(text), staff_id, "note")
                messages.append(work, conversation_id, draft, now=now)
            case Record(what=what, actor=actor, data=data):
                _journal(work, conversation_id, what, actor, data, now)
            case CallStaff(reason=reason):
                _journal(work, conversation_id, "staff_called", "bot", {"reason": reason}, now)
            case KeepForReview():
                _keep(work, conversation_id, effect, now)
            case Forget(at=at):
                forgetting.begin(work, conversation_id, at, now)
            case SubmitLead():
                _submit(work, conversation_id, effect, now)


def _say(work: Work, conversation_id: str, say: Say, now: datetime) -> None:
    draft = _draft(work, say.author, say.reply, say.staff_id, "message")
    messages.append(work, conversation_id, draft, now=now)
    if say.author is Author.BOT and say.reply.facts:
        stated = {"facts": " ".join(say.reply.facts)}
        _journal(work, conversation_id, events.ANSWERED, "bot", stated, now)


def _draft(work: Work, author: Author, reply: Reply, staff_id: str | None, kind: str) -> Draft:
    name = staff.get(work, staff_id).name if staff_id else None
    body = {"reply": reply.model_dump(mode="json"), "staff_name": name}
    return Draft(author=author.value, body=body, kind=kind, staff_id=staff_id)


def _journal(
    work: Work, conversation_id: str, what: str, actor: str, data: dict[str, str], now: datetime
) -> None:
    events.record(work, what, actor=actor, now=now, conversation_id=conversation_id, data=data)


def _keep(work: Work, conversation_id: str, keep: KeepForReview, now: datetime) -> None:
    """The message's words alone, masked: nothing says whose they were or when they were typed."""
    message = messages.numbered(work, conversation_id, keep.line)
    text = masked(Reply.model_validate(message.body["reply"]).text) if message else ""
    likeness = for_matching(text)
    if likeness and len(text) <= LONGEST_REVIEWED:
        why = keep.model_dump(exclude={"line"})
        review.keep(work, Mark(text, likeness, **why), on=now.astimezone(BEIJING).date())


def _submit(work: Work, conversation_id: str, lead: SubmitLead, now: datetime) -> None:
    new = NewLead(conversation_id=conversation_id, **lead.model_dump())
    registry.create(work, new, now=now)
