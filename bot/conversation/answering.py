"""The bot's part outside a form: answers, clarifies, gives in, calls a person."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import between, buttons, filling, waiting
from bot.conversation.events import CallStaff, MessageReceived, Record
from bot.conversation.owner import Move, Owner
from bot.conversation.reply import Choice, Reply
from bot.conversation.scene import Outcome, Scene
from bot.conversation.texts import text
from intents import context
from intents.answer import Answer, Kind, Text
from intents.context import URGENT
from intents.reading import Reading
from knowledge.model import Language

MISSES_BEFORE_PERSON = 3
PERSON = "talk.person"
"""Its answer asks for an address by itself."""
NOT_UNDERSTOOD = "not_understood"
OUTSIDE = "outside"
"""All that is declined ends alike, whatever it is: it is counted as one."""
FREQUENT = ("fee.official", "documents.needed", "time.decision")
"""The questions under the greeting: what prospects ask first."""
_DISPUTABLE = (Kind.ANSWER, Kind.REFUSE, Kind.OUT_OF_SCOPE)
"""What a prospect may find not to be what they asked: nobody objects to a greeting."""


def greet(scene: Scene, outcome: Outcome) -> Outcome:
    """Who I am, what I can do, how to reach a person."""
    language = outcome.state.language
    choices = (
        *_frequent(scene, language),
        *buttons.always(outcome.state),
        buttons.switch(language),
    )
    hello = Reply.of(text("greeting", language, agency=scene.agency), *choices)
    return outcome.say(hello).remember(greeted=True)


def _frequent(scene: Scene, language: Language) -> tuple[Choice, ...]:
    return tuple(question(scene, intent, language) for intent in FREQUENT)


def question(scene: Scene, intent: str, language: Language) -> Choice:
    """A known question as a button."""
    label, says = scene.composer.wording(intent, language)
    return Choice(label=label, payload=f"ask:{intent}", says=says)


def menu(scene: Scene, outcome: Outcome) -> Outcome:
    """Questions people often ask."""
    language = outcome.state.language
    return outcome.line("menu", *_frequent(scene, language), *buttons.always(outcome.state))


def back_to_form(scene: Scene, outcome: Outcome) -> Outcome:
    """After something in the middle of a form the present question comes back."""
    if outcome.state.progress is None:
        return outcome
    back = text("form.back_to", outcome.state.language)
    return filling.ask(scene, outcome, back, more=between.meant(outcome.state))


def answer_reading(scene: Scene, outcome: Outcome, event: MessageReceived) -> Outcome:
    """What a message outside a form leads to, by what it was read to want."""
    reading = event.reading
    if outcome.state.owner is Owner.WAITING:
        return _while_waiting(scene, outcome, reading)
    return _BY_KIND[reading.kind](scene, outcome, reading)


def answer_topic(scene: Scene, outcome: Outcome, intent: str) -> Outcome:
    """The answer to a question asked by a button; it leans on what was said as the typed question would."""
    if not scene.composer.knows(intent):
        return menu(scene, outcome.line("stale"))
    named = scene.composer.leaning(intent, outcome.state.context)
    outcome, said = outcome.counted(intent)
    language = outcome.state.language
    answer = scene.composer.topic(intent, language, scene.today, named, said=said)
    if answer.kind is Kind.INTAKE:
        return filling.start(scene, outcome, named=outcome.state.context.recent)
    if answer.kind is Kind.ESCALATE:
        return call_person(scene, outcome, intent)
    return _say_answer(scene, outcome, answer)


def call_person(scene: Scene, outcome: Outcome, reason: str, lead: Answer | None = None) -> Outcome:
    """Call the staff; the bot goes on answering until somebody takes over."""
    language = outcome.state.language
    back = buttons.do("bot", language)
    if outcome.state.owner is Owner.WAITING:
        urgent = lead.blocks if lead and reason == URGENT else ()
        outcome, again = outcome.worded("person.again")
        return outcome.say(Reply(blocks=(*urgent, Text(text=again)), choices=(back,)))
    outcome, called = outcome.worded("person.called", agency=scene.agency)
    outcome, times = waiting.times(scene, outcome, asks=lead is None or reason != PERSON)
    said = tuple(Text(text=each) for each in (called, *times))
    blocks = (*(lead.blocks if lead else ()), *said)
    reply = Reply(blocks=blocks, choices=(back,), facts=lead.facts if lead else ())
    moved = outcome.move(Move.CALL, "prospect", reason=reason)
    called_now = waiting.begin(scene, moved.remember(misses=0, clarifying=False))
    return called_now.do(CallStaff(reason=reason)).say(reply)


def return_to_bot(scene: Scene, outcome: Outcome) -> Outcome:
    """The prospect no longer waits for a person."""
    if outcome.state.owner is not Owner.WAITING:
        return outcome.line("greeting_again", *buttons.always(outcome.state))
    returned = outcome.move(Move.RETURN, "prospect", reason="asked").remember(
        waiting_since=None, clarifying=False
    )
    return back_to_form(scene, returned.line("person.returned", *buttons.always(returned.state)))


def _say_answer(scene: Scene, outcome: Outcome, answer: Answer, *more: Choice) -> Outcome:
    """An answer with what people ask next; inside a form no button begins one."""
    if outcome.state.progress is not None:
        begins = [each for each in answer.suggestions if _begins_form(scene, each.intent)]
        rest = tuple(each for each in answer.suggestions if each not in begins)
        answer = answer.model_copy(update={"suggestions": rest})
    reply = Reply.answering(answer, *buttons.always(outcome.state), *more)
    return outcome.remember(misses=0, clarifying=False).say(reply)


def _begins_form(scene: Scene, intent: str) -> bool:
    return scene.composer.knows(intent) and scene.composer.kind(intent) is Kind.INTAKE


def _answer(scene: Scene, outcome: Outcome, reading: Reading) -> Outcome:
    wrong = [buttons.do("wrong", outcome.state.language)] if reading.kind in _DISPUTABLE else []
    outcome, answer = _composed(scene, outcome, reading)
    return _say_answer(scene, outcome, answer, *wrong)


def _composed(scene: Scene, outcome: Outcome, reading: Reading) -> tuple[Outcome, Answer]:
    """The answer, in other words than before where it is none of law, and that it was given."""
    if reading.kind is Kind.ANSWER:
        return outcome, scene.composer.compose(reading, scene.today)
    names = {part.intent for part in reading.parts if part.intent}
    if reading.kind is Kind.OUT_OF_SCOPE:
        names = {OUTSIDE}
    counted, said = outcome.counted(*sorted(names))
    return counted, scene.composer.compose(reading, scene.today, said=said)


def _intake(scene: Scene, outcome: Outcome, reading: Reading) -> Outcome:
    outcome, answer = _composed(scene, outcome, reading)
    said = outcome.remember(misses=0, clarifying=False).say(Reply(blocks=answer.blocks))
    named = context.merged(reading.entities, outcome.state.context.recent)
    return filling.start(scene, said, named=named)


def _escalate(scene: Scene, outcome: Outcome, reading: Reading) -> Outcome:
    reason = reading.parts[0].intent or "person" if reading.parts else "person"
    return call_person(scene, outcome, reason, scene.composer.compose(reading, scene.today))


def _decline(scene: Scene, outcome: Outcome, reading: Reading) -> Outcome:
    """What lies outside is named and declined; what nothing is known of was not understood."""
    if all(part.unknown for part in reading.parts):
        return _miss(scene, outcome, reading)
    return _answer(scene, outcome, reading)


def _miss(scene: Scene, outcome: Outcome, reading: Reading) -> Outcome:
    """Not understood: first the nearest questions, then other words, then a person."""
    if reading.only_named:
        return _ask_what_about(scene, outcome, reading)
    misses = outcome.state.misses % MISSES_BEFORE_PERSON + 1
    language = outcome.state.language
    counted = outcome.remember(misses=misses, clarifying=reading.kind is Kind.CLARIFY).do(
        Record(what="not_understood", actor="bot", data={"kind": reading.kind.value})
    )
    if misses == 1:
        counted, said = counted.counted(NOT_UNDERSTOOD)
        answer = scene.composer.compose(reading, scene.today, said=said)
        return counted.say(Reply.answering(answer, *buttons.always(outcome.state)))
    if misses < MISSES_BEFORE_PERSON:
        answer = scene.composer.compose(reading, scene.today)
        nearest = Reply.answering(answer).choices
        example = _example(scene, outcome, nearest)
        return counted.line("rephrase", *nearest, *buttons.always(outcome.state), example=example)
    return counted.line("offer_person", buttons.do("person", language), agency=scene.agency)


def _example(scene: Scene, outcome: Outcome, nearest: tuple[Choice, ...]) -> str:
    """The nearest question that was not offered just before; else a frequent one."""
    before = {choice.payload for choice in outcome.state.offered}
    known = (*nearest, *_frequent(scene, outcome.state.language))
    return next((choice for choice in known if choice.payload not in before), known[0]).says


def _ask_what_about(scene: Scene, outcome: Outcome, reading: Reading) -> Outcome:
    """A number, a port or a contact was read well, but nothing is asked: that is no miss."""
    answer = scene.composer.compose(reading, scene.today)
    reply = Reply.answering(answer, *buttons.always(outcome.state))
    return outcome.remember(clarifying=True).say(reply)


def _while_waiting(scene: Scene, outcome: Outcome, reading: Reading) -> Outcome:
    """Plain answers still help; anything else is noted for the person, and that is said once."""
    if reading.kind in {Kind.ANSWER, Kind.SMALLTALK, Kind.REFUSE, Kind.INTAKE, Kind.ESCALATE}:
        return _BY_KIND[reading.kind](scene, outcome, reading)
    if outcome.state.noted_while_waiting:
        return outcome
    back = buttons.do("bot", outcome.state.language)
    return outcome.remember(noted_while_waiting=True).line("person.noted", back)


_BY_KIND: dict[Kind, Callable[[Scene, Outcome, Reading], Outcome]] = {
    Kind.ANSWER: _answer,
    Kind.SMALLTALK: _answer,
    Kind.REFUSE: _answer,
    Kind.INTAKE: _intake,
    Kind.ESCALATE: _escalate,
    Kind.CLARIFY: _miss,
    Kind.OUT_OF_SCOPE: _decline,
}
