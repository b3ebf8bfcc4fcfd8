"""Days told by their distance from today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents import entities
from intents.reading import Recent

TODAY = date(2026, 11, 22)
"""A Sunday."""


def told(text: str, today: date = TODAY) -> list[date]:
    return [day.day for day in entities.read(text).on(today).days]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("it came today", 22),
        ("this morning at Ningbo", 22),
        ("they called an hour ago", 22),
        ("yesterday at 6 pm", 21),
        ("last night", 21),
        ("the day before yesterday", 20),
        ("two days ago", 20),
        ("3 days ago", 19),
        ("a week ago", 15),
        ("last Friday", 20),
        ("on Monday", 16),
        ("since Tuesday", 17),
        ("last Sunday", 15),
        ("Friday of last week", 13),
        ("on 20 November", 20),
        ("on November 3rd", 3),
        ("今天上午", 22),
        ("刚收到", 22),
        ("昨天下午", 21),
        ("昨晚", 21),
        ("前天", 20),
        ("大前天", 19),
        ("三天前", 19),
        ("一个星期前", 15),
        ("周五", 20),
        ("星期天", 15),
        ("本周二", 17),
        ("上周五", 13),
        ("上个星期三", 11),
        ("上上周一", 2),
        ("周一到的", 16),
        ("11月20日", 20),
        ("１１月２０号", 20),
    ],
)
def test_the_day_it_was(text: str, day: int) -> None:
    assert told(text) == [TODAY.replace(day=day)]


@pytest.mark.parametrize(
    "text",
    [
        "next Friday",
        "by Friday",
        "on Mondays",
        "Black Friday sales",
        "the reply is due on Friday",
        "today is the last day",
        "we must answer today",
        "tomorrow",
        "last week",
        "a few days ago",
        "two working days ago",
        "the deadline was yesterday",
        "it expires on 3 November",
        "on 1 March",
        "31 November",
        "下周一",
        "每周五",
        "周一至周五",
        "两周一次",
        "今天必须答复",
        "今天最后一天",
        "最迟周五",
        "前几天",
        "明天到期",
        "三天内",
        "本周日",
    ],
)
def test_what_is_no_day_that_has_passed(text: str) -> None:
    today = TODAY - timedelta(days=1) if text == "本周日" else TODAY
    assert told(text, today) == []


def test_the_turn_of_the_year_is_no_border() -> None:
    assert told("on 30 December", date(2027, 1, 4)) == [date(2026, 12, 30)]
    assert told("1月4日", date(2026, 12, 30)) == [date(2027, 1, 4)]


def test_a_date_with_its_year_counts_before_a_weekday() -> None:
    assert told("received on Friday 6 November 2026, opened yesterday") == [date(2026, 11, 6)]


def test_the_hour_and_the_zone_go_with_a_single_day() -> None:
    for text in ("yesterday at 11 pm Berlin time", "柏林时间昨晚11点"):
        [day] = entities.read(text).on(TODAY).days
        assert (day.at and day.at.hour, day.zone) == (23, "Europe/Berlin")


def test_what_is_taken_for_a_day_is_marked_as_such() -> None:
    assert entities.read("昨天").on(TODAY).days[0].reckoned
    assert not entities.read("2026-11-21").on(TODAY).days[0].reckoned


@given(st.dates(min_value=date(1, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_last_one_before_today(today: date, weekday: int) -> None:
    found = Recent(raw="then", weekday=weekday).on(today)
    if found is None:
        assert today < date(1, 1, 8)
    else:
        assert found.day.weekday() == weekday
        assert timedelta() < today - found.day <= timedelta(days=7)


@given(st.dates(), st.integers(1, 12), st.integers(0, 40))
def test_a_date_without_its_year_is_the_nearest_one_if_it_is_near(
    today: date, month: int, number: int
) -> None:
    found = Recent(raw="then", month=month, number=number).on(today)
    if found:
        assert (found.day.month, found.day.day) == (month, number)
        assert abs(today - found.day) <= timedelta(days=60)
