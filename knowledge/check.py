"""Holds the knowledge base against its own rules: what a reviewer would have to look for by eye."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge import procedures
from knowledge.book import GROUPS, headings
from knowledge.calendar import CALENDAR, WorkingDays
from knowledge.check_beside import check_eligibility, check_papers, check_remarks, check_terms
from knowledge.datafiles import find, place
from knowledge.documents import DOCUMENTS
from knowledge.eligibility import ELIGIBILITY
from knowledge.errors import KnowledgeError
from knowledge.han import HAN
from knowledge.library import CHINA, GLOSSARY, INSTRUMENTS, Library, china
from knowledge.model import PLACEHOLDER, Fact, Instrument, Kind, Period, Unit, Words
from knowledge.problems import VALUE_IN_PROSE, Problem, told
from knowledge.procedures import Procedure, Step

UNNUMBERED = frozenset({"cn.measures"})
"""Instruments whose article numbers could not be confirmed, so that none may be cited."""
DIGITS = re.compile(r"\d|[一二三四五六七八九十百千万]+(?=[个年月日天]|工作日)")
TERMS = frozenset({Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS, Unit.YEARS, Unit.HOURS})
LATIN_WORDS = re.compile(r"[A-Za-z]{2,}.*[A-Za-z]{2,}")


def check(folder: Path = CHINA) -> list[Problem]:
    """Everything that is wrong with the data of a jurisdiction."""
    try:
        library = china() if folder == CHINA else Library.load(folder)
    except KnowledgeError as error:
        return told(error)
    return [
        *check_facts(library, folder / "facts"),
        *check_instruments(library, folder / INSTRUMENTS),
        *check_groups(library, folder),
        *check_remarks(library, folder),
        *check_terms(library, folder / f"{GLOSSARY}.yaml"),
        *check_papers(library, folder / DOCUMENTS),
        *check_eligibility(library, folder / ELIGIBILITY),
        *check_calendar(folder / CALENDAR),
        *check_procedures(library, folder / "procedures"),
    ]


def check_facts(library: Library, folder: Path) -> list[Problem]:
    """Everything that is wrong with the facts, each found again in a file below the folder."""
    return [
        Problem(f"{find(folder, fact.id)}: {fact.id}", what)
        for fact in library.facts.values()
        for what in _problems(library, fact)
    ]


def check_instruments(library: Library, path: Path) -> list[Problem]:
    """Instruments that replace what is not there, or each other in a circle."""
    return [
        Problem(f"{place(path, instrument.id)}: {instrument.id}", what)
        for instrument in library.instruments.values()
        for what in _replaces(library, instrument)
    ]


def _replaces(library: Library, instrument: Instrument) -> Iterator[str]:
    seen, older = {instrument.id}, instrument.replaces
    while older:
        if older not in library.instruments:
            yield f"it replaces {older}, which is not here; add it or mend the name"
            return
        if older in seen:
            yield f"it replaces {older}, which replaces it in turn; one of them is wrong"
            return
        seen.add(older)
        older = library.instruments[older].replaces


def check_groups(library: Library, folder: Path) -> list[Problem]:
    """Files of facts without a heading, and headings without a file."""
    path = folder / GROUPS
    try:
        odd = library.groups.keys() ^ headings(folder).keys()
    except KnowledgeError as error:
        return told(error)
    return [
        Problem(
            place(path, group), f"{group}: give it a heading here and a file in facts/, or neither"
        )
        for group in sorted(odd)
    ]


def check_calendar(path: Path) -> list[Problem]:
    """Corrections of the calendar that are no days, or contradict each other."""
    try:
        WorkingDays.load(path)
    except KnowledgeError as error:
        return told(error)
    return []


def check_procedures(library: Library, folder: Path) -> list[Problem]:
    """Everything that is wrong with the procedures: what they name, and how they say it."""
    try:
        found = procedures.load(folder)
    except KnowledgeError as error:
        return told(error)
    return [
        Problem(f"{find(folder, each.id, *inner)}: {each.id}", what)
        for each in found.values()
        for inner, what in _procedure(library, each)
    ]


def _procedure(library: Library, each: Procedure) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What is wrong with a procedure, and below which of its keys."""
    yield from (((), what) for what in _heading(each))
    for name, day in each.days.items():
        yield from ((("days", name), what) for what in _heading(day))
    for number, step in enumerate(each.steps):
        wrong = (*_heading(step), *_rests_on(library, step))
        yield from ((("steps", number), what) for what in wrong)


def _heading(heading: Words) -> Iterator[str]:
    """What is said in the procedures is no rule: numbers belong to the facts."""
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
        if value := VALUE_IN_PROSE.search(PLACEHOLDER.sub("", text)):
            yield f"{name}: {value[0]!r} is a value; name it under `values` and write {{name}}"
