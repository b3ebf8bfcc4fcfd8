"""The laws that every step of every conversation keeps, whatever came before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.events import (
    Effect,
    Event,
    KeepForReview,
    MessageReceived,
    Note,
    Noted,
    Record,
    Refused,
    Say,
    SetReminders,
    SubmitLead,
)
from bot.conversation.filling import UNDO_FOR
from bot.conversation.owner import Move, Owner, moved
from bot.conversation.reply import PAYLOAD_BYTES, Author, Reply
from bot.conversation.state import State
from bot.conversation.texts import command
from bot.intake import filling as fill
from bot.intake import form as forms
from bot.intake import steps
from bot.intake.progress import SUMMARY, Progress, Status

LANGUAGE_WORDS = {"english", "chinese", "language"}


@dataclass(frozen=True)
class Step:
    """One event and what came of it."""

    before: State
    event: Event
    after: State
    effects: tuple[Effect, ...]
    now: datetime

    @property
    def said(self) -> list[Reply]:
        """What the bot said."""
        return [e.reply for e in self.effects if isinstance(e, Say) and e.author is Author.BOT]


def check(step: Step) -> None:
    """Every law that one step can break. Raises AssertionError."""
    step = _once_forgotten(step)
    _owner(step)
    _silence(step)
    for reply in step.said:
        _message(reply)
    assert State.model_validate_json(step.after.model_dump_json()) == step.after
    if step.after.progress is not None:
        _place(step.after.progress)
        _answers(step)
        assert step.after.asked is None, "what is typed in a form is nothing to learn from"
    _language(step)
    _undo(step)
    _sent(step)
    _notes(step)


def _once_forgotten(step: Step) -> Step:
    """A stopped form whose time is over is forgotten before whatever happens; the laws are about the rest."""
    first, undo = next(iter(step.effects), None), step.before.undo
    if not isinstance(first, Record) or first.what != "form_forgotten":
        return step
    assert undo is not None
    assert step.now > undo.until
    forgotten = step.before.with_(undo=undo.model_copy(update={"progress": None}))
    return replace(step, before=forgotten, effects=step.effects[1:])


def _owner(step: Step) -> None:
    """The owner changes by a move of the table; a person is named exactly while one owns it."""
    before, after = step.before, step.after
    reached = {before.owner} | _after_moves({before.owner})
    reached |= _after_moves(reached)  # a message after the end may call a person at once
    assert after.owner in reached
    assert (after.owner is Owner.PERSON) == (after.staff_id is not None)
    assert (after.owner is Owner.WAITING) == (after.waiting_since is not None)
    owned = after.owner in (Owner.PERSON, Owner.WAITING)
    assert owned or (after.snoozed_until, after.owed, after.ring) == (None, None, None)
    assert after.ring is None or (after.owner is Owner.WAITING and after.snoozed_until is None)
    assert after.owed is None or (after.owed.due_at is None) == (after.snoozed_until is not None)


def _after_moves(owners: Iterable[Owner]) -> set[Owner]:
    found = {moved(owner, move) for owner in owners for move in Move}
    return {owner for owner in found if owner is not None}


_CASE = (
    *("seen_at", "welcomed", "asked_how_it_was", "helped", "rated", "wants_more", "elsewhere"),
    *("owed", "snoozed_until", "woken_at"),
)
"""What is remembered of when the prospect was here, and how the case goes: it changes beside a person too."""


def _silence(step: Step) -> None:
    """Beside a person the bot says nothing; else whoever writes or presses is answered, or told once: it is noted."""
    if step.after.owner is Owner.PERSON:
        assert not step.said
    if not isinstance(step.event, MessageReceived):
        return
    if step.before.owner is Owner.PERSON:
        assert all(isinstance(each, Record) for each in step.effects)
        assert step.after.with_(**dict.fromkeys(_CASE)) == step.before.with_(**dict.fromkeys(_CASE))
    elif not step.said and not _was_parted(step):
        assert step.before.owner is Owner.WAITING
        assert step.before.noted_while_waiting


def _was_parted(step: Step) -> bool:
    """Whether it came after the end, and closing words were answered already: then it may be silent and stay closed."""
    return step.before.parted and step.before.owner is step.after.owner is Owner.CLOSED


def _message(reply: Reply) -> None:
    """Words, and buttons that fit the tightest channel and can be told from each other."""
    assert reply.text.strip()
    labels = [choice.label for choice in reply.choices]
    assert len(set(labels)) == len(labels), f"twice the same button: {labels}"
    for choice in reply.choices:
        assert choice.label.strip()
        assert choice.says.strip()
        assert 0 < len(choice.payload.encode()) <= PAYLOAD_BYTES


def _place(progress: Progress) -> None:
    """The question asked is one that applies; at the summary none is left."""
    form = forms.load(progress.form)
    if progress.at == SUMMARY:
        assert steps.following(form, progress) == SUMMARY
    else:
        assert steps.find(form, progress, progress.at) is not None, progress.at
    place = steps.place(form, progress)
    assert 1 <= place.number <= place.total


def _answers(step: Step) -> None:
    """Nothing that was answered is lost, and only what applies is answered."""
    before, after = step.before.progress, step.after.progress
    begun = any(isinstance(each, Record) and each.what == "form_begun" for each in step.effects)
    if before is None or after is None or begun:
        return
    assert before.form == after.form
    form = forms.load(after.form)
    applying = {each.path for progress in (before, after) for each in steps.of(form, progress)}
    assert before.answers.keys() <= after.answers.keys()
    for path, answer in after.answers.items():
        assert before.answers.get(path) == answer or path in applying, path
        assert (answer.status is Status.ANSWERED) == bool(answer.value)


def _language(step: Step) -> None:
    """Inside a form the language changes by an explicit wish alone; a wish outlasts what is written."""
    before, after, event = step.before, step.after, step.event
    if before.language == after.language or not isinstance(event, MessageReceived):
        return
    pressed = (event.choice or "").startswith("lang:")
    offered = {c.label: c.payload for c in before.offered} | {
        c.says: c.payload for c in before.offered
    }
    typed = command(event.text) in LANGUAGE_WORDS or any(
        payload.startswith("lang:") for payload in offered.values()
    )
    if before.progress is not None or before.language_locked:
        assert after.language_locked
        assert pressed or typed


def _undo(step: Step) -> None:
    """What was stopped comes back within ten minutes, as it was; then nothing is kept of what was filled in."""
    before, after = step.before, step.after
    if after.undo is not None and after.undo.progress is None:
        assert before.undo is not None
        assert after.undo.until == before.undo.until < step.now
    elif after.undo is not None and after.undo != before.undo:
        assert before.progress == after.undo.progress
        assert after.progress is None
        assert after.undo.until == step.now + UNDO_FOR
    event = step.event
    is_undo = isinstance(event, MessageReceived) and event.choice == "form:undo"
    if not is_undo or before.owner is Owner.PERSON or before.progress is not None:
        return
    if before.undo is not None and step.now <= before.undo.until:
        assert after.progress == before.undo.progress
    else:
        assert after.progress is None
        assert after.undo is None


def _sent(step: Step) -> None:
    """A lead, or reminders, go out of a whole form whose person agreed, and are all that was answered."""
    for effect in step.effects:
        if not isinstance(effect, SubmitLead | SetReminders):
            continue
        progress = step.before.progress
        assert progress is not None
        assert progress.at == SUMMARY
        form = forms.load(progress.form)
        assert fill.is_complete(form, progress)
        assert effect.answers == fill.answers(form, progress)
        for each in steps.of(form, progress):
            if each.field.needed:
                assert effect.answers[each.path]
            if each.field.must_be:
                assert effect.answers[each.path] == each.field.must_be
        assert effect.consent_at == step.now
        assert effect.consent_version == form.consent_version
        assert step.after.progress is None
        assert effect.language == step.before.language


def _notes(step: Step) -> None:
    """A note stays inside; a refusal changes nothing; nothing typed in a form or to a person is kept for review."""
    if isinstance(step.event, Noted):
        assert [type(effect) for effect in step.effects] == [Note]
        assert step.after == step.before
    if any(isinstance(effect, Refused) for effect in step.effects):
        assert step.after == step.before
        assert len(step.effects) == 1
    kept = [effect.line for effect in step.effects if isinstance(effect, KeepForReview)]
    if isinstance(step.event, MessageReceived) and step.event.choice is None:
        in_form = step.before.progress is not None
        assert not (in_form and step.event.line in kept)
