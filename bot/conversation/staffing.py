"""The staff's part: takes over, writes, notes, gives on, puts off, hands back, closes. A reply takes over by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation import assisting, buttons, filling, waiting
from bot.conversation.colleagues import called, capital
from bot.conversation.events import (
    Answered,
    AnswerEdited,
    Closed,
    FilledByStaff,
    HandedBack,
    Note,
    Noted,
    OwnerEvent,
    Record,
    Refused,
    Reword,
    Say,
    Snoozed,
    Staffer,
    StaffEvent,
    Taken,
    Transferred,
    Woken,
)
from bot.conversation.owner import Move, Owner, moved
from bot.conversation.reasons import reasons
from bot.conversation.reply import Author, Reply
from bot.conversation.scene import Outcome, Scene
from bot.conversation.texts import text
from intents.context import NO_CONTEXT

PERSON_CAME = "person_came"
"""The kind of journal line that says how long somebody had to wait."""
FARTHEST = timedelta(days=90)
"""Whoever puts something off for longer means to close it."""
EDIT_WITHIN = timedelta(minutes=15)
"""Later the prospect has acted on what was said, and a new message is the honest way."""


def act(scene: Scene, outcome: Outcome, event: StaffEvent) -> Outcome:
    """What a member of the staff does to a conversation."""
    match event:
        case Noted(by=by, text=words):
            return outcome.do(Note(text=words, staff_id=by.id))
        case Answered(by=by, text=words):
            return _answer(scene, outcome, by, words)
        case FilledByStaff():
            return assisting.fill_in(scene, outcome, event)
        case AnswerEdited():
            return _reword(scene, outcome, event)
        case _:
            return _give(scene, outcome, event)


def _give(scene: Scene, outcome: Outcome, event: OwnerEvent) -> Outcome:
    """Who has it from now on, and when it is seen to."""
    match event:
        case Taken(by=by):
            return _take(scene, outcome, by)
        case HandedBack(by=by):
            return _hand_back(scene, outcome, by)
        case Transferred(by=by, to=to):
            return _transfer(scene, outcome, by, to)
        case Closed():
            return _close(scene, outcome, event)
        case Snoozed(by=by, until=until):
            return _snooze(scene, outcome, by, until)
        case Woken(by=by):
            return _wake(scene, outcome, by)


def _anothers(scene: Scene, outcome: Outcome, by: Staffer) -> Refused | None:
    """The refusal where somebody else has the conversation; whoever is no longer here has none."""
    state = outcome.state
    if state.owner is not Owner.PERSON or state.staff_id == by.id:
        return None
    if state.staff_id is None or not scene.duty.is_fit(state.staff_id):
        return None
    return Refused(why="owned_by_another", owner_name=state.staff_name or "")


def _actor(by: Staffer) -> str:
    return f"staff:{by.id}"


def _framed(scene: Scene, outcome: Outcome, text_id: str, by: Staffer) -> Outcome:
    """A system line that frames the change for the prospect."""
    language = outcome.state.language
    line = text(text_id, language, name=called(by, language), agency=scene.agency)
    return outcome.do(Say(author=Author.SYSTEM, reply=Reply.of(capital(line)), staff_id=by.id))


def _take(scene: Scene, outcome: Outcome, by: Staffer) -> Outcome:
    refused = _anothers(scene, outcome, by)
    if refused:
        return outcome.do(refused)
    state = outcome.state
    if state.owner is Owner.PERSON and state.staff_id == by.id:
        return outcome.remember(woken_at=None)
    if state.owner is Owner.PERSON:
        return _given(scene, outcome, by, by, reason="owner_gone")
    came = _came(scene, outcome, by)
    taken = came.move(Move.TAKE, _actor(by)).remember(
        staff_id=by.id,
        staff_name=by.name,
        staff_shown=by.shows_name,
        waiting_since=None,
        offered=(),
        greeted=True,
        context=NO_CONTEXT,
        snoozed_until=None,
        woken_at=None,
        closed_for=None,
    )
    return _framed(scene, taken, "person.joined", by)


def _came(scene: Scene, outcome: Outcome, by: Staffer) -> Outcome:
    """How long it took until somebody came, where they were called within the hours: by that others are told a time."""
    since, hours = outcome.state.waiting_since, scene.office.hours
    if since is None or not hours.is_open(since):
        return outcome
    seconds = hours.between(since, scene.now).total_seconds()
    data = {"seconds": f"{seconds:.0f}"}
    return outcome.do(Record(what=PERSON_CAME, actor=_actor(by), data=data))


def _answer(scene: Scene, outcome: Outcome, by: Staffer, words: str) -> Outcome:
    taken = _take(scene, outcome, by)
    if any(isinstance(effect, Refused) for effect in taken.effects):
        return taken
    taken = taken.remember(woken_at=None)
    return taken.do(Say(author=Author.STAFF, reply=Reply.of(words), staff_id=by.id))


def _hand_back(scene: Scene, outcome: Outcome, by: Staffer) -> Outcome:
    refused = _not_theirs(scene, outcome, by)
    if refused:
        return outcome.do(refused)
    handed = outcome.move(Move.HAND_BACK, _actor(by)).remember(staff_id=None, staff_name=None)
    left = _framed(scene, handed, "person.left", by)
    language = left.state.language
    if left.state.progress is not None:
        return filling.ask(scene, left, text("form.back_to", language))
    return left.line("greeting_after_person", *buttons.always(outcome.state))


def _close(scene: Scene, outcome: Outcome, event: Closed) -> Outcome:
    by = event.by
    refused = _anothers(scene, outcome, by)
    if refused or outcome.state.owner is Owner.CLOSED:
        return outcome.do(refused or Refused(why="nothing_to_close"))
    if event.reason is not None and event.reason not in reasons():
        return outcome.do(Refused(why="no_such_reason"))
    why = {"reason": event.reason} if event.reason else {}
    closed = outcome.move(Move.CLOSE, _actor(by), **why).remember(
        staff_id=None,
        staff_name=None,
        waiting_since=None,
        offered=(),
        parted=False,
        closed_for=event.reason,
    )
    if event.note:
        closed = closed.do(Note(text=event.note, staff_id=by.id))
    return _framed(scene, closed, "person.closed", by)


def _reword(scene: Scene, outcome: Outcome, event: AnswerEdited) -> Outcome:
    """One's own words, for a quarter of an hour, where the prospect can see the change."""
    if not event.can:
        return outcome.do(Refused(why="cannot_edit"))
    if event.written_by != event.by.id:
        return outcome.do(Refused(why="not_your_words"))
    if scene.now - event.written_at > EDIT_WITHIN:
        return outcome.do(Refused(why="too_late"))
    changed = Reword(line=event.line, reply=Reply.of(event.text), staff_id=event.by.id)
    data = {"line": str(event.line)}
    return outcome.do(changed, Record(what="answer_edited", actor=_actor(event.by), data=data))


def _not_theirs(scene: Scene, outcome: Outcome, by: Staffer) -> Refused | None:
    """The refusal where the conversation is not with this member of the staff."""
    state = outcome.state
    if state.owner is Owner.PERSON and state.staff_id == by.id:
        return None
    return _anothers(scene, outcome, by) or Refused(why="not_with_you")


def _transfer(scene: Scene, outcome: Outcome, by: Staffer, to: Staffer) -> Outcome:
    refused = _not_theirs(scene, outcome, by)
    if refused:
        return outcome.do(refused)
    if to.id == by.id or not scene.duty.is_fit(to.id):
        return outcome.do(Refused(why="cannot_have_it", owner_name=to.name))
    return _given(scene, outcome, by, to, reason="given")


def _given(scene: Scene, outcome: Outcome, by: Staffer, to: Staffer, *, reason: str) -> Outcome:
    """A person's conversation becomes another person's. What stood is on top of their list."""
    told = _given_line(scene, outcome, to)
    people = {"by": outcome.state.staff_id or "", "staff": to.id}
    given = outcome.move(Move.TRANSFER, _actor(by), reason=reason, **people)
    given = given.remember(
        staff_id=to.id,
        staff_name=to.name,
        staff_shown=to.shows_name,
        snoozed_until=None,
        woken_at=scene.now,
    )
    return given.do(Say(author=Author.SYSTEM, reply=Reply.of(told), staff_id=to.id))


def _given_line(scene: Scene, outcome: Outcome, to: Staffer) -> str:
    """Who is there now, and instead of whom; each by name only where they agreed to that."""
    state, agency = outcome.state, scene.agency
    if to.shows_name and state.staff_shown and state.staff_name:
        before = state.staff_name
        return text(
            "person.transferred", state.language, name=to.name, before=before, agency=agency
        )
    name = to.name if to.shows_name else text("person.another", state.language)
    return capital(text("person.transferred_to", state.language, name=name, agency=agency))


def _snooze(scene: Scene, outcome: Outcome, by: Staffer, until: datetime) -> Outcome:
    refused = _anothers(scene, outcome, by)
    if refused or moved(outcome.state.owner, Move.SNOOZE) is None:
        return outcome.do(refused or Refused(why="nothing_to_put_off"))
    if not scene.now < until <= scene.now + FARTHEST:
        return outcome.do(Refused(why="no_later_time"))
    put_off = outcome.move(Move.SNOOZE, _actor(by), until=until.isoformat())
    return put_off.remember(snoozed_until=until, woken_at=None)


def _wake(scene: Scene, outcome: Outcome, by: Staffer) -> Outcome:
    refused = _anothers(scene, outcome, by)
    if refused:
        return outcome.do(refused)
    return waiting.wake(scene, outcome, _actor(by), reason="asked")
