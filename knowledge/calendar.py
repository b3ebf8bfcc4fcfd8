"""Chinese working days: the State Council's holidays and make-up days, and where they are not known yet."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import holidays
from pydantic import model_validator

from knowledge.datafiles import build, read
from knowledge.errors import AmountError, CalendarRangeError
from knowledge.library import CHINA
from knowledge.model import Frozen

CALENDAR = "calendar.yaml"
CORRECTIONS = "corrections"
FIRST_YEAR = 2008
LAST_YEAR = 2099
ONE_DAY = timedelta(days=1)


@cache
def _year(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)


class WorkingDays(Frozen):
    """Counts working days in mainland China, with corrections that go before the library's calendar."""

    working: frozenset[date] = frozenset()
    closed: frozenset[date] = frozenset()
    announced: frozenset[int] = frozenset()

    @model_validator(mode="after")
    def _one_or_the_other(self) -> WorkingDays:
        for day in sorted(self.working & self.closed):
            raise ValueError(f"{day} is under working and under closed; it can be only one")
        return self

    @classmethod
    def load(cls, path: Path) -> WorkingDays:
        """The corrections that a file holds. Raises DataFileError."""
        return build(cls, path, CORRECTIONS, read(path).get(CORRECTIONS))

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day. Raises CalendarRangeError outside 2008-2099."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise CalendarRangeError(f"no working-day calendar for {day.year}")
        if day in self.working or day in self.closed:
            return day in self.working
        return _year(day.year).is_working_day(day)

    def provisional(self, year: int) -> bool:
        """Whether the year's make-up days are not known, so that a count may be some days off.

        Since 2008 every yearly notice of the State Council has moved working days to weekends.
        """
        known = any(day.year == year for day in _year(year).weekend_workdays)
        return not known and year not in self.announced

    def after(self, start: date, days: int) -> date:
        """The last day of a term of so many working days that begins on the day after `start`."""
        if days < 1:
            raise AmountError(f"a term has at least one day, not {days}")
        if start.year > LAST_YEAR:
            raise CalendarRangeError(f"no working-day calendar for {start.year}")
        day = start
        while days:
            day += ONE_DAY
            days -= self.is_working(day)
        return day


@cache
def china() -> WorkingDays:
    """The calendar with the corrections of `knowledge/china/calendar.yaml`."""
    return WorkingDays.load(CHINA / CALENDAR)
