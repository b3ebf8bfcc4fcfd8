"""One turn: what an event does to a conversation. Pure, so that every conversation can be replayed."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import (
    answering,
    attaching,
    between,
    bursts,
    case,
    clocks,
    closing,
    commands,
    counting,
    editing,
    filling,
    language,
    late,
    leaving,
    opening,
    pressing,
    refusals,
    reviewing,
    sent,
    staffing,
    waiting,
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
    ReminderRefused,
    SomethingSent,
    StaffEvent,
    TimeUp,
)
from bot.conversation.owner import Move, Owner
from bot.conversation.scene import Outcome, Scene
from bot.conversation.state import State
from bot.conversation.texts import text, words
from bot.intake.filling import Filled
from bot.intake.typed import folded
from intents import context, questions
from intents.answer import Kind
from knowledge.model import LANGUAGES

LIKELY = 0.5
"""How sure it must be where the words end in a question mark, as hardly any name does."""


def turn(scene: Scene, state: State, event: Event) -> Outcome:
    """What an event leads to: the new memory and the effects, in order."""
    if isinstance(event, FormLeft):
        return leaving.left(scene, Outcome(state), event)
    begun = leaving.forget_stopped(scene, Outcome(state))
    if isinstance(event, ReminderRefused):
        return refusals.tell(begun, event)
    if isinstance(event, TimeUp):
        turned = waiting.time_up(scene, begun, may_write=event.may_write)
    else:
        turned = leaving.afresh(_acted(scene, begun, event))
    turned = waiting.put_in_order(counting.step(begun.state, turned))
    return clocks.follow(scene, state, turned, event)


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
    outcome = waiting.wake(scene, outcome, "prospect", reason="wrote")
    if isinstance(event, FilesReceived):
        return attaching.receive(scene, outcome, event)
    return closing.helped(sent.react(scene, outcome, event))


def _staffed(outcome: Outcome) -> Outcome:
    """What waited for the bot's answer is a person's to answer now."""
    return outcome if outcome.state.owner.is_answered_by_bot else outcome.remember(waiting=None)


def _seen(scene: Scene, outcome: Outcome) -> Outcome:
    """That the prospect is there; after a week of silence it is another case."""
    before = outcome.state.seen_at
    if before is not None and scene.now - before >= closing.CASE_ENDS_AFTER:
        outcome = closing.begin_case(outcome)
    return outcome.remember(seen_at=scene.now, welcomed=False)


def _message(scene: Scene, outcome: Outcome, event: MessageReceived) -> Outcome:
    """A message of the prospect. While a person owns the conversation the bot is silent."""
    outcome = waiting.wake(scene, _seen(scene, outcome), "prospect", reason="wrote")
    if outcome.state.owner is Owner.PERSON:
        return outcome
    payload = pressing.payload(outcome.state, event.text, event.choice)
    if payload is None:
        waits = bursts.wait(scene, outcome, event)
        if waits is not None:
            return waits
        outcome = outcome.remember(waiting=None)
    return _turned(scene, outcome, event, payload)


def _quiet(scene: Scene, outcome: Outcome, event: Quiet) -> Outcome:
    """Nothing followed: what waited is answered as one message. Who was too late finds nothing to do."""
    waits = outcome.state.waiting
    if waits is None or waits.lines != event.lines:
        return outcome
    said = MessageReceived(
        line=event.lines[-1],
        text=event.text,
        reading=event.reading,
        new_reference=event.new_reference,
        lines=event.lines if len(event.lines) > 1 else (),
        sent_at=waits.sent_at,
    )
    return _turned(scene, outcome.remember(waiting=None), said, None)


def _turned(scene: Scene, outcome: Outcome, event: MessageReceived, payload: str | None) -> Outcome:
    """The answer to a message that waits no longer."""
    if outcome.state.owner is Owner.CLOSED:
        parting = _parting(payload, event)
        if parting is not None:
            return closing.after_end(outcome, parting)
        outcome = closing.begin_case(outcome.move(Move.RETURN, "prospect", reason="wrote"))
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
    return closing.helped(bursts.keep_together(turned, event))


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
    if greeted and {part.intent for part in event.reading.parts} == {between.GREETING}:
        return outcome
    return closing.missing(outcome, event.reading) or _answer(scene, outcome, event)


def _answer(scene: Scene, outcome: Outcome, event: MessageReceived) -> Outcome:
    """The answer to what was written, after which that is what the conversation is about."""
    about = context.after(outcome.state.context, event.reading, scene.today)
    told = case.told_in(event.text, event.reading.entities)
    outcome = outcome.remember(wants_more=False, told={**outcome.state.told, **told})
    answered = answering.answer_reading(scene, outcome, event).remember(context=about)
    return counting.asked(outcome, answered, event.reading)


def _press(
    scene: Scene, outcome: Outcome, payload: str, event: MessageReceived, *, greeted: bool
) -> Outcome:
    sort, _, rest = payload.partition(":")
    if sort == "form":
        return filling.press(scene, outcome, rest, event)
    if sort == "option":
        return filling.option(scene, outcome, rest, event.line)
    if payload == "do:greeting" or sort == "from":
        return opening.started(
            scene, outcome, greeted=greeted, source=rest if sort == "from" else None
        )
    press = _SORTS.get(sort)
    pressed = press(scene, outcome, rest) if press else None
    return filling.stale(scene, outcome) if pressed is None else pressed


def _ask(scene: Scene, outcome: Outcome, intent: str) -> Outcome:
    if scene.composer.knows(intent):
        outcome = counting.pressed(outcome, intent, scene.composer.kind(intent))
    return answering.back_to_form(scene, commands.answer_topic(scene, outcome, intent))


def _parting(payload: str | None, event: MessageReceived) -> closing.Word | None:
    """The closing word that a message is, by its words or as it was read."""
    if payload is None:
        return closing.read(event.reading)
    sort, _, said = payload.partition(":")
    return _word(said) if sort == "closing" else None


def _word(said: str) -> closing.Word:
    return "bye" if said == "bye" else "thanks"


def _close(_scene: Scene, outcome: Outcome, said: str) -> Outcome:
    return closing.close(outcome, _word(said))


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
    """A line typed in a form: an earlier answer changed, a greeting, an answer, or a question in between that is
    answered first.
    """
    corrected = filling.correct(scene, outcome, event)
    if corrected is not None:
        return corrected
    filled = filling.read(scene, outcome, event)
    aside = _aside(scene, outcome, event, filled)
    if aside is not None:
        return aside
    if not _in_between(outcome.state, event, filled):
        return filling.take(scene, outcome, event, filled)
    answered = _answer(scene, outcome, event)
    both = filling.with_question(scene, answered, event)
    return both or answering.back_to_form(scene, answered)


def _aside(
    scene: Scene, outcome: Outcome, event: MessageReceived, filled: Filled | None
) -> Outcome | None:
    """A greeting, an "ok", thanks: a word in return, the question again, and no try counted; None for all else."""
    if between.greets(event, filled):
        return filling.ask(scene, outcome, text("form.greeting", outcome.state.language))
    if folded(event.text) in words("acknowledged"):
        return filling.ask(scene, outcome, text("form.acknowledged", outcome.state.language))
    said = closing.read(event.reading) if between.is_sure(event) else None
    return closing.close(outcome, said) if said and filled and not filled.taken else None


def _in_between(state: State, event: MessageReceived, filled: Filled | None) -> bool:
    """Whether the line is a question or a call for a person rather than an answer to the field."""
    progress, reading = state.progress, event.reading
    if progress is None or (filled and filled.problem and filled.problem.is_answer):
        return False
    if reading.kind is Kind.CLARIFY:
        return between.asks_openly(event.text)
    if reading.kind not in {Kind.ANSWER, Kind.ESCALATE, Kind.REFUSE, Kind.SMALLTALK}:
        return False
    read = reading.parts[0].ranking[0] if reading.parts else None
    marked = event.text.rstrip().endswith(("?", "？"))
    sure = read is not None and read.confidence >= (LIKELY if marked else between.SURE)
    calls = reading.kind is Kind.ESCALATE
    asked = questions.asks(event.text) or (
        calls and read is not None and read.id == answering.PERSON
    )
    if filled is None or (asked and between.besides_questions(event.text)):
        return True
    taken = filled.taken
    if (
        taken
        and (between.is_address(progress, taken) or not asked)
        and between.are_plain(progress, taken)
    ):
        return False
    return (sure and (asked or calls)) or ((sure or asked or calls) and not taken)


_SORTS: dict[str, Callable[[Scene, Outcome, str], Outcome | None]] = {
    "ask": _ask,
    "status": commands.status,
    "closing": _close,
    "lang": _switch,
    "do": _command,
}
