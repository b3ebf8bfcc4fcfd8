"""How the tests of the intake put a question to a kind of field."""

from __future__ import annotations

from datetime import date

from bot.intake import form as forms
from bot.intake.kinds import KINDS, FieldKind
from bot.intake.kinds.base import Accepted, Asked, Parsed, Rejected

TODAY = date(2026, 11, 22)
RECORDATION = forms.load("recordation")


def parse(kind: FieldKind, text: str, path: str | None = None, right: str | None = None) -> Parsed:
    """A typed line as an answer; with a path, to that question of the intake."""
    options = RECORDATION.options(path) if path else {}
    return KINDS[kind].parse(text, Asked(TODAY, options, right))


def kept(kind: FieldKind, text: str, path: str | None = None, right: str | None = None) -> str:
    """What is kept of an answer that is taken."""
    parsed = parse(kind, text, path, right)
    assert isinstance(parsed, Accepted), parsed
    return parsed.value


def problem(kind: FieldKind, text: str, path: str | None = None, right: str | None = None) -> str:
    """Why an answer is not taken."""
    parsed = parse(kind, text, path, right)
    assert isinstance(parsed, Rejected), parsed
    return parsed.problem
