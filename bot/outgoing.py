"""Carries out what a turn wants done, inside the turn's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot import calling, forgetting
from bot.conversation.events import (
    CallStaff,
    Effect,
    Forget,
    KeepForReview,
    Note,
    Rated,
    Record,
    Refused,
    Reword,
    RingStaff,
    Say,
    SetReminders,
    StopReminders,
    SubmitLead,
)
from bot.conversation.reply import Author, Reply
from bot.conversation.scene import BEIJING
from bot.errors import ActionRefusedError
from bot.leads import registry
from bot.leads.model import NewLead
from bot.masking import masked
from bot.reminders import registry as reminders
from bot.reminders.model import NewReminders
from bot.reminders.plan import Rules
from bot.store import events, mentions, messages, review, staff
from bot.store.messages import Draft
from bot.store.review import Mark
from bot.store.work import Work
from intents.normalise import for_matching
from knowledge.library import china

REFUSALS = {
    "owned_by_another": "{name} has this conversation.",
    "not_with_you": "This conversation is not with you.",
    "nothing_to_close": "This conversation is closed already.",
    "cannot_have_it": "{name} cannot have this conversation: choose a colleague who talks to prospects.",
    "nothing_to_put_off": "Only what is with a person, or waits for one, can be put off.",
    "no_later_time": "Choose a time that is still to come, within the next 90 days.",
    "no_such_reason": "Choose a reason from the list.",
    "no_form": "No form is open in this conversation any more.",
    "unfit_answer": "{told}",
    "not_your_words": "Only whoever wrote a message can change it.",
    "too_late": "It is too late to change this message. Write another one.",
    "cannot_edit": "On this channel a message cannot be changed. Write another one.",
}
REWORDED = "reworded"
"""The kind of a line that gives an earlier one of the staff other words."""
LONGEST_REVIEWED = 300
"""Characters: what is longer is a story about somebody, and no sentence to learn from."""


def insist(effects: Iterable[Effect], what: str) -> None:
    """Raises ActionRefusedError where a member of the staff wanted what cannot be."""
    for effect in effects:
        if isinstance(effect, Refused):
            said = REFUSALS[effect.why].format(name=effect.owner_name, told=effect.told)
            raise ActionRefusedError(f"{what}: {effect.why}", user_text=said)


@dataclass(frozen=True)
class _Turned:
    """The turn whose effects are carried out."""

    work: Work
    conversation_id: str
    now: datetime
    rules: Rules | None
    mails: bool

    def journal(self, what: str, actor: str, data: dict[str, str]) -> None:
        """A line without personal data."""
        events.record(
            self.work,
            what,
            actor=actor,
            now=self.now,
            conversation_id=self.conversation_id,
            data=data,
        )

    def append(self, draft: Draft) -> None:
        """A message or a note of the conversation."""
        messages.append(self.work, self.conversation_id, draft, now=self.now)


def carry_out(
    work: Work,
    conversation_id: str,
    effects: Iterable[Effect],
    now: datetime,
    rules: Rules | None = None,
    *,
    mails: bool = False,
) -> None:
    """Store messages and notes, journal lines, leads with their delivery, reminders; all of it or nothing.

    Without rules reminders go by China's law and the usual days. `mails` is whether calls go to the desk by mail too.
    """
    turned = _Turned(work, conversation_id, now, rules, mails)
    for effect in effects:
        hand = _HANDS.get(type(effect))
        if hand is not None:
            hand(turned, effect)


def _say(turned: _Turned, say: Say) -> None:
    turned.append(_draft(turned.work, say.author, say.reply, say.staff_id, "message"))
    if say.author is Author.BOT and say.reply.facts:
        turned.journal(events.ANSWERED, "bot", {"facts": " ".join(say.reply.facts)})


def _note(turned: _Turned, note: Note) -> None:
    author = Author.STAFF if note.staff_id else Author.SYSTEM
    draft = _draft(turned.work, author, Reply.of(note.text), note.staff_id, "note")
    kept = messages.append(turned.work, turned.conversation_id, draft, now=turned.now)
    if kept is not None and note.staff_id:
        mentions.keep(turned.work, kept, note.text)


def _reword(turned: _Turned, wanted: Reword) -> None:
    """The new words beside the old ones, which stay for the staff."""
    before = messages.numbered(turned.work, turned.conversation_id, wanted.line)
    if before is None:
        raise AssertionError(f"there is no line {wanted.line}")
    draft = _draft(turned.work, Author.STAFF, wanted.reply, wanted.staff_id, REWORDED)
    of = {**draft.body, "of": wanted.line}
    turned.append(replace(draft, body=of, in_reply_to=before.id))


def _draft(work: Work, author: Author, reply: Reply, staff_id: str | None, kind: str) -> Draft:
    who = staff.get(work, staff_id) if staff_id else None
    body = {
        "reply": reply.model_dump(mode="json"),
        "staff_name": who.name if who else None,
        "staff_shown": bool(who and who.shows_name),
    }
    return Draft(author=author.value, body=body, kind=kind, staff_id=staff_id)


def _record(turned: _Turned, record: Record) -> None:
    turned.journal(record.what, record.actor, record.data)


def _call(turned: _Turned, call: CallStaff) -> None:
    turned.journal("staff_called", "bot", {"reason": call.reason})
    _mail(turned)


def _mail(turned: _Turned, staff_id: str | None = None) -> None:
    if turned.mails:
        calling.begin(turned.work, turned.conversation_id, turned.now, staff_id)


def _ring(turned: _Turned, ring: RingStaff) -> None:
    meant = {"staff": ring.staff_id} if ring.staff_id else {}
    turned.journal("staff_rung", "system", {"round": ring.round, **meant})
    _mail(turned, ring.staff_id)
    if ring.staff_id:
        name = staff.get(turned.work, ring.staff_id).name
        turned.append(_system_note(turned.work, f"Nobody has come yet. {name}, can you take this?"))


def _system_note(work: Work, words: str) -> Draft:
    return _draft(work, Author.SYSTEM, Reply.of(words), None, "note")


def _rate(turned: _Turned, rated: Rated) -> None:
    turned.journal("rated", "prospect", {"mark": rated.mark})


def _keep(turned: _Turned, keep: KeepForReview) -> None:
    """The message's words alone, masked: nothing says whose they were or when they were typed."""
    message = messages.numbered(turned.work, turned.conversation_id, keep.line)
    text = masked(Reply.model_validate(message.body["reply"]).text) if message else ""
    likeness = for_matching(text)
    if likeness and len(text) <= LONGEST_REVIEWED:
        why = keep.model_dump(exclude={"line"})
        on = turned.now.astimezone(BEIJING).date()
        review.keep(turned.work, Mark(text, likeness, **why), on=on)


def _forget(turned: _Turned, forget: Forget) -> None:
    forgetting.begin(turned.work, turned.conversation_id, forget.at, turned.now)


def _submit(turned: _Turned, lead: SubmitLead) -> None:
    new = NewLead(conversation_id=turned.conversation_id, **lead.model_dump())
    registry.create(turned.work, new, now=turned.now)


def _remind(turned: _Turned, wanted: SetReminders) -> None:
    new = NewReminders(conversation_id=turned.conversation_id, **wanted.model_dump())
    reminders.set_all(turned.work, turned.rules or Rules(china()), new, now=turned.now)


def _stop(turned: _Turned, _stop: StopReminders) -> None:
    reminders.stop(turned.work, turned.conversation_id, by="word", now=turned.now)


_HANDS: Mapping[type, Callable[[_Turned, Any], None]] = {
    Say: _say,
    Note: _note,
    Reword: _reword,
    Record: _record,
    CallStaff: _call,
    RingStaff: _ring,
    Rated: _rate,
    KeepForReview: _keep,
    Forget: _forget,
    SubmitLead: _submit,
    SetReminders: _remind,
    StopReminders: _stop,
}
"""What is missing here wants nothing stored: a refusal goes back to who asked, a wait sets an alarm."""
