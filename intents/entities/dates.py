"""Days named with their year: 2026-03-01, 2026年3月1日, 1 March 2026, March 1st, 2026.

A day that can be read in two ways (3/1/2026) or that leaves out its year is not taken: better to ask than to count a
deadline from the wrong day.
"""

from __future__ import annotations

import re
from datetime import date

from intents.reading import Day

MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)  # fmt: skip
_ORDER = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FORMS = re.compile(
    r"(?<!\d)(?P<y1>(?:19|20)\d\d)\s*[-/.年]\s*(?P<m1>\d{1,2})\s*[-/.月]\s*(?P<d1>\d{1,2})(?!\d)\s*[日号]?"
    rf"|(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m2>{MONTHS})\.?,?[\s-]+(?P<y2>(?:19|20)\d\d)(?!\d)"
    rf"|\b(?P<m3>{MONTHS})\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\d/.])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y4>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


def days(text: str) -> tuple[Day, ...]:
    """The days named in the text, in order."""
    found = ((_read(match), match[0].strip()) for match in _FORMS.finditer(text))
    return tuple(Day(day=day, raw=raw) for day, raw in found if day)


def _read(match: re.Match[str]) -> date | None:
    if match["y4"]:
        return _numeric(int(match["a"]), int(match["b"]), int(match["y4"]))
    year = match["y1"] or match["y2"] or match["y3"]
    day = match["d1"] or match["d2"] or match["d3"]
    return _date(int(year), month(match["m1"] or match["m2"] or match["m3"]), int(day))


def month(said: str) -> int:
    """The number of a month that is told in digits or by its English name."""
    return int(said) if said.isdigit() else _ORDER.index(said[:3].lower()) + 1


def _numeric(first: int, second: int, year: int) -> date | None:
    """Only where one of the two cannot be a month, or both are the same."""
    if first > 12 >= second:
        return _date(year, second, first)
    if second > 12 >= first or first == second:
        return _date(year, first, second)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
