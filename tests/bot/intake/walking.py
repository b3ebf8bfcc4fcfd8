"""Walks through a form in tests, answer by answer."""

from __future__ import annotations

from bot.intake import filling, several
from bot.intake.filling import Filled
from bot.intake.form import Form
from bot.intake.progress import Progress
from tests.bot.intake.asking import RECORDATION, TODAY

LINES = (
    "trademark",
    "registered",
    "1234567",
    "no",
    "owner",
    "Example Trading Ltd",
    "company",
    "Italy",
    "running shoes",
    "planning",
    "not now",
    "Anna Rossi",
    "anna@rossi.example",
    "I agree",
)
"""A line for every question of the intake, for one mark."""


def walked(*lines: str, form: Form = RECORDATION, start: Progress | None = None) -> Progress:
    """The form after these answers, each of which is taken."""
    progress = start or filling.begin(form)
    for number, line in enumerate(lines, start=1):
        filled = filling.fill(form, progress, line, TODAY, number)
        assert filled.problem is None, (progress.at, line, filled.problem)
        progress = filled.progress
    return progress


def told(progress: Progress, text: str, form: Form = RECORDATION, line: int = 0) -> Filled:
    """What comes of one message."""
    return several.take(form, progress, text, TODAY, line)
