"""Closing words: "thanks", "bye", a thumb. They begin nothing anew, and are where one may ask how it was."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Literal

from bot.conversation import buttons
from bot.conversation.events import Rated, Say, SetReminders, SubmitLead
from bot.conversation.owner import Owner
from bot.conversation.reply import Author, Choice, Reply
from bot.conversation.scene import Outcome
from bot.conversation.texts import words
from bot.intake.typed import folded
from intents import questions
from intents.answer import Kind
from intents.reading import Reading

Word = Literal["thanks", "bye"]
Mark = Literal["good", "bad"]
CASE_ENDS_AFTER = timedelta(days=7)
"""Whoever writes after a week of silence has another case, and may be asked again how it was."""
_INTENTS: dict[str | None, Word] = {"talk.thanks": "thanks", "talk.goodbye": "bye"}
_TONES = re.compile("[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f]")
"""The skin tones of a thumb, and how a sign is to be drawn."""


def word(typed: str) -> Word | None:
    """The closing word that a whole message is."""
    said = folded(_TONES.sub("", typed))
    if said in words("bye"):
        return "bye"
    return "thanks" if said in words("thanks") else None


def read(reading: Reading) -> Word | None:
    """The closing word that a message was understood to be, where it says nothing else."""
    if reading.kind is not Kind.SMALLTALK:
        return None
    found = {_INTENTS.get(part.intent) for part in reading.parts}
    if None in found or not found:
        return None
    return "bye" if "bye" in found else "thanks"


def close(outcome: Outcome, said: Word) -> Outcome:
    """A short answer. Inside a form the question stands with its buttons; once a case it is asked how it was."""
    state = outcome.state
    if state.progress is not None:
        return standing(outcome, "closing.in_form")
    if not state.helped or state.asked_how_it_was or state.owner is not Owner.BOT:
        return outcome.line("closing.plain" if said == "thanks" else "closing.bye")
    ways = [buttons.do(mark, state.language) for mark in ("good", "bad")]
    asked = outcome.remember(asked_how_it_was=True)
    return asked.line("closing.how" if said == "thanks" else "closing.how_bye", *ways)


def after_end(outcome: Outcome, said: Word) -> Outcome:
    """After the staff has closed the conversation: answered once, and it stays closed."""
    if outcome.state.parted:
        return outcome
    parted = outcome.remember(parted=True)
    return parted.line("closing.plain" if said == "thanks" else "closing.bye")


def standing(outcome: Outcome, text_id: str, **values: object) -> Outcome:
    """A line beside what was said last: the buttons under that stay, and nothing is asked anew."""
    told, line = outcome.worded(text_id, **values)
    return beside(told, line)


def beside(outcome: Outcome, line: str, *more: Choice) -> Outcome:
    """The same with the line's own words, and buttons after those that stay."""
    return outcome.say(Reply.of(line, *outcome.state.offered, *more))


def rate(outcome: Outcome, mark: Mark) -> Outcome:
    """How it was. The same once more counts once; who changes their mind is heard."""
    state = outcome.state
    told = outcome if state.rated == mark else outcome.do(Rated(mark=mark))
    told = told.remember(rated=mark, asked_how_it_was=True, wants_more=mark == "bad")
    if state.progress is not None:
        return standing(told, f"rated.{mark}")
    ways = [buttons.do("person", state.language)] if mark == "bad" else []
    return told.line(f"rated.{mark}", *ways)


def missing(outcome: Outcome, reading: Reading) -> Outcome | None:
    """What somebody found missing, told as they were asked to; None where it is a message like any other."""
    state = outcome.state
    told = outcome.remember(wants_more=False)
    if not state.wants_more or state.owner is not Owner.BOT:
        return None
    if reading.kind not in (Kind.CLARIFY, Kind.OUT_OF_SCOPE, Kind.ANSWER):
        return None
    if any(questions.asks(sentence) for sentence in questions.sentences(reading.text)):
        return None
    return told.line("rated.noted", buttons.do("person", state.language))


def helped(outcome: Outcome) -> Outcome:
    """That a fact was stated or an inquiry went out, if it was."""
    done = any(
        isinstance(effect, (SubmitLead, SetReminders))
        or (isinstance(effect, Say) and effect.author is Author.BOT and effect.reply.facts)
        for effect in outcome.effects
    )
    return outcome.remember(helped=True) if done else outcome


def begin_case(outcome: Outcome) -> Outcome:
    """Another case: what was asked and answered in the one before no longer counts."""
    return outcome.remember(
        asked_how_it_was=False, helped=False, rated=None, wants_more=False, told={}
    )
