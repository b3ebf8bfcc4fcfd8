"""How far a form is filled: plain values, kept with the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.intake.form import SUMMARY, Frozen

__all__ = ["SUMMARY", "FieldAnswer", "Progress", "Status"]


class Status(StrEnum):
    """What was done with a question."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    LATER = "later"
    """Not at hand: to be given later."""


class FieldAnswer(Frozen):
    """What was given for a field."""

    status: Status
    value: str = ""
    line: int = 0
    """The number of the message that gave it, so that an edit of the message changes the answer; 0 for a button."""


class Progress(Frozen):
    """How far a form is filled. `at` is a step's path or SUMMARY."""

    form: str
    at: str
    answers: dict[str, FieldAnswer] = {}
    """By path. What no longer applies stays, and counts again if it applies again."""
    proposed: dict[str, str] = {}
    """What was read from the conversation before it was asked: shown to be confirmed, by path."""
    tries: int = 0
    """Failed answers to the present question."""
    doubted: str | None = None
    """An answer that does not fit in itself; given once more it is believed."""
    changing: bool = False
    """Whether one answer is being changed, so that the next open question or the summary comes after it."""

    def value(self, path: str) -> str | None:
        """What was answered, or None where it was left out, put off or not reached."""
        answer = self.answers.get(path)
        return answer.value if answer and answer.status is Status.ANSWERED else None

    def values(self) -> Mapping[str, str]:
        """Every answer by its path."""
        given = {path: self.value(path) for path in self.answers}
        return {path: value for path, value in given.items() if value is not None}

    def with_(self, **changes: object) -> Progress:
        """The same with some of it changed."""
        return self.model_copy(update=changes)
