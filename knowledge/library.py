"""The knowledge base, loaded and asked: what holds on this day?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from knowledge import rendering
from knowledge.compiled import mappings
from knowledge.datafiles import build, place, yaml_files
from knowledge.errors import (
    DataFileError,
    NotInForceError,
    UnknownFactError,
    UnknownInstrumentError,
)
from knowledge.model import Basis, Fact, Instrument, Language, Period, Quantity, Words
from knowledge.remarks import FACT_VALUE, REMARKS, Remark, Term

CHINA = Path(__file__).parent / "china"
INSTRUMENTS = "instruments.yaml"
GLOSSARY = "glossary"
R = TypeVar("R", bound=Remark)


@dataclass(frozen=True)
class Holding:
    """A fact as it holds on one day."""

    fact: Fact
    period: Period
    on: date

    @property
    def id(self) -> str:
        """The id of the fact."""
        return self.fact.id

    @property
    def basis(self) -> tuple[Basis, ...]:
        """The legal basis in this period."""
        return self.fact.basis_in(self.period)

    @property
    def former(self) -> Period | None:
        """What was said otherwise just before, if it is known."""
        earlier = self._others(reversed(self.fact.periods[: self._place]))
        return next(earlier, None)

    @property
    def expected(self) -> Period | None:
        """The change of content that is already certain to come, if there is one."""
        return next(self._others(self.fact.periods[self._place + 1 :]), None)

    @property
    def since(self) -> date | None:
        """The first day on which it said the same, whatever it rested on then."""
        return self._edge(reversed(self.fact.periods[: self._place])).from_

    @property
    def until(self) -> date | None:
        """The last day on which it still says the same, whatever it rests on then."""
        return self._edge(self.fact.periods[self._place + 1 :]).until

    @property
    def _place(self) -> int:
        return self.fact.periods.index(self.period)

    def _edge(self, onward: Iterable[Period]) -> Period:
        """The last of the periods in a row, beginning with this one, that say the same."""
        same = self.period
        for period in onward:
            if not period.says_the_same(same):
                break
            same = period
        return same

    def _others(self, periods: Iterable[Period]) -> Iterator[Period]:
        return (period for period in periods if not period.says_the_same(self.period))

    @property
    def stale(self) -> bool:
        """Whether the day lies past the date on which the fact should have been checked again."""
        return self.fact.stale(self.on)

    @property
    def certain(self) -> bool:
        """Whether it may be stated as a fact at all."""
        return self.fact.certain

    def statement(self, language: Language) -> str:
        """The sentence or sentences that say it, values filled in."""
        return rendering.statement(self.period, language)

    def value(self, name: str) -> Quantity:
        """One value by its name. Raises KeyError if the fact has none of that name."""
        return self.period.values[name]


@dataclass(frozen=True)
class Library:
    """All facts and instruments of one or more jurisdictions."""

    facts: MappingProxyType[str, Fact]
    instruments: MappingProxyType[str, Instrument]
    groups: MappingProxyType[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """The ids of the facts by the name of the file they stand in."""
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    """Wrong claims, unconfirmed points, neighbours and ambiguous words, by file and name: `claims/official_fee`."""
    terms: Mapping[str, Term] = field(default_factory=dict)
    """The glossary."""

    @classmethod
    def load(cls, *folders: Path, cache: Path | None = None) -> Library:
        """Read jurisdictions from their folders (China's if none is named), by way of the cache if there is one.

        Raises DataFileError naming the file and what is wrong in it.
        """
        read = _Shelves()
        for folder in folders or (CHINA,):
            beside = [folder / f"{name}.yaml" for name in (*REMARKS, GLOSSARY)]
            files = [
                folder / INSTRUMENTS,
                *yaml_files(folder / "facts"),
                *filter(Path.is_file, beside),
            ]
            for name, entries in mappings("facts", folder, files, cache).items():
                for key, data in entries.items():
                    read.put(folder / name, key, data)
        return read.library()

    def fact(self, fact_id: str) -> Fact:
        """A fact by its id. Raises UnknownFactError."""
        try:
            return self.facts[fact_id]
        except KeyError:
            raise UnknownFactError(f"no fact {fact_id!r}") from None

    def instrument(self, instrument_id: str) -> Instrument:
        """An instrument by its id. Raises UnknownInstrumentError."""
        try:
            return self.instruments[instrument_id]
        except KeyError:
            raise UnknownInstrumentError(f"no instrument {instrument_id!r}") from None

    def on(self, fact_id: str, day: date) -> Holding:
        """What the fact says on that day. Raises UnknownFactError, NotInForceError."""
        fact = self.fact(fact_id)
        for period in fact.periods:
            if period.holds(day):
                return Holding(fact, period, day)
        raise NotInForceError(f"{fact_id} says nothing for {day}")

    def remarks_of(self, kind: type[R]) -> list[R]:
        """All remarks of a kind, in the order of their file."""
        return [remark for remark in self.remarks.values() if isinstance(remark, kind)]

    def said(self, words: Words, language: Language, on: date) -> str:
        """Words with the values of that day filled in. Raises as `filled` does."""
        return self.filled(words.text(language), language, on)

    def filled(self, text: str, language: Language, on: date) -> str:
        """A text with its `{fact:value}` as they hold that day. Raises UnknownFactError, NotInForceError, KeyError."""
        return FACT_VALUE.sub(
            lambda found: rendering.quantity(self.on(found[1], on).value(found[2]), language), text
        )

    def cite(self, basis: Basis, language: Language) -> str:
        """A legal basis as it is cited: `Customs IP Regulations Art. 8`."""
        name = self.instrument(basis.instrument).short(language)
        if not basis.articles:
            return f"《{name}》" if language == "zh" else name
        if language == "zh":
            return f"《{name}》第{'、'.join(basis.articles)}条"
        plural = "s" if len(basis.articles) > 1 or "-" in basis.articles[0] else ""
        return f"{name} Art{plural}. {', '.join(basis.articles)}"


@dataclass
class _Shelves:
    """Where entries go while files are read."""

    facts: dict[str, Fact] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    remarks: dict[str, Remark] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)

    def library(self) -> Library:
        """All that was put in."""
        return Library(
            facts=MappingProxyType(self.facts),
            instruments=MappingProxyType(self.instruments),
            groups=MappingProxyType({name: tuple(ids) for name, ids in self.groups.items()}),
            remarks=MappingProxyType(self.remarks),
            terms=MappingProxyType(self.terms),
        )

    def put(self, path: Path, key: str, data: Any) -> None:
        """One entry of a file, as what that file holds. Raises DataFileError."""
        if path.name == INSTRUMENTS:
            self.instruments[key] = build(Instrument, path, key, data, id=key)
        elif path.stem in REMARKS and path.parent.name != "facts":
            named = f"{path.stem}/{key}"
            self.remarks[named] = build(REMARKS[path.stem], path, key, data, id=named)
        elif path.stem == GLOSSARY:
            self.terms[key] = build(Term, path, key, data, id=key)
        elif key in self.facts:
            raise DataFileError(f"{place(path, key)}: {key} stands in another file too")
        else:
            self.facts[key] = build(Fact, path, key, data, id=key)
            self.groups.setdefault(path.stem, []).append(key)


@cache
def china(kept_in: Path | None = None) -> Library:
    """China's library, read once a process, by way of the cache folder if there is one."""
    return Library.load(CHINA, cache=kept_in)
