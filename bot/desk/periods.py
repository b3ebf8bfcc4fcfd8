"""Which days the figures are of, by the address: the last week, month or quarter, or days of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.conversation.scene import BEIJING
from bot.store.figures import Span, Unit

DAY = timedelta(days=1)
LASTING = {"week": 7, "month": 30, "quarter": 91}
"""The days of each, up to today."""
USUAL = "month"
BY_DAY, BY_WEEK = 31, 183
"""The longest spans that are parted into days, and into weeks."""
LONGEST = 3660


@dataclass(frozen=True)
class Period:
    """Days in Beijing, both included."""

    name: str
    """week, month, quarter or own."""
    first: date
    last: date
    refused: str | None = None
    """Why the days that were asked for are not shown."""

    @property
    def query(self) -> str:
        """The end of the address that shows it."""
        if self.name != "own":
            return f"?period={self.name}"
        return f"?period=own&from={self.first}&to={self.last}"

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    @property
    def unit(self) -> Unit:
        """What it is parted into."""
        if self.days <= BY_DAY:
            return Unit.DAY
        return Unit.WEEK if self.days <= BY_WEEK else Unit.MONTH

    @property
    def span(self) -> Span:
        """The same as moments."""
        return Span(_begins(self.first), _begins(self.last + DAY), self.unit)

    @property
    def parts(self) -> list[date]:
        """The first day of each part, also of those in which nothing was."""
        found = [_first(self.first, self.unit)]
        while (following := _next(found[-1], self.unit)) <= self.last:
            found.append(following)
        return found


def read(params: Mapping[str, str], today: date) -> Period:
    """The period an address asks for; the last month where it asks for none that can be shown."""
    name = params.get("period", USUAL)
    if name == "own":
        return _own(params.get("from", ""), params.get("to", ""), today)
    name = name if name in LASTING else USUAL
    return Period(name, today - (LASTING[name] - 1) * DAY, today)


def _own(start: str, end: str, today: date) -> Period:
    usual = read({}, today)
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return Period(USUAL, usual.first, usual.last, "Please give both days.")
    if not timedelta(0) <= last - first < LONGEST * DAY or first.year < 2000 or last.year > 9000:
        told = "The first day must not be after the last, and ten years are the most."
        return Period(USUAL, usual.first, usual.last, told)
    return Period("own", first, last)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)


def _first(day: date, unit: Unit) -> date:
    if unit is Unit.WEEK:
        return day - day.weekday() * DAY
    return day.replace(day=1) if unit is Unit.MONTH else day


def _next(day: date, unit: Unit) -> date:
    if unit is Unit.MONTH:
        return (day.replace(day=1) + 32 * DAY).replace(day=1)
    return day + (7 if unit is Unit.WEEK else 1) * DAY
