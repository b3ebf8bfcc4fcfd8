"""Which facts are due to be checked again, the most used and the longest overdue first, and which come due next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.library import Library
from knowledge.model import Confidence, Fact


@dataclass(frozen=True)
class Due:
    """A fact whose review date has passed, by how many days, and how often it was stated."""

    fact: Fact
    days: int
    uses: int = 0


_DOUBT = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}


NO_USES: Mapping[str, int] = {}


def due(library: Library, on: date, uses: Mapping[str, int] = NO_USES) -> list[Due]:
    """The facts past their review date on a day: the most stated, then the longest overdue, then the least certain."""
    late = [
        Due(fact, (on - fact.review_due).days, uses.get(fact.id, 0))
        for fact in library.facts.values()
        if fact.stale(on)
    ]
    return sorted(
        late,
        key=lambda each: (-each.uses, -each.days, _DOUBT[each.fact.confidence], each.fact.id),
    )


def next_due(library: Library, on: date, count: int = 5) -> list[Fact]:
    """The facts that come due next, that day or later, the earliest and then the least certain first."""
    waiting = [fact for fact in library.facts.values() if not fact.stale(on)]
    return sorted(waiting, key=lambda fact: (fact.review_due, _DOUBT[fact.confidence], fact.id))[
        :count
    ]


def lines(library: Library, on: date, uses: Mapping[str, int] = NO_USES) -> Iterator[str]:
    """The report for people: a line for every fact that is due, then the next that will be."""
    late, coming = due(library, on, uses), next_due(library, on)
    width = max((len(fact.id) for fact in (*(each.fact for each in late), *coming)), default=0)
    for each in late:
        days = "1 day" if each.days == 1 else f"{each.days} days"
        times = "once" if each.uses == 1 else f"{each.uses} times"
        said = f", stated {times}" if each.uses else ""
        yield f"{each.fact.id:{width}}  {days} overdue{said}, {_checked(each.fact)}"
    if not late:
        yield f"nothing is due on {on}"
    if coming:
        yield "next:"
    for fact in coming:
        yield f"{fact.id:{width}}  due on {fact.review_due}, {_checked(fact)}"


def _checked(fact: Fact) -> str:
    return f"confidence {fact.confidence}, verified on {fact.verified_on}"
