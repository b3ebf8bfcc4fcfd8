"""Calendar terms: so many days, months or years on from a day, or back from it."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from knowledge.errors import AmountError
from knowledge.model import Quantity, Unit


def calendar_term(length: Quantity) -> relativedelta:
    """A value of the data as a span of the calendar. Raises AmountError if it is none, such as working days."""
    count = int(length.amount)
    if length.unit is Unit.DAYS:
        return relativedelta(days=count)
    if length.unit is Unit.MONTHS:
        return relativedelta(months=count)
    if length.unit is Unit.YEARS:
        return relativedelta(years=count)
    raise AmountError(f"{length.amount} {length.unit} is no calendar term")


def moved(day: date, by: relativedelta) -> date:
    """A day that lies so far away; of a month without such a day, the last. Raises AmountError beyond the calendar."""
    try:
        return day + by
    except (ValueError, OverflowError):
        raise AmountError(f"{day} moved by {by} is in no year of the calendar") from None
