"""What commands do, typed as a word, with a slash, or pressed. Inside a form its question comes back after them."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import answering, buttons, closing, filling, own_data, reviewing
from bot.conversation.events import Record, StopReminders
from bot.conversation.reply import Choice, Reply
from bot.conversation.scene import Outcome, Scene
from bot.conversation.texts import text
from intents import context
from intents.answer import Bullets, Text

REMINDER = "renewal_reminder"
MOST_INQUIRIES = 3
"""The latest inquiries are what somebody asks after."""


def answer_topic(scene: Scene, outcome: Outcome, intent: str) -> Outcome:
    """The answer to a button's question: typing its words does the same to what the conversation is about."""
    answered = answering.answer_topic(scene, outcome, intent)
    if not scene.composer.knows(intent):
        return answered
    before, kind = outcome.state.context, scene.composer.kind(intent)
    about = context.pressed(before, intent, kind, scene.composer.leaning(intent, before))
    return answered.remember(context=about)


def status(scene: Scene, outcome: Outcome, asked: str | None = None) -> Outcome:
    """Where an inquiry is. Only this person's own are known; of another nothing is said, not even that it exists."""
    language = outcome.state.language
    own = scene.records.inquiries()
    found = [each for each in own if asked in (None, each.reference)][-MOST_INQUIRIES:]
    rows = []
    for each in reversed(found):
        outcome, row = outcome.worded(f"status.{each.handled.value}", reference=each.reference)
        rows.append(row)
    if asked is not None and not rows:
        rows = [text("status.unknown", language, reference=asked, agency=scene.agency)]
    if outcome.state.progress is not None:
        return filling.ask(scene, outcome, *rows, text("status.open", language))
    if not rows:
        return outcome.line("status.none", *buttons.always(outcome.state))
    blocks = tuple(Text(text=row) for row in rows)
    return outcome.say(Reply(blocks=blocks, choices=buttons.always(outcome.state)))


def _line(scene: Scene, outcome: Outcome, text_id: str, *more: Choice, **values: object) -> Outcome:
    told = outcome.line(text_id, *more, *buttons.always(outcome.state), **values)
    return answering.back_to_form(scene, told)


def _help(scene: Scene, outcome: Outcome) -> Outcome:
    return _line(scene, outcome, "help")


def _unknown(scene: Scene, outcome: Outcome) -> Outcome:
    """A command there is none of is met with those there are."""
    return _line(scene, outcome, "unknown_command")


def _nothing_open(scene: Scene, outcome: Outcome) -> Outcome:
    return _line(scene, outcome, "nothing_to_do")


def _menu(scene: Scene, outcome: Outcome) -> Outcome:
    return answering.back_to_form(scene, answering.menu(scene, outcome))


def _person(scene: Scene, outcome: Outcome) -> Outcome:
    return answering.call_person(scene, outcome, "asked")


def _privacy(scene: Scene, outcome: Outcome) -> Outcome:
    language = outcome.state.language
    ways = (buttons.do("mydata", language), buttons.do("forget", language))
    return answering.back_to_form(scene, outcome.line("privacy", *ways, agency=scene.agency))


def _settings(scene: Scene, outcome: Outcome) -> Outcome:
    """The language and the reminders, and how to change them."""
    state, language = outcome.state, outcome.state.language
    count = len(scene.records.reminders())
    reminders = "some" if count else "none"
    locked = "chosen" if state.language_locked else "followed"
    rows = (
        text(f"settings.language_{locked}", language),
        text(f"settings.reminders_{reminders}", language, count=count),
    )
    last = buttons.do("stop" if count else "remind", language)
    said = (Text(text=text("settings.intro", language)), Bullets(items=rows))
    shown = outcome.say(Reply(blocks=said, choices=(buttons.switch(language), last)))
    return answering.back_to_form(scene, shown)


def _remind(scene: Scene, outcome: Outcome) -> Outcome:
    return filling.start(scene, outcome, REMINDER)


def _stop(scene: Scene, outcome: Outcome) -> Outcome:
    """Stop all messages; inside a form it is asked what shall stop, for "stop" may mean the form."""
    language = outcome.state.language
    if outcome.state.progress is None:
        return _stop_all(scene, outcome)
    choices = (buttons.form("cancel", language), buttons.do("stop_all", language))
    return outcome.line("form.stop_what", *choices)


def _stop_all(scene: Scene, outcome: Outcome) -> Outcome:
    if not outcome.state.reminded:
        return answering.back_to_form(scene, outcome.line("stopped.none"))
    stopped = outcome.remember(reminded=()).do(
        StopReminders(), Record(what="reminders_stopped", actor="prospect")
    )
    return answering.back_to_form(scene, stopped.line("stopped.done"))


def _good(_scene: Scene, outcome: Outcome) -> Outcome:
    return closing.rate(outcome, "good")


def _bad(_scene: Scene, outcome: Outcome) -> Outcome:
    return closing.rate(outcome, "bad")


COMMANDS: dict[str, Callable[[Scene, Outcome], Outcome]] = {
    "start": filling.start,
    "help": _help,
    "menu": _menu,
    "person": _person,
    "status": status,
    "settings": _settings,
    "privacy": _privacy,
    "mydata": own_data.show,
    "forget": own_data.ask,
    "forget_now": own_data.forget,
    "forget_not": own_data.keep,
    "forget_undo": own_data.undo,
    "bot": answering.return_to_bot,
    "wrong": reviewing.mark_wrong,
    "remind": _remind,
    "stop": _stop,
    "stop_all": _stop_all,
    "good": _good,
    "bad": _bad,
    "unknown": _unknown,
    "nothing_open": _nothing_open,
}
