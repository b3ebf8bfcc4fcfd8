"""What a line typed in a form is: an answer, a question in between, or both."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.conversation.events import MessageReceived
from bot.conversation.reply import Choice
from bot.conversation.state import State
from bot.conversation.texts import words
from bot.intake import form as forms
from bot.intake.filling import Filled
from bot.intake.kinds import KINDS, FieldKind
from bot.intake.progress import Progress
from bot.intake.typed import folded
from intents import questions

GREETING = "talk.greeting"
SURE = 0.9
"""How sure a reading must be to be heard through a field that takes any words, or answered where nothing is asked."""

_SENTENCES = re.compile(r"(?<=[.!?。！？])\s+|(?<=[。！？])|\n")
_ADDRESSES = frozenset({FieldKind.CONTACT, FieldKind.EMAIL, FieldKind.PHONE})
_CLAUSES = re.compile(r"\s*[,，;；]\s*(?:(?:and|but)\s+)?", re.IGNORECASE)


def are_plain(progress: Progress, paths: Iterable[str]) -> bool:
    """Whether none of these questions takes just any words, so that an answer to them is an answer for sure."""
    form = forms.load(progress.form)
    return not any(KINDS[form.field(path).kind].takes_any_words for path in paths)


def is_address(progress: Progress, paths: Iterable[str]) -> bool:
    """Whether the address that is asked for was given: "call me on +39 ..." then calls nobody now."""
    form = forms.load(progress.form)
    return progress.at in paths and form.field(progress.at).kind in _ADDRESSES


def asks_openly(typed: str) -> bool:
    """Whether some piece of a message ends as a question does."""
    return any(piece.rstrip().endswith(("?", "？")) for piece in _SENTENCES.split(typed))


def meant(state: State) -> tuple[Choice, ...]:
    """The questions that were just offered because a message was not understood."""
    if not state.clarifying:
        return ()
    return tuple(choice for choice in state.offered if choice.payload.startswith("ask:"))


def besides_questions(typed: str) -> str:
    """What a message says besides its questions; nothing where it asks none."""
    return " ".join(_told_and_asked(typed)[0])


def to_read(state: State, typed: str) -> str:
    """What of a message is to be read for its meaning: in a form the questions alone of one that answers as well."""
    asked = _told_and_asked(typed)[1] if state.progress is not None else []
    return " ".join(asked) or typed


def _told_and_asked(typed: str) -> tuple[list[str], list[str]]:
    """The statements and the questions of a message that has both; else nothing."""
    for cut in (_SENTENCES, _CLAUSES):
        pieces = [piece.strip() for piece in cut.split(typed) if piece.strip()]
        asked = [piece for piece in pieces if questions.asks(piece)]
        if 0 < len(asked) < len(pieces):
            return [piece for piece in pieces if piece not in asked], asked
    return [], []


def is_sure(event: MessageReceived) -> bool:
    """Whether all of a message was read for sure."""
    return all(part.ranking and part.ranking[0].confidence >= SURE for part in event.reading.parts)


def greets(event: MessageReceived, filled: Filled | None) -> bool:
    """Whether a line is but a greeting. Where any words are taken only the plainest is one: Good Day Ltd is not."""
    if folded(event.text) in words("greetings"):
        return True
    intents = {part.intent for part in event.reading.parts}
    return intents == {GREETING} and is_sure(event) and not (filled and filled.taken)
