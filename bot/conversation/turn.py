"""One turn: what an event does to a conversation. Pure, so that every conversation can be replayed."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import answering, between, buttons, filling, reviewing, staffing
from bot.conversation.events import (
    Event,
    MessageReceived,
    Opened,
    Rated,
    Record,
    StopReminders,
)
from bot.conversation.owner import Move, Owner
from bot.conversation.reply import Reply
from bot.conversation.scene import Outcome, Scene
from bot.conversation.state import State
from bot.conversation.texts import command, text, words
from bot.intake.progress import SUMMARY
from bot.intake.typed import folded
from intents import context, questions
from intents.answer import Kind
from intents.reading import Reading
from knowledge.model import LANGUAGES, Language

FORM_COMMANDS = frozenset(
    {"back", "skip", "later", "confirm", "cancel", "why", "keep", "send", "not_yet", "undo"}
)
LANGUAGE_NAMES: dict[str | None, Language] = {"english": "en", "chinese": "zh"}
REMINDER = "renewal_reminder"
PERSON = "talk.person"
SURE = 0.9
"""How sure a reading must be to be heard through a field that takes any words."""


def turn(scene: Scene, state: State, event: Event) -> Outcome:
    """What an event leads to: the new memory and the effects, in order."""
    outcome = Outcome(state)
    if isinstance(event, Opened):
        return _opened(scene, outcome, event)
    if isinstance(event, MessageReceived):
        return _message(scene, outcome, event)
    return staffing.act(scene, outcome, event)


def _opened(scene: Scene, outcome: Outcome, event: Opened) -> Outcome:
    if outcome.state.greeted or outcome.state.owner is not Owner.BOT:
        return outcome
    return answering.greet(scene, outcome.remember(language=event.language))


def _message(scene: Scene, outcome: Outcome, event: MessageReceived) -> Outcome:
    """A message of the prospect. While a person owns the conversation the bot is silent."""
    if outcome.state.owner is Owner.PERSON:
        return outcome
    if outcome.state.owner is Owner.CLOSED:
        outcome = outcome.move(Move.RETURN, "prospect")
    outcome = _in_language(outcome, event.reading)
    if not outcome.state.greeted:
        outcome = answering.greet(scene, outcome)
    reading = event.reading.model_copy(update={"language": outcome.state.language})
    event = event.model_copy(update={"reading": reading})
    payload = _payload(outcome.state, event)
    turned = _answered(scene, outcome, payload, event)
    return reviewing.follow(scene, outcome.state, event, payload, turned)


def _answered(
    scene: Scene, outcome: Outcome, payload: str | None, event: MessageReceived
) -> Outcome:
    if payload is not None:
        return _press(scene, outcome, payload, event)
    if outcome.state.progress is not None:
        return _in_form(scene, outcome, event)
    return _answer(scene, outcome, event)


def _answer(scene: Scene, outcome: Outcome, event: MessageReceived) -> Outcome:
    """The answer to what was written, after which that is what the conversation is about."""
    about = context.after(outcome.state.context, event.reading, scene.today)
    return answering.answer_reading(scene, outcome, event).remember(context=about)


def _in_language(outcome: Outcome, reading: Reading) -> Outcome:
    """Follow the language written in; never inside a form, never against an explicit wish."""
    state = outcome.state
    fixed = state.language_locked or state.progress is not None or reading.written_in == "und"
    return outcome if fixed else outcome.remember(language=reading.language)


def _payload(state: State, event: MessageReceived) -> str | None:
    """The button that a message presses: by pressing it, by typing its words, or by a command word."""
    if event.choice is not None:
        return event.choice
    typed = buttons.pressed(state.offered, event.text, numbers=state.clarifying)
    return typed or _answered_by_word(state, event.text) or _commanded(state, command(event.text))


def _answered_by_word(state: State, typed: str) -> str | None:
    """An option of the present question by one of its words, or yes to what was proposed: before any command."""
    progress = state.progress
    if progress is None:
        return None
    chosen = filling.word(progress, typed)
    if chosen is None and progress.at in progress.proposed and folded(typed) in words("agreed"):
        return "form:confirm"
    return chosen


def _commanded(state: State, word: str | None) -> str | None:
    """The payload of a command word; a form's words mean nothing outside a form."""
    if word == "undo":
        return "form:undo"
    if word in FORM_COMMANDS:
        return f"form:{word}" if state.progress is not None else None
    if word in LANGUAGE_NAMES:
        return f"lang:{LANGUAGE_NAMES[word]}"
    if word == "language":
        return f"lang:{'zh' if state.language == 'en' else 'en'}"
    return f"do:{word}" if word else None


def _press(scene: Scene, outcome: Outcome, payload: str, event: MessageReceived) -> Outcome:
    sort, _, rest = payload.partition(":")
    if sort == "option":
        return filling.option(scene, outcome, rest)
    if sort == "form":
        return filling.press(scene, outcome, rest, event)
    if sort == "lang" and rest in LANGUAGES:
        return _switch(scene, outcome, "zh" if rest == "zh" else "en")
    if sort == "ask":
        return _back_to_form(scene, _answer_topic(scene, outcome, rest))
    if sort == "do" and rest in _COMMANDS:
        return _COMMANDS[rest](scene, outcome)
    return filling.stale(scene, outcome)


def _answer_topic(scene: Scene, outcome: Outcome, intent: str) -> Outcome:
    """The answer to a button's question: typing its words does the same to what the conversation is about."""
    answered = answering.answer_topic(scene, outcome, intent)
    if not scene.composer.knows(intent):
        return answered
    before, kind = outcome.state.context, scene.composer.kind(intent)
    about = context.pressed(before, intent, kind, scene.composer.leaning(intent, before))
    return answered.remember(context=about)


def _switch(scene: Scene, outcome: Outcome, language: Language) -> Outcome:
    switched = outcome.remember(language=language, language_locked=True)
    if switched.state.progress is not None:
        return filling.ask(scene, switched, text("language_set", language))
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
    return both or _back_to_form(scene, answered)


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
    sure = read is not None and read.confidence >= SURE
    calls = reading.kind is Kind.ESCALATE
    asked = questions.asks(event.text) or (calls and read is not None and read.id == PERSON)
    if progress.at == SUMMARY or (asked and between.besides_questions(event.text)):
        return True
    taken = between.taken_by(scene, progress, event.text)
    if taken and (not asked and between.are_plain(progress, taken)):
        return False
    return (sure and (asked or calls)) or ((sure or asked or calls) and not taken)


def _back_to_form(scene: Scene, outcome: Outcome) -> Outcome:
    """After an answer in the middle of a form the present question comes back."""
    if outcome.state.progress is None:
        return outcome
    return filling.ask(
        scene,
        outcome,
        text("form.back_to", outcome.state.language),
        more=between.meant(outcome.state),
    )


def _help(scene: Scene, outcome: Outcome) -> Outcome:
    helped = outcome.line("help", *buttons.always(outcome.state.language))
    return _back_to_form(scene, helped)


def _menu(scene: Scene, outcome: Outcome) -> Outcome:
    return _back_to_form(scene, answering.menu(scene, outcome))


def _person(scene: Scene, outcome: Outcome) -> Outcome:
    return answering.call_person(scene, outcome, "asked")


def _status(scene: Scene, outcome: Outcome) -> Outcome:
    state = outcome.state
    if state.progress is not None:
        return filling.ask(scene, outcome, text("status_open", state.language))
    if not state.references:
        return outcome.line("status_none", *buttons.always(state.language))
    reply = text("status_sent", state.language, reference=state.references[-1])
    return outcome.say(Reply.of(reply, *buttons.always(state.language)))


def _privacy(scene: Scene, outcome: Outcome) -> Outcome:
    told = outcome.line("privacy", *buttons.always(outcome.state.language), agency=scene.agency)
    return _back_to_form(scene, told)


def _remind(scene: Scene, outcome: Outcome) -> Outcome:
    return filling.start(scene, outcome, REMINDER)


def _stop(_scene: Scene, outcome: Outcome) -> Outcome:
    """Stop all messages; inside a form it is asked what shall stop, for "stop" may mean the form."""
    language = outcome.state.language
    if outcome.state.progress is None:
        return _stop_all(_scene, outcome)
    choices = (buttons.form("cancel", language), buttons.do("stop_all", language))
    return outcome.line("form.stop_what", *choices)


def _stop_all(scene: Scene, outcome: Outcome) -> Outcome:
    if not outcome.state.reminded:
        return _back_to_form(scene, outcome.line("stopped.none"))
    stopped = outcome.remember(reminded=()).do(
        StopReminders(), Record(what="reminders_stopped", actor="prospect")
    )
    return _back_to_form(scene, stopped.line("stopped.done"))


def _good(_scene: Scene, outcome: Outcome) -> Outcome:
    return outcome.do(Rated(mark="good")).line("rated.good")


def _bad(_scene: Scene, outcome: Outcome) -> Outcome:
    person = buttons.do("person", outcome.state.language)
    return outcome.do(Rated(mark="bad")).line("rated.bad", person)


def _greeting(scene: Scene, outcome: Outcome) -> Outcome:
    if outcome.state.progress is not None:
        return filling.start(scene, outcome)
    return answering.menu(scene, outcome)


_COMMANDS: dict[str, Callable[[Scene, Outcome], Outcome]] = {
    "start": filling.start,
    "help": _help,
    "menu": _menu,
    "person": _person,
    "status": _status,
    "privacy": _privacy,
    "bot": answering.return_to_bot,
    "greeting": _greeting,
    "wrong": reviewing.mark_wrong,
    "remind": _remind,
    "stop": _stop,
    "stop_all": _stop_all,
    "good": _good,
    "bad": _bad,
}
