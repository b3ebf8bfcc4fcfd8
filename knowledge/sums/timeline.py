"""A procedure with its days: what is due when, as far as the days it is counted from are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.errors import UnknownProcedureError
from knowledge.library import Library
from knowledge.model import Quantity, Unit
from knowledge.procedures import Due, Procedure, Side, Step
from knowledge.sums import deadlines
from knowledge.sums.terms import calendar_term, moved


@dataclass(frozen=True)
class Term:
    """How long a step may take; the first and the last day where they can be told."""

    length: Quantity
    due: Due
    first: date | None = None
    """Only of a term that runs back from its day, as a window does."""
    last: date | None = None
    provisional: bool = False
    """Whether the calendar of a year it runs through is not announced yet."""


@dataclass(frozen=True)
class Entry:
    """A step and its term, if it has one."""

    step: Step
    term: Term | None = None


def timeline(
    library: Library, procedure: Procedure, known: Mapping[str, date], on: date
) -> tuple[Entry, ...]:
    """Every step in order; `known` gives the procedure's days that are known, by their names.

    Terms are those that hold `on` a day. Raises UnknownProcedureError for a day the procedure has not,
    AmountError and CalendarRangeError where a day lies beyond any calendar.
    """
    for name in known:
        if name not in procedure.days:
            days = ", ".join(procedure.days) or "none"
            raise UnknownProcedureError(f"{procedure.id} has no day {name!r}; it has {days}")
    return tuple(
        Entry(step, _term(library, step.due, known.get(step.due.day), on) if step.due else None)
        for step in procedure.steps
    )


def _term(library: Library, due: Due, start: date | None, on: date) -> Term:
    length = due.term(library, on)
    if start is None or length.unit is Unit.HOURS:
        return Term(length, due)
    if length.unit is Unit.WORKING_DAYS:
        end = deadlines.after(library, start, due.fact, due.value, on)
        return Term(length, due, last=end.last_day, provisional=end.provisional)
    span = calendar_term(length)
    if due.side is Side.BEFORE:
        return Term(length, due, first=moved(start, -span), last=start)
    return Term(length, due, last=moved(start, span))
