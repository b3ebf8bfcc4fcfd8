"""Lines sent one after another are one turn when they belong together; a complete question is answered at once.

Every line is stored when it comes. What waits is the turn: a line that says nothing to answer yet is kept in mind, and
the next one is read together with it. A button or a command never waits, and lets what waited be answered first.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

from bot.conversation import between, filling
from bot.conversation.events import MessageReceived, Wait
from bot.conversation.scene import Outcome, Scene
from bot.conversation.state import State, Waiting
from bot.conversation.texts import texts_of
from bot.intake import form as forms
from bot.intake import several
from bot.intake.progress import SUMMARY
from bot.intake.typed import narrow
from intents import questions
from intents.answer import Kind
from intents.reading import Reading
from knowledge.model import LANGUAGES

SILENCE = timedelta(seconds=1.5)
"""People send the next line of a thought within a second or so; longer, and the bot seems not to listen."""
UNFINISHED = timedelta(seconds=3)
"""After a line that plainly goes on, such as one that ends with a comma: they are still typing."""
LONGEST = timedelta(seconds=8)
"""After the first line, whatever comes: nobody waits for an answer longer without wondering."""


def wait(scene: Scene, outcome: Outcome, event: MessageReceived) -> Outcome | None:
    """The memory with this message kept in mind; None where it is answered now."""
    state = outcome.state
    if not state.owner.is_answered_by_bot:
        return None
    if _unread(state, event):
        return _waiting(scene, outcome, event, timedelta(0))
    if not event.patient:
        return None
    silence = _silence(scene, state, event)
    return _waiting(scene, outcome, event, silence) if silence else None


def words_of(lines: tuple[str, ...]) -> str:
    """Several messages as one."""
    return "\n".join(lines)


def whole(state: State, line: int) -> tuple[int, ...]:
    """The messages that this one was read with; none where it was read by itself, or that no longer matters."""
    return next((lines for lines in state.together if line in lines), ())


def keep_together(outcome: Outcome, event: MessageReceived) -> Outcome:
    """What was read as one is remembered as long as its last message gave an answer or was the last question."""
    state = outcome.state
    counts = {state.asked.line} if state.asked else set()
    if state.progress is not None:
        counts |= {answer.line for answer in state.progress.answers.values()}
    known = (*state.together, event.lines) if event.lines else state.together
    kept = tuple(lines for lines in known if lines[-1] in counts)
    return outcome if kept == state.together else outcome.remember(together=kept)


def _unread(state: State, event: MessageReceived) -> bool:
    """Whether messages wait that this one was not read with: then all are read again, together and at once."""
    return state.waiting is not None and event.lines[:-1] != state.waiting.lines


def _waiting(
    scene: Scene, outcome: Outcome, event: MessageReceived, silence: timedelta
) -> Outcome | None:
    before = outcome.state.waiting
    since = before.since if before else scene.now
    latest = since + LONGEST
    if silence and latest <= scene.now:
        return None
    until = min(scene.now + silence, max(latest, scene.now))
    lines = (*(before.lines if before else ()), event.line)
    sent_at = before.sent_at if before else event.sent_at
    waiting = Waiting(lines=lines, since=since, until=until, sent_at=sent_at)
    return outcome.remember(waiting=waiting).do(Wait(until=until))


def _silence(scene: Scene, state: State, event: MessageReceived) -> timedelta | None:
    """How long nothing must follow before it is answered; None where it can be answered now."""
    if state.progress is not None:
        return None if _taken_by_form(scene, state, event) else SILENCE
    if _goes_on(event.text):
        return UNFINISHED
    if _asks(event.text) or _understood(event.reading):
        return None
    return SILENCE


def _taken_by_form(scene: Scene, state: State, event: MessageReceived) -> bool:
    """Whether it answers something of the form, or is nothing the form could take in pieces."""
    progress = state.progress
    if progress is None or progress.at == SUMMARY or _asks(event.text):
        return True
    if event.reading.kind in (Kind.ESCALATE, Kind.REFUSE):
        return True
    form = forms.load(progress.form)
    if several.take(form, progress, event.text, scene.today).taken:
        return True
    return filling.correct(scene, Outcome(state), event) is not None


def _asks(text: str) -> bool:
    """Whether a question stands somewhere in it."""
    return any(questions.asks(sentence) for sentence in questions.sentences(narrow(text)))


def _goes_on(text: str) -> bool:
    """Whether it plainly goes on: it ends with a comma, a colon, "and", 因为."""
    return bool(_unfinished().search(narrow(text)))


@cache
def _unfinished() -> re.Pattern[str]:
    """A line that ends so is not finished; a word of letters only where it stands alone."""
    ends = [str(end) for language in LANGUAGES for end in texts_of(language)["answers"]["goes_on"]]
    told = [
        rf"\b{re.escape(end)}" if end.isascii() and end.isalpha() else re.escape(end)
        for end in ends
    ]
    return re.compile(rf"(?:{'|'.join(told)})$", re.IGNORECASE)


def _understood(reading: Reading) -> bool:
    """Whether there is something to answer now. A greeting alone leads in what is to follow."""
    if reading.kind in (Kind.ESCALATE, Kind.REFUSE, Kind.INTAKE):
        return True
    if reading.kind is Kind.SMALLTALK:
        return any(part.intent != between.GREETING for part in reading.parts)
    if reading.kind is not Kind.ANSWER:
        return False
    return any(part.ranking[0].confidence >= between.SURE for part in reading.parts if part.ranking)
