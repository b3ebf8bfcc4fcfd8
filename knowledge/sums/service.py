"""When a notice counts as served, and when the time to answer it is over, to the hour.

Terms run by the days of mainland China. What happens at ten in the evening in Berlin happens on the next day there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.errors import AmountError
from knowledge.library import Library
from knowledge.sums import deadlines

CHINA = ZoneInfo("Asia/Shanghai")
RESPONSE = ("cn.exofficio.response_deadline", "response")
_OFFSET = re.compile(r"([+-])([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class Answer:
    """The time to answer a notice."""

    served: date
    """The day of service in China."""
    last: deadlines.Deadline
    ends: datetime
    """The end of the last day in China: for what goes by post or bank transfer. Handed in: when the office closes."""


def zone(name: str | None) -> tzinfo:
    """A zone by its IANA name or its offset, `+01:00`; China's where none is named. Raises AmountError."""
    if name is None:
        return CHINA
    if offset := _OFFSET.fullmatch(name):
        sign, hours, minutes = offset.groups()
        by = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-by if sign == "-" else by)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise AmountError(f"no time zone {name!r}") from None


def day_in_china(day: date, at: time | None = None, where: str | None = None) -> date:
    """The day it is in China at that moment; the day itself where no time was said. Raises AmountError."""
    if at is None:
        return day
    try:
        return datetime.combine(day, at, zone(where)).astimezone(CHINA).date()
    except OverflowError:
        raise AmountError(f"{day} is at the end of the calendar") from None


def answer_until(library: Library, served: datetime, on: date) -> Answer:
    """The time to answer a notice served at a moment, which names its zone. Raises AmountError, CalendarRangeError."""
    if served.tzinfo is None:
        raise AmountError("a moment without its time zone is no moment")
    try:
        day = served.astimezone(CHINA).date()
    except OverflowError:
        raise AmountError(f"{served} is at the end of the calendar") from None
    last = deadlines.after(library, day, *RESPONSE, on)
    ends = datetime.combine(last.last_day + timedelta(days=1), time(), CHINA)
    return Answer(day, last, ends)
