"""One turn: what an event does to a conversation. Pure, so that every conversation can be replayed."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import (
    answering,
    attaching,
    between,
    bursts,
    closing,
    commands,
    editing,
    filling,
    language,
    late,
    leaving,
    opening,
    pressing,
    reviewing,
    sent,
    staffing,
)
from bot.conversation.events import (
    Event,
    FilesReceived,
    FormLeft,
    MessageEdited,
    MessageReceived,
    Opened,
    ProspectEvent,
    Quiet,
    SomethingSent,
    StaffEvent,
)
from bot.conversation.owner import Move, Owner
from bot.conversation.scene import Outcome, Scene
from bot.conversation.state import State
from bot.conversation.texts import text
from bot.intake.progress import SUMMARY
from intents import context, questions
from intents.answer import Kind
from knowledge.model import LANGUAGES

PERSON = "talk.person"
SURE = 0.9
"""How sure a reading must be to be heard through a field that takes any words."""
LIKELY = 0.5
"""How sure it must be where the words end in a question mark, as hardly any name does."""


def turn(scene: Scene, state: State, event: Event) -> Outcome:
    """What an event leads to: the new memory and the effects, in order."""
    if isinstance(event, FormLeft):
        return leaving.left(scene, Outcome(state), event)
    return leaving.afresh(_acted(scene, Outcome(state), event))


def _acted(scene: Scene, outcome: Outcome, event: ProspectEvent | StaffEvent) -> Outcome:
    """What somebody does: the prospect, or one of the staff."""
    match event:
        case Opened():
            return opening.opened(scene, outcome, event)
        case MessageReceived():
            return _message(scene, outcome, event)
        case Quiet():
            return _quiet(scene, outcome, event)
        case MessageEdited():
            return editing.edit(scene, outcome, event)
        case FilesReceived() | SomethingSent():
            return _no_words(scene, _seen(scene, outcome), event)
        case _:
            return _staffed(staffing.act(scene, outcome, event))


def _no_words(scene: Scene, outcome: Outcome, event: FilesReceived | SomethingSent) -> Outcome:
    if isinstance(event, FilesReceived):
        return attaching.receive(scene, outcome, event)
    return closing.helped(sent.react(scene, outcome, event))


def _staffed(outcome: Outcome) -> Outcome:
    """What waited for the bot's answer is a person's to answer now."""
    theirs = outcome.state.owner in (Owner.PERSON, Owner.CLOSED)
    return outcome.remember(waiting=None) if theirs else outcome


def _seen(scene: Scene, outcome: Outcome) -> Outcome:
    """That the prospect is there; after a week of silence it is another case."""
    before = outcome.state.seen_at
    if before is not None and scene.now - before >= closing.CASE_ENDS_AFTER:
        outcome = closing.begin_case(outcome)
    return outcome.remember(seen_at=scene.now, welcomed=False)


def _message(scene: Scene, outcome: Outcome, event: MessageReceived) -> Outcome:
    """A message of the prospect. While a person owns the conversation the bot is silent."""
    outcome = _seen(scene, outcome)
    if outcome.state.owner is Owner.PERSON:
        return outcome
    payload = pressing.payload(outcome.state, event.text, event.choice)
    if payload is None:
        waiting = bursts.wait(scene, outcome, event)
        if waiting is not None:
            return waiting
        outcome = outcome.remember(waiting=None)
    return _turned(scene, outcome, event, payload)


def _quiet(scene: Scene, outcome: Outcome, event: Quiet) -> Outcome:
    """Nothing followed: what waited is answered as one message. Who was too late finds nothing to do."""
    waiting = outcome.state.waiting
    if waiting is None or waiting.lines != event.lines:
        return outcome
    said = MessageReceived(
        line=event.lines[-1],
        text=event.text,
        reading=event.reading,
        new_reference=event.new_reference,
        lines=event.lines if len(event.lines) > 1 else (),
        sent_at=waiting.sent_at,
    )
    return _turned(scene, outcome.remember(waiting=None), said, None)


def _turned(scene: Scene, outcome: Outcome, event: MessageReceived, payload: str | None) -> Outcome:
    """The answer to a message that waits no longer."""
    if outcome.state.owner is Owner.CLOSED:
        if payload is not None and payload.startswith("closing:"):
            return outcome
        outcome = closing.begin_case(outcome.move(Move.RETURN, "prospect"))
    if payload is None:
        outcome = language.follow(outcome, event.text, event.reading)
    greeted = not outcome.state.greeted
    if greeted:
        outcome = answering.greet(scene, outcome)
    outcome = late.apologise(scene, outcome, event.sent_at)
    reading = event.reading.model_copy(update={"language": outcome.state.language})
    event = event.model_copy(update={"reading": reading})
    turned = _answered(scene, outcome, payload, event, greeted=greeted)
    turned = reviewing.follow(scene, outcome.state, event, payload, turned)
    return closing.helped(turned)


def _answered(
    scene: Scene, outcome: Outcome, payload: str | None, event: MessageReceived, *, greeted: bool
) -> Outcome:
    if payload is not None:
        return _press(scene, outcome, payload, event, greeted=greeted)
    if outcome.state.progress is not None:
        return _in_form(scene, outcome, event)
    said = closing.read(event.reading)
    if said:
        return closing.close(outcome, said)
    return closing.missing(outcome, event.reading) or _answer(scene, outcome, event)


def _answer(scene: Scene, outcome: Outcome, event: MessageReceived) -> Outcome:
    """The answer to what was written, after which that is what the conversation is about."""
    about = context.after(outcome.state.context, event.reading, scene.today)
    outcome = outcome.remember(wants_more=False)
    return answering.answer_reading(scene, outcome, event).remember(context=about)


def _press(
    scene: Scene, outcome: Outcome, payload: str, event: MessageReceived, *, greeted: bool
) -> Outcome:
    sort, _, rest = payload.partition(":")
    if sort == "form":
        return filling.press(scene, outcome, rest, event)
    if payload == "do:greeting" or sort == "from":
        return opening.started(
            scene, outcome, greeted=greeted, source=rest if sort == "from" else None
        )
    press = _SORTS.get(sort)
    pressed = press(scene, outcome, rest) if press else None
    return filling.stale(scene, outcome) if pressed is None else pressed


def _ask(scene: Scene, outcome: Outcome, intent: str) -> Outcome:
    return answering.back_to_form(scene, commands.answer_topic(scene, outcome, intent))


def _close(_scene: Scene, outcome: Outcome, said: str) -> Outcome:
    return closing.close(outcome, "bye" if said == "bye" else "thanks")


def _command(scene: Scene, outcome: Outcome, name: str) -> Outcome | None:
    command = commands.COMMANDS.get(name)
    return command(scene, outcome) if command else None


def _switch(scene: Scene, outcome: Outcome, wished: str) -> Outcome | None:
    """The language that was wished for, with what stands there said again in it."""
    if wished not in LANGUAGES:
        return None
    switched = language.wish(outcome, "zh" if wished == "zh" else "en")
    if switched.state.progress is not None:
        return filling.ask(scene, switched, text("language_set", switched.state.language))
    return answering.menu(scene, switched.line("language_set"))


def _in_form(scene: Scene, outcome: Outcome, event: MessageReceived) -> Outcome:
    """A line typed in a form: an earlier answer changed, an answer, or a question in between that is answered first."""
    corrected = filling.correct(scene, outcome, event)
    if corrected is not None:
        return corrected
    if not _in_between(scene, outcome.state, event):
        return filling.take(scene, outcome, event)
    answered = _answer(scene, outcome, event)
    both = filling.with_question(scene, outcome, event, answered)
    return both or answering.back_to_form(scene, answered)


def _in_between(scene: Scene, state: State, event: MessageReceived) -> bool:
    """Whether the line is a question or a call for a person rather than an answer to the field."""
    progress, reading = state.progress, event.reading
    if progress is None:
        return False
    if reading.kind is Kind.CLARIFY:
        return between.asks_openly(event.text)
    if reading.kind not in {Kind.ANSWER, Kind.ESCALATE, Kind.REFUSE}:
        return False
    read = reading.parts[0].ranking[0] if reading.parts else None
    marked = event.text.rstrip().endswith(("?", "？"))
    sure = read is not None and read.confidence >= (LIKELY if marked else SURE)
    calls = reading.kind is Kind.ESCALATE
    asked = questions.asks(event.text) or (calls and read is not None and read.id == PERSON)
    if progress.at == SUMMARY or (asked and between.besides_questions(event.text)):
        return True
    taken = between.taken_by(scene, progress, event.text)
    if (
        taken
        and (between.is_address(progress, taken) or not asked)
        and between.are_plain(progress, taken)
    ):
        return False
    return (sure and (asked or calls)) or ((sure or asked or calls) and not taken)


_SORTS: dict[str, Callable[[Scene, Outcome, str], Outcome | None]] = {
    "option": filling.option,
    "ask": _ask,
    "status": commands.status,
    "closing": _close,
    "lang": _switch,
    "do": _command,
}
