"""Which papers an application wants, by kind of right and applicant, and which are still missing.

In: `documents.yaml` of a jurisdiction. A paper may be asked only in a circumstance; what is not known of a case stays
an open question, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from knowledge.datafiles import build, place, read
from knowledge.errors import DataFileError
from knowledge.library import CHINA
from knowledge.model import Called, Frozen, Words

DOCUMENTS = "documents.yaml"


class Right(StrEnum):
    """The kinds of right that can be recorded; PATENT where it is not said which of the three."""

    TRADEMARK = "trademark"
    COPYRIGHT = "copyright"
    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    PATENT = "patent"


PATENTS = (Right.INVENTION, Right.UTILITY_MODEL, Right.DESIGN)
_SORTS: Mapping[Right, tuple[Right, ...]] = {Right.PATENT: PATENTS}


class Holder(StrEnum):
    """Who holds the right."""

    COMPANY = "company"
    PERSON = "person"


class Paper(Called):
    """One paper, for whom it is asked, and when."""

    id: str
    facts: tuple[str, ...] = Field(min_length=1)
    rights: tuple[Right, ...] = ()
    holders: tuple[Holder, ...] = ()
    only: str | None = None

    def wanted(self, right: Right, holder: Holder | None) -> bool:
        """Whether it can be asked at all for that right and that holder."""
        sorts = _SORTS.get(right, (right,))
        fits = not self.rights or any(sort in self.rights for sort in sorts)
        return fits and (holder is None or not self.holders or holder in self.holders)

    def of_some_only(self, right: Right) -> bool:
        """Whether it is asked for some of the sorts that `right` may mean, and not for others."""
        sorts = _SORTS.get(right, (right,))
        return bool(self.rights) and not all(sort in self.rights for sort in sorts)


class Documents(Frozen):
    """All papers, and the circumstances they may depend on."""

    papers: dict[str, Paper]
    circumstances: dict[str, Words]
    alternatives: tuple[tuple[str, str], ...] = ()
    """Circumstances of which one or the other is given."""
    kinds: dict[str, Words]
    """What the kinds of right and of holder are called."""

    @model_validator(mode="after")
    def _circumstances_are_named_and_used(self) -> Documents:
        used = {paper.only for paper in self.papers.values() if paper.only}
        for name in (name for pair in self.alternatives for name in pair):
            if name not in self.circumstances:
                raise ValueError(f"{name}: no such circumstance")
        for name in {*Right, *Holder} ^ set(self.kinds):
            raise ValueError(f"kinds: {name}: every kind of right and holder wants its name here")
        for name in sorted(used ^ set(self.circumstances)):
            slip = (
                "no paper depends on it" if name in self.circumstances else "no such circumstance"
            )
            raise ValueError(f"{name}: {slip}")
        return self

    @classmethod
    def load(cls, path: Path) -> Documents:
        """Read from a file. Raises DataFileError."""
        data: dict[str, Any] = read(path)
        for group in ("papers", "circumstances"):
            if not isinstance(data.get(group), dict):
                raise DataFileError(f"{place(path, group)}: {group}: entries are wanted below it")
        for key, each in data["papers"].items():
            if not isinstance(each, dict):
                where = place(path, "papers", key)
                raise DataFileError(f"{where}: {key}: `name: value` lines are wanted below it")
        papers = {key: {"id": key, **each} for key, each in data["papers"].items()}
        return build(cls, path, "", {**data, "papers": papers})


@dataclass(frozen=True)
class Item:
    """A paper on a checklist, and what it depends on where that is not known."""

    paper: Paper
    only: str | None = None
    """The circumstance that has to be looked at; None where the paper is wanted in any case."""
    sorts: tuple[Right, ...] = ()
    """The sorts of patent it is asked for, where it is not said which one it is."""
    holders: tuple[Holder, ...] = ()
    """Of whom it is asked, where it is not said who the holder is."""
    either: bool = False
    """Whether what it depends on is one of two, so that this paper or another is wanted in any case."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of right and of holder it is asked for only, as far as they are not known."""
        return (*self.sorts, *self.holders)

    @property
    def open(self) -> bool:
        """Whether it is still to be found out if a paper like it is wanted at all."""
        return (self.only is not None and not self.either) or bool(self.sorts)


def checklist(
    documents: Documents,
    right: Right,
    holder: Holder | None = None,
    known: Mapping[str, bool] | None = None,
) -> tuple[Item, ...]:
    """The papers for a case; `known` says which circumstances are given and which are not."""
    told = known or {}
    either = {name for pair in documents.alternatives for name in pair}
    return tuple(
        Item(
            paper,
            only=paper.only if paper.only and paper.only not in told else None,
            sorts=paper.rights if paper.of_some_only(right) else (),
            holders=paper.holders if holder is None else (),
            either=paper.only in either,
        )
        for paper in documents.papers.values()
        if paper.wanted(right, holder) and told.get(paper.only or "", True)
    )


@dataclass(frozen=True)
class Readiness:
    """How far a file is."""

    have: tuple[Item, ...]
    missing: tuple[Item, ...]
    """Wanted in any case, and not there."""
    open: tuple[Item, ...]
    """Wanted in a circumstance of which we do not know."""

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and nothing open."""
        return not self.missing and not self.open


def readiness(items: Iterable[Item], have: Iterable[str]) -> Readiness:
    """A checklist held against the papers that are there, by their ids. Having a paper settles its circumstance."""
    there = set(have)
    items = tuple(items)
    rest = [item for item in items if item.paper.id not in there]
    return Readiness(
        have=tuple(item for item in items if item.paper.id in there),
        missing=tuple(item for item in rest if not item.open),
        open=tuple(item for item in rest if item.open),
    )


def settled(
    documents: Documents, have: Iterable[str], known: Mapping[str, bool]
) -> dict[str, bool]:
    """What is known, and what follows from it and from the papers that are there: one of two excludes the other."""
    given = {documents.papers[paper].only: True for paper in have if documents.papers[paper].only}
    told = {name: value for name, value in given.items() if name} | dict(known)
    for one, other in documents.alternatives:
        for this, that in ((one, other), (other, one)):
            if this in told and that not in told:
                told[that] = not told[this]
    return told


@cache
def china() -> Documents:
    """China's papers, read once a process."""
    return Documents.load(CHINA / DOCUMENTS)
