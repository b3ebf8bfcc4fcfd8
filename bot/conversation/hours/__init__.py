"""When the agency works: several ranges a day, holidays and make-up days of China, exceptions by date. Pure.

A moment goes in, a moment comes out, always aware; the answer is the same wherever the process runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, field_validator, model_validator

from intents.answer import Frozen
from knowledge import calendar
from knowledge.datafiles import build, read

USUAL_FILE = Path(__file__).parent / "usual.yaml"
ONE_DAY = timedelta(days=1)
FARTHEST = 400
"""Days that are searched for the next opening: whoever is closed for longer is closed."""
_RANGE = re.compile(r"(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)")

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


class Range(Frozen):
    """A range of a day in minutes after midnight; an end that is not after its begin lies on the next day."""

    begin: int
    end: int


def _ranges(value: Any) -> Any:
    """`09:00-12:00`, a list of such, or `closed`."""
    if value in ("closed", None):
        return ()
    return tuple(_range(each) for each in ([value] if isinstance(value, str) else value))


def _range(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = _RANGE.fullmatch(value.strip())
    if match is None:
        raise ValueError(f"{value!r} is no range such as 09:00-12:00")
    begin, end = (int(match[n]) * 60 + int(match[n + 1]) for n in (1, 3))
    if begin >= 24 * 60 or end > 24 * 60 or int(match[2]) > 59 or int(match[4]) > 59:
        raise ValueError(f"{value!r} is no range of a day")
    return Range(begin=begin, end=end if end > begin else end + 24 * 60)


Ranges = Annotated[tuple[Range, ...], BeforeValidator(_ranges)]


class Hours(Frozen):
    """The hours of an agency, as a file says them."""

    zone: str = "Asia/Shanghai"
    holidays: Literal["china", "none"] = "china"
    """Whether China's days off are closed and its make-up days open, or only weekdays count."""
    weekdays: Mapping[Weekday, Ranges]
    """A day that is not named is closed."""
    make_up_days: Ranges = ()
    """The hours of a Saturday or Sunday that is worked in exchange for a holiday."""
    exceptions: Mapping[date, Ranges] = {}
    """Single days, which go before everything else."""

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone such as Asia/Shanghai") from None
        return value

    @model_validator(mode="after")
    def _opens_some_day(self) -> Hours:
        if not any(self.weekdays.values()):
            raise ValueError("no weekday has hours")
        return self

    @classmethod
    def load(cls, path: Path) -> Hours:
        """The hours in a file. Raises DataFileError with file and line."""
        return build(cls, path, "", read(path))

    @cached_property
    def there(self) -> ZoneInfo:
        """The zone in which the hours are told."""
        return ZoneInfo(self.zone)

    def is_open(self, at: datetime) -> bool:
        """Whether somebody works at that moment."""
        begin, _ = next(self._spans(at), (None, None))
        return begin is not None and begin <= at

    def opens(self, at: datetime) -> datetime | None:
        """The moment itself where it is within the hours, else the next opening; None where there is none to find."""
        begin, _ = next(self._spans(at), (None, None))
        return None if begin is None else max(begin, at)

    def after(self, at: datetime, length: timedelta) -> datetime:
        """The moment at which so much time within the hours will have passed, from `at` on."""
        at = at.astimezone(UTC)
        for begin, end in self._spans(at):
            start = max(begin, at)
            if length <= end - start:
                return start + length
            length -= end - start
        return at + FARTHEST * ONE_DAY

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much time within the hours lies between two moments; nothing where the end is the earlier."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        total = timedelta()
        if end <= start:
            return total
        for begin, until in self._spans(start):
            if begin >= end:
                break
            total += min(until, end) - max(begin, start)
        return total

    def _spans(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The spans that end after a moment, whole, in order and without overlap, in UTC."""
        first = at.astimezone(self.there).date() - ONE_DAY
        done: datetime | None = None
        for number in range(FARTHEST):
            day = first + number * ONE_DAY
            for part in sorted(self._of(day), key=lambda each: each.begin):
                begin, end = self._moment(day, part.begin), self._moment(day, part.end)
                begin = max(begin, done) if done else begin
                if end > max(begin, at):
                    yield begin, end
                done = max(end, done) if done else end

    def _of(self, day: date) -> tuple[Range, ...]:
        """The ranges that begin on a day. Who works on Saturdays names those that are holidays as exceptions."""
        if day in self.exceptions:
            return self.exceptions[day]
        weekday = _WEEKDAYS[day.weekday()]
        usual = self.weekdays.get(weekday, ())
        if self.holidays == "none":
            return usual
        if not _is_working(day):
            return () if day.weekday() < 5 else usual
        return usual if day.weekday() < 5 else self.make_up_days or usual

    def _moment(self, day: date, minutes: int) -> datetime:
        at = day + minutes // (24 * 60) * ONE_DAY
        local = datetime.combine(at, time(minutes // 60 % 24, minutes % 60), self.there)
        return local.astimezone(UTC)


@cache
def _is_working(day: date) -> bool:
    return calendar.china().is_working(day)


@cache
def usual() -> Hours:
    """The hours that hold where the agency has set none."""
    return Hours.load(USUAL_FILE)
