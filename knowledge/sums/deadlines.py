"""The last day of a statutory term counted in Chinese working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge import calendar
from knowledge.errors import AmountError
from knowledge.library import Library
from knowledge.model import Unit


@dataclass(frozen=True)
class Deadline:
    """The end of a term: `days` working days, none of them the starting day itself."""

    last_day: date
    days: int
    provisional: bool
    """Whether the calendar of a year it runs through is not announced yet."""


def after(
    library: Library,
    start: date,
    fact_id: str,
    value_name: str,
    on: date,
    working_days: calendar.WorkingDays | None = None,
) -> Deadline:
    """The last day of the term that a fact sets, counted from the day after `start`.

    Raises AmountError if the fact's value is not in working days, CalendarRangeError outside 2008-2099.
    """
    term = library.on(fact_id, on).value(value_name)
    if term.unit is not Unit.WORKING_DAYS:
        raise AmountError(f"{fact_id}: {value_name} is in {term.unit}, not in working days")
    days = working_days or calendar.china()
    last = days.after(start, int(term.amount))
    provisional = any(days.provisional(year) for year in range(start.year, last.year + 1))
    return Deadline(last, int(term.amount), provisional)
