"""A procedure as a picture: the steps one below the other, by whom, and within what time; as wide as a phone.

In: a walk-through and the days that are known. Out: SVG or PNG, on light or dark ground; the same data, the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from bot.papers.typesetting import typeset
from bot.papers.words import say
from knowledge.datafiles import read
from knowledge.model import Language
from knowledge.walkthrough import Told, Walkthrough

Theme = Literal["light", "dark"]
Form = Literal["svg", "png"]
THEMES: tuple[Theme, ...] = ("light", "dark")
FORMS: tuple[Form, ...] = ("svg", "png")


def draw(
    walkthrough: Walkthrough, known: Mapping[str, date], *, agency: str, theme: Theme, form: Form
) -> bytes:
    """The picture. Raises PaperError where it cannot be set, else as `Walkthrough.steps` does."""
    steps = list(walkthrough.steps(known))
    facts = [fact for step in steps for fact in (*step.rules, step.due) if fact]
    data = {
        "title": walkthrough.title,
        "as_of": walkthrough.as_of,
        "steps": [_step(step, walkthrough.language) for step in steps],
        "sources": walkthrough.sources(facts),
        "notice": say("picture_notice", walkthrough.language, agency=agency),
        "colours": palette()[theme],
    }
    return typeset("procedure.typ", walkthrough.language, data, walkthrough.on, form)


def _step(step: Told, language: Language) -> dict[str, Any]:
    return {
        "number": step.number,
        "actor": step.actor.value,
        "who": step.who,
        "text": step.text,
        "term": step.span.length if step.span else "",
        "days": step.span.days if step.span else "",
        "caution": step.span.caution if step.span else "",
        "missed": step.missed.statement(language) if step.missed else "",
    }


@cache
def palette() -> dict[str, dict[str, str]]:
    """The colours by theme and name, `#rrggbb`."""
    return read(Path(__file__).parent / "palette.yaml")
