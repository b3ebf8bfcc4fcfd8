"""Holds the knowledge base against its own rules: what a reviewer would have to look for by eye."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge import procedures
from knowledge.book import headings
from knowledge.errors import KnowledgeError
from knowledge.library import CHINA, Library, china
from knowledge.model import PLACEHOLDER, Fact, Kind, Period, Unit
from knowledge.procedures import Step, Words

UNNUMBERED = frozenset({"cn.measures"})
"""Instruments whose article numbers could not be confirmed, so that none may be cited."""
HAN = re.compile(r"[㐀-鿿]")
DIGITS = re.compile(r"\d|[一二三四五六七八九十百千万]+(?=[个年月日天]|工作日)")
TERMS = frozenset({Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS, Unit.YEARS, Unit.HOURS})
LATIN_WORDS = re.compile(r"[A-Za-z]{2,}.*[A-Za-z]{2,}")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def check(library: Library | None = None) -> list[Problem]:
    """Everything that is wrong with the facts and instruments; China's where no library is given."""
    try:
        found = library or china()
    except KnowledgeError as error:
        return [Problem("knowledge", str(error))]
    facts = [
        Problem(fact.id, what) for fact in found.facts.values() for what in _problems(found, fact)
    ]
    return facts if library else [*facts, *check_groups(found), *check_procedures(found)]


def check_groups(library: Library) -> list[Problem]:
    """Files of facts without a heading, and headings without a file."""
    try:
        odd = library.groups.keys() ^ headings().keys()
    except KnowledgeError as error:
        return [Problem("groups", str(error))]
    return [Problem(group, "groups.yaml and facts/ do not both have it") for group in sorted(odd)]


def check_procedures(library: Library, folder: Path = CHINA / "procedures") -> list[Problem]:
    """Everything that is wrong with the procedures: what they name, and how they say it."""
    try:
        found = procedures.load(folder)
    except KnowledgeError as error:
        return [Problem("procedures", str(error))]
    return [
        Problem(f"procedure {each.id}", what)
        for each in found.values()
        for what in (
            *_headings(each, *each.days.values(), *each.steps),
            *(wrong for step in each.steps for wrong in _rests_on(library, step)),
        )
    ]


def _headings(*headings: Words) -> Iterator[str]:
    """What is said in the procedures is no rule: numbers belong to the facts."""
    for heading in headings:
        for text in (heading.en, heading.zh):
            if DIGITS.search(text):
                yield f"{text!r}: numbers stand in the facts"
            if text != text.strip() or not text:
                yield f"{text!r}: empty, or stray spaces"
        if HAN.search(heading.en) or not HAN.search(heading.zh):
            yield f"{heading.en!r}: the languages are mixed up"


def _rests_on(library: Library, step: Step) -> Iterator[str]:
    for fact in step.rests_on:
        if fact not in library.facts:
            yield f"{step.en!r}: no fact {fact}"
    fact_due = library.facts.get(step.due.fact) if step.due else None
    if step.due and fact_due:
        values = fact_due.periods[-1].values
        if step.due.value not in values:
            yield f"{step.en!r}: {step.due.fact} has no value {step.due.value}"
        elif values[step.due.value].unit not in TERMS:
            yield f"{step.en!r}: {step.due.fact} {step.due.value} is no term"


def _problems(library: Library, fact: Fact) -> Iterator[str]:
    yield from _basis(library, fact)
    if fact.review_due <= fact.verified_on:
        yield "its review is due before it was verified"
    if fact.kind is not Kind.SERVICE and not fact.source:
        yield "it has no source"
    for period in fact.periods:
        yield from _texts(period)
    for earlier, later in zip(fact.periods, fact.periods[1:], strict=False):
        if earlier.says_the_same(later) and earlier.basis == later.basis:
            yield "two periods say the same on the same basis"


def _basis(library: Library, fact: Fact) -> Iterator[str]:
    stated = [*fact.basis, *(basis for period in fact.periods for basis in period.basis or ())]
    for basis in stated:
        if basis.instrument not in library.instruments:
            yield f"no instrument {basis.instrument}"
        elif basis.instrument in UNNUMBERED and basis.articles:
            yield f"{basis.instrument}: its article numbers are not confirmed, so none is cited"


def _texts(period: Period) -> Iterator[str]:
    english, chinese = (set(PLACEHOLDER.findall(text)) for text in (period.en, period.zh))
    if english != chinese:
        yield f"the languages state different values: {', '.join(sorted(english ^ chinese))}"
    if not LATIN_WORDS.search(period.en):
        yield "en: not an English sentence"
    if not HAN.search(period.zh):
        yield "zh: not a Chinese sentence"
    for name, text in (("en", period.en), ("zh", period.zh)):
        if text != text.strip() or "  " in text:
            yield f"{name}: stray spaces"
