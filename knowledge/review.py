"""Which facts are due to be checked again, the longest overdue first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.library import Library
from knowledge.model import Confidence, Fact


@dataclass(frozen=True)
class Due:
    """A fact whose review date has passed, and by how many days."""

    fact: Fact
    days: int


_DOUBT = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}


def due(library: Library, on: date) -> list[Due]:
    """The facts past their review date on a day: the longest overdue, then the least certain first."""
    late = [
        Due(fact, (on - fact.review_due).days)
        for fact in library.facts.values()
        if on > fact.review_due
    ]
    return sorted(late, key=lambda each: (-each.days, _DOUBT[each.fact.confidence], each.fact.id))
