"""Working-day terms reckoned a second time, another way: from the State Council's notices as they were published.

The notices for 2024 to 2026 are written out here by hand, and the days are counted off a list instead of stepped
through; nothing is shared with the calendar under test.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.calendar import china

HOLIDAYS = """
2024-01-01 2024-01-01
2024-02-10 2024-02-17
2024-04-04 2024-04-06
2024-05-01 2024-05-05
2024-06-10 2024-06-10
2024-09-15 2024-09-17
2024-10-01 2024-10-07
2025-01-01 2025-01-01
2025-01-28 2025-02-04
2025-04-04 2025-04-06
2025-05-01 2025-05-05
2025-05-31 2025-06-02
2025-10-01 2025-10-08
2026-01-01 2026-01-03
2026-02-15 2026-02-23
2026-04-04 2026-04-06
2026-05-01 2026-05-05
2026-06-19 2026-06-21
2026-09-25 2026-09-27
2026-10-01 2026-10-07
"""
"""First and last day off."""
MADE_UP = """
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""
"""Saturdays and Sundays on which offices work."""
TERMS = (3, 10, 20, 30, 50)
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)


def working_days() -> Iterator[date]:
    off = {
        date.fromisoformat(first) + timedelta(days=more)
        for first, last in (line.split() for line in HOLIDAYS.split("\n") if line)
        for more in range((date.fromisoformat(last) - date.fromisoformat(first)).days + 1)
    }
    made_up = {date.fromisoformat(day) for day in MADE_UP.split()}
    for number in range(FIRST.toordinal(), LAST.toordinal() + 1):
        day = date.fromordinal(number)
        if day in made_up or (day.isoweekday() < 6 and day not in off):
            yield day


def test_two_hundred_terms_end_on_the_same_day_either_way() -> None:
    days = list(working_days())
    chance = random.Random(395)
    for _ in range(200):
        start = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days - 100))
        term = chance.choice(TERMS)
        again = days[bisect_right(days, start) + term - 1]
        assert china().after(start, term) == again, f"{term} working days from {start}"


def test_every_day_of_three_years_is_the_same_either_way() -> None:
    days = set(working_days())
    for more in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=more)
        assert china().is_working(day) is (day in days), day
