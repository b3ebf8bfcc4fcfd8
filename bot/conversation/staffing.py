"""The staff's part: takes over, writes, notes, hands back, closes. A reply takes over by itself."""

from __future__ import annotations

from bot.conversation import buttons, filling
from bot.conversation.events import (
    Answered,
    Closed,
    HandedBack,
    Note,
    Noted,
    Refused,
    Say,
    Staffer,
    StaffEvent,
    Taken,
)
from bot.conversation.owner import Move, Owner
from bot.conversation.reply import Author, Reply
from bot.conversation.scene import Outcome, Scene
from bot.conversation.texts import text
from intents.context import NO_CONTEXT


def act(scene: Scene, outcome: Outcome, event: StaffEvent) -> Outcome:
    """What a member of the staff does to a conversation."""
    match event:
        case Taken(by=by):
            return _take(scene, outcome, by)
        case Answered(by=by, text=words):
            return _answer(scene, outcome, by, words)
        case Noted(by=by, text=words):
            return outcome.do(Note(text=words, staff_id=by.id))
        case HandedBack(by=by):
            return _hand_back(scene, outcome, by)
        case Closed(by=by):
            return _close(scene, outcome, by)


def _anothers(outcome: Outcome, by: Staffer) -> Refused | None:
    """The refusal where somebody else has the conversation."""
    state = outcome.state
    if state.owner is Owner.PERSON and state.staff_id != by.id:
        return Refused(why="owned_by_another", owner_name=state.staff_name or "")
    return None


def _framed(scene: Scene, outcome: Outcome, text_id: str, by: Staffer) -> Outcome:
    """A system line that frames the change for the prospect."""
    language = outcome.state.language
    name = by.name if by.shows_name else text("person.nobody", language)
    line = text(text_id, language, name=name, agency=scene.agency)
    line = line[:1].upper() + line[1:]  # "A colleague has left."
    return outcome.do(Say(author=Author.SYSTEM, reply=Reply.of(line), staff_id=by.id))


def _take(scene: Scene, outcome: Outcome, by: Staffer) -> Outcome:
    refused = _anothers(outcome, by)
    if refused:
        return outcome.do(refused)
    if outcome.state.owner is Owner.PERSON:
        return outcome
    taken = outcome.move(Move.TAKE, f"staff:{by.id}").remember(
        staff_id=by.id,
        staff_name=by.name,
        staff_shown=by.shows_name,
        waiting_since=None,
        offered=(),
        greeted=True,
        context=NO_CONTEXT,
    )
    return _framed(scene, taken, "person.joined", by)


def _answer(scene: Scene, outcome: Outcome, by: Staffer, words: str) -> Outcome:
    taken = _take(scene, outcome, by)
    if any(isinstance(effect, Refused) for effect in taken.effects):
        return taken
    return taken.do(Say(author=Author.STAFF, reply=Reply.of(words), staff_id=by.id))


def _hand_back(scene: Scene, outcome: Outcome, by: Staffer) -> Outcome:
    refused = _anothers(outcome, by)
    if refused or outcome.state.owner is not Owner.PERSON:
        return outcome.do(refused or Refused(why="not_with_you"))
    handed = outcome.move(Move.HAND_BACK, f"staff:{by.id}").remember(staff_id=None, staff_name=None)
    left = _framed(scene, handed, "person.left", by)
    language = left.state.language
    if left.state.progress is not None:
        return filling.ask(scene, left, text("form.back_to", language))
    return left.line("greeting_after_person", *buttons.always(outcome.state))


def _close(scene: Scene, outcome: Outcome, by: Staffer) -> Outcome:
    refused = _anothers(outcome, by)
    if refused or outcome.state.owner is Owner.CLOSED:
        return outcome.do(refused or Refused(why="nothing_to_close"))
    closed = outcome.move(Move.CLOSE, f"staff:{by.id}").remember(
        staff_id=None, staff_name=None, waiting_since=None, offered=(), parted=False
    )
    return _framed(scene, closed, "person.closed", by)
