"""Days named with their year; doubtful ones are left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents import entities

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def named(text: str) -> list[date]:
    return [day.day for day in entities.read(text).days]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "2026年3月1日",
        "２０２６年３月１号",
        "1 March 2026",
        "1st of March 2026",
        "March 1, 2026",
        "march 1st 2026",
        "Mar. 1, 2026",
        "1-Mar-2026",
        "notice served on 1 March 2026, what now?",
        "我们在2026年3月1日收到通知",
    ],
)
def test_the_first_of_march_in_many_ways(text: str) -> None:
    assert named(text) == [date(2026, 3, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "3/1/2026",
        "1 March",
        "3月1日",
        "30 February 2026",
        "2026-13-01",
        "from 2004 to 2010",
        "March 2026",
        "RMB 2,026",
        "",
    ],
)
def test_a_day_that_is_doubtful_or_without_a_year_is_not_taken(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize("text", ["13/1/2026", "1/13/2026", "13.1.2026"])
def test_where_only_one_order_is_possible_it_is_read(text: str) -> None:
    assert named(text) == [date(2026, 1, 13)]


def test_several_days_are_read_in_order_as_they_were_written() -> None:
    found = entities.read("served 20 Nov 2026, answered 2026-11-24").days
    assert [(day.day, day.raw) for day in found] == [
        (date(2026, 11, 20), "20 Nov 2026"),
        (date(2026, 11, 24), "2026-11-24"),
    ]


WAYS: dict[str, Callable[[date], str]] = {
    "iso": lambda day: day.isoformat(),
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "british": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "american": lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    "short": lambda day: f"{day.day}-{MONTHS[day.month - 1][:3]}-{day.year}",
}


@pytest.mark.parametrize("way", WAYS)
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_any_day_written_in_any_way_is_read_back(way: str, day: date) -> None:
    assert named(f"we were told {WAYS[way](day)} or so") == [day]
