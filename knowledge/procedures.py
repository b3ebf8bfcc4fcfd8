"""Procedures: who does what, by when, and what happens if it is missed; the rules themselves stay with the facts.

In: `knowledge/china/procedures/*.yaml`. A step names the facts behind it and may be due: within a term that a fact
sets, counted from (or back from) one of the procedure's named days, such as the day a notice is served.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field, model_validator

from knowledge.datafiles import build, place, read, yaml_files
from knowledge.errors import DataFileError, UnknownProcedureError
from knowledge.library import CHINA, Library
from knowledge.model import Called, Frozen, Quantity, Words


class Actor(StrEnum):
    """Who does a step."""

    HOLDER = "holder"
    CUSTOMS = "customs"
    GACC = "gacc"
    TRADER = "trader"
    COURT = "court"
    CNIPA = "cnipa"


class Side(StrEnum):
    """Whether a term runs from its day onwards, or back from it."""

    AFTER = "after"
    BEFORE = "before"


class Due(Frozen):
    """A term: which value of which fact, on which side of which named day."""

    fact: str
    value: str
    day: str
    side: Side = Side.AFTER

    def term(self, library: Library, on: date) -> Quantity:
        """How long it is on a day. Raises UnknownFactError, NotInForceError, KeyError."""
        return library.on(self.fact, on).value(self.value)


class Step(Words):
    """One thing that somebody does."""

    who: Actor
    facts: tuple[str, ...] = Field(min_length=1)
    due: Due | None = None
    missed: str | None = None
    """The fact that says what happens if it is not done in time."""

    @property
    def rests_on(self) -> Iterator[str]:
        """Every fact it names."""
        yield from self.facts
        if self.due:
            yield self.due.fact
        if self.missed:
            yield self.missed


class Procedure(Words):
    """Steps in their order, and the days that terms are counted from."""

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    days: dict[str, Called] = {}
    steps: tuple[Step, ...] = Field(min_length=2)
    drawn: bool = False
    """Whether a picture tells it better than words; a chat then shows one."""

    @model_validator(mode="after")
    def _days_are_named_and_counted_from(self) -> Procedure:
        counted = {step.due.day for step in self.steps if step.due}
        for day in sorted(counted ^ set(self.days)):
            raise ValueError(f"{day}: " + ("nothing is due" if day in self.days else "no such day"))
        return self

    @model_validator(mode="after")
    def _only_what_is_due_is_missed(self) -> Procedure:
        for step in self.steps:
            if step.missed and not step.due:
                raise ValueError(f"{step.en!r} can be missed, but is never due")
        return self


Procedures = dict[str, Procedure]


def load(folder: Path) -> Procedures:
    """Every procedure of a folder, by its id. Raises DataFileError naming the file and what is wrong."""
    found: Procedures = {}
    for path in yaml_files(folder):
        for key, data in read(path).items():
            if key in found:
                raise DataFileError(f"{place(path, key)}: {key} stands in another file too")
            found[key] = build(Procedure, path, key, data, id=key)
    return found


@cache
def china() -> Procedures:
    """China's procedures, read once a process."""
    return load(CHINA / "procedures")


def procedure(name: str) -> Procedure:
    """One of China's procedures. Raises UnknownProcedureError."""
    try:
        return china()[name]
    except KeyError:
        known = ", ".join(sorted(china()))
        raise UnknownProcedureError(f"no procedure {name!r}; there are {known}") from None
