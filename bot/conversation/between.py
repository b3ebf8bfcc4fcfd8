"""What a line typed in a form is: an answer, a question in between, or both."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.conversation.reply import Choice
from bot.conversation.scene import Scene
from bot.conversation.state import State
from bot.intake import form as forms
from bot.intake import several
from bot.intake.kinds import KINDS, FieldKind
from bot.intake.progress import Progress
from intents import questions

_SENTENCES = re.compile(r"(?<=[.!?。！？])\s+|(?<=[。！？])|\n")
_ADDRESSES = frozenset({FieldKind.CONTACT, FieldKind.EMAIL, FieldKind.PHONE})
_CLAUSES = re.compile(r"\s*[,，;；]\s*(?:(?:and|but)\s+)?", re.IGNORECASE)


def taken_by(scene: Scene, progress: Progress, typed: str) -> tuple[str, ...]:
    """The paths of the questions that a line would answer."""
    return several.take(forms.load(progress.form), progress, typed, scene.today).taken


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
    found = [
        [piece for piece in cut.split(typed) if piece.strip()] for cut in (_SENTENCES, _CLAUSES)
    ]
    for pieces in found:
        told = [piece for piece in pieces if not questions.asks(piece.strip())]
        if told and len(told) < len(pieces):
            return " ".join(told)
    return ""
