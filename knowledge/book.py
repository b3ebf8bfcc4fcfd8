"""The whole base as a book for one day: chapters of rules, each with what held before and what will hold.

In: a library and a day. Out: plain objects that a page is made of; nothing here knows what a page looks like.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from knowledge import rendering
from knowledge.datafiles import read, shown
from knowledge.errors import DataFileError
from knowledge.library import CHINA, Holding, Library
from knowledge.model import LANGUAGES, Basis, Fact, Instrument, Language, Period, Status

GROUPS = "groups.yaml"


@dataclass(frozen=True)
class Stage:
    """One period of a rule, as the book tells it."""

    period: Period
    basis: tuple[Basis, ...]
    same: bool = False
    """Whether it says what the rule says on the day of the book, on another basis."""

    def statement(self, language: Language) -> str:
        """The sentence or sentences, values filled in."""
        return rendering.statement(self.period, language)


@dataclass(frozen=True)
class Entry:
    """One rule on the day of the book."""

    fact: Fact
    on: date
    now: Stage | None
    """What holds; nothing where no period holds on the day."""
    former: tuple[Stage, ...]
    """What held before, the latest first."""
    coming: tuple[Stage, ...]
    """What is certain to come, the next first."""

    @property
    def since(self) -> date | None:
        """The first day on which it said the same, whatever it rested on then."""
        return Holding(self.fact, self.now.period, self.on).since if self.now else None

    @property
    def until(self) -> date | None:
        """The last day on which it will say the same, whatever it rests on then."""
        return Holding(self.fact, self.now.period, self.on).until if self.now else None

    @property
    def changing(self) -> bool:
        """Whether it is certain to say something else one day."""
        return any(not stage.same for stage in self.coming)

    @property
    def certain(self) -> bool:
        """Whether it may be stated as a fact at all."""
        return self.fact.certain

    @property
    def stale(self) -> bool:
        """Whether it should have been checked again before the day."""
        return self.fact.stale(self.on)


@dataclass(frozen=True)
class Chapter:
    """The rules of one file."""

    id: str
    heading: dict[Language, str]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Source:
    """A legal text or report, and where it stands on the day of the book."""

    instrument: Instrument
    status: Status


@dataclass(frozen=True)
class Book:
    """Everything we know, for one day."""

    on: date
    chapters: tuple[Chapter, ...]
    sources: tuple[Source, ...]

    def entries(self) -> Iterator[Entry]:
        """Every rule, in the order of the book."""
        return (entry for chapter in self.chapters for entry in chapter.entries)


def bind(library: Library, on: date) -> Book:
    """The book of a library for a day. Raises DataFileError where a chapter has no heading."""
    named = headings()
    missing = library.groups.keys() - named.keys()
    if missing:
        raise DataFileError(f"{shown(CHINA / GROUPS)}: no heading for {', '.join(sorted(missing))}")
    chapters = tuple(
        Chapter(
            group, heading, tuple(_entry(library.fact(id_), on) for id_ in library.groups[group])
        )
        for group, heading in named.items()
        if group in library.groups
    )
    sources = (Source(each, each.status_on(on)) for each in library.instruments.values())
    return Book(on, chapters, tuple(sources))


@cache
def headings(folder: Path = CHINA) -> dict[str, dict[Language, str]]:
    """The headings of the groups in each language, in reading order. Raises DataFileError."""
    path = folder / GROUPS
    try:
        return {
            group: {language: str(texts[language]) for language in LANGUAGES}
            for group, texts in read(path).items()
        }
    except (KeyError, TypeError) as error:
        raise DataFileError(f"{path}: a group wants a heading in every language: {error}") from None


def _entry(fact: Fact, on: date) -> Entry:
    now = next((period for period in fact.periods if period.holds(on)), None)
    former = [each for each in fact.periods if each.until and each.until < on]
    coming = [each for each in fact.periods if each.from_ and each.from_ > on]
    return Entry(
        fact,
        on,
        _stage(fact, now) if now else None,
        tuple(_stage(fact, each, now) for each in reversed(former)),
        tuple(_stage(fact, each, now) for each in coming),
    )


def _stage(fact: Fact, period: Period, now: Period | None = None) -> Stage:
    return Stage(period, fact.basis_in(period), same=now is not None and period.says_the_same(now))
