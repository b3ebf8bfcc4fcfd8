"""The time of day and the zone beside a date."""

from __future__ import annotations

from datetime import time
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents import entities
from intents.entities.clock import time_of_day, zone
from knowledge.sums import service

CITIES = {
    "Berlin": "Europe/Berlin",
    "New York": "America/New_York",
    "Hong Kong": "Asia/Hong_Kong",
    "sao paulo": "America/Sao_Paulo",
    "Shanghai": "Asia/Shanghai",
}


def beside(text: str) -> tuple[time | None, str | None]:
    [day] = entities.read(text).days
    return day.at, day.zone


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("at 17:30", time(17, 30)),
        ("00:15", time(0, 15)),
        ("T22:00", time(22)),
        ("3:05 PM", time(15, 5)),
        ("5pm", time(17)),
        ("10 p.m.", time(22)),
        ("5.30 pm", time(17, 30)),
        ("at 17.30", time(17, 30)),
        ("12 am", time(0)),
        ("12:30 am", time(0, 30)),
        ("12 pm", time(12)),
        ("下午3点", time(15)),
        ("下午3点半", time(15, 30)),
        ("晚上8点15分", time(20, 15)),
        ("上午9点05分", time(9, 5)),
        ("15时30分", time(15, 30)),
        ("中午12点", time(12)),
        ("早上8点", time(8)),
    ],
)
def test_an_hour_in_many_ways(text: str, at: time) -> None:
    assert time_of_day(text) == at


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24:00",
        "17:60",
        "13 pm",
        "12:345",
        "30个工作日",
        "within 3 days",
        "article 16",
        "3小时",
        "2026-11-20",
    ],
)
def test_what_is_no_hour_is_not_taken(text: str) -> None:
    assert time_of_day(text) is None


@pytest.mark.parametrize("text", ["RMB 1.30", "worth 12.50 usd", "USD 15.30 million", "v2.15"])
def test_an_amount_was_taken_for_an_hour(text: str) -> None:
    assert time_of_day(text) is None


@pytest.mark.parametrize("text", ["UTC-11:00", "gmt -5:30", "GMT+05:30"])
def test_an_offset_was_taken_for_an_hour(text: str) -> None:
    assert time_of_day(text) is None
    assert zone(text) is not None


@pytest.mark.parametrize(("text", "at"), [("中午1点", time(13)), ("傍晚6点", time(18))])
def test_an_hour_after_noon_was_taken_for_one_before_it(text: str, at: time) -> None:
    assert time_of_day(text) == at


def test_midnight_was_taken_for_noon() -> None:
    assert time_of_day("晚上12点") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UTC+1", "+01:00"),
        ("utc +14", "+14:00"),
        ("GMT -5:30", "-05:30"),
        ("UTC", "UTC"),
        ("CET", "Europe/Berlin"),
        ("EST", "America/New_York"),
        ("5 pm Berlin time", "Europe/Berlin"),
        ("10p.m., Paris", "Europe/Paris"),
        ("new york", "America/New_York"),
        ("China time", "Asia/Shanghai"),
        ("北京时间", "Asia/Shanghai"),
        ("柏林时间", "Europe/Berlin"),
    ],
)
def test_a_zone_in_many_ways(text: str, name: str) -> None:
    assert zone(text) == name


@pytest.mark.parametrize("text", ["", "CST", "IST", "our time", "UTC+15", "berliner", "romeo"])
def test_a_zone_that_is_none_or_could_be_two_is_not_taken(text: str) -> None:
    assert zone(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "our Madrid trademark",
        "before Easter",
        "jersey shirts",
        "a company in the north",
        "South China",
        "the brand Phoenix",
        "an oral answer",
    ],
)
def test_a_word_of_every_day_was_taken_for_a_place(text: str) -> None:
    assert zone(text) is None


def test_such_a_word_is_a_place_where_it_says_time() -> None:
    assert zone("10 pm Madrid time") == "Europe/Madrid"
    assert zone("10 pm Phoenix time") == "America/Phoenix"


def test_of_two_places_the_first_was_taken() -> None:
    assert zone("from Shanghai customs to our office in Berlin") is None
    assert zone("from Shanghai customs, 10 pm Berlin time") == "Europe/Berlin"
    assert zone("Berlin, that is Berlin in Germany") == "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "at", "where"),
    [
        ("served on 19 November 2026 at 10 pm Berlin time", time(22), "Europe/Berlin"),
        ("served 2026-11-19 22:00 UTC+1", time(22), "+01:00"),
        ("served 2026-11-19 at 17:30", time(17, 30), None),
        ("served in Berlin on 2026-11-19", None, None),
        ("served on 2026-11-19 (UTC-11:00)", None, None),
        ("2026年11月19日晚上10点（柏林時間）收到通知", time(22), "Europe/Berlin"),
    ],
)
def test_the_hour_and_the_zone_go_with_the_only_day(
    text: str, at: time | None, where: str | None
) -> None:
    assert beside(text) == (at, where)


def test_of_two_days_none_is_given_the_hour() -> None:
    found = entities.read("served 2026-11-19, answered 2026-11-23, at 17:30 Berlin time").days
    assert [(day.at, day.zone) for day in found] == [(None, None), (None, None)]


@given(st.times())
def test_any_hour_written_with_a_colon_is_read_back(at: time) -> None:
    assert time_of_day(f"served at {at:%H:%M} sharp") == at.replace(second=0, microsecond=0)


@given(hour=st.integers(1, 12), minute=st.integers(0, 59), half=st.sampled_from(["am", "p.m."]))
def test_any_hour_of_either_half_of_the_day_is_read_back(hour: int, minute: int, half: str) -> None:
    found = time_of_day(f"{hour}:{minute:02} {half}")
    assert found == time(hour % 12 + 12 * half.startswith("p"), minute)


@given(city=st.sampled_from(sorted(CITIES)), hour=st.integers(0, 23))
def test_a_city_beside_an_hour_is_its_zone(city: str, hour: int) -> None:
    assert zone(f"{hour}:00 {city} time") == CITIES[city]


@given(st.text())
def test_no_text_is_too_odd_for_a_clock(text: str) -> None:
    assert time_of_day(text) is None or isinstance(time_of_day(text), time)
    found = zone(text)
    assert found is None or found in available_timezones() or found[0] in "+-"


@given(
    st.lists(
        st.sampled_from(
            ["UTC", "gmt", "+", "-", "9", "14", ":", "30", ".", " ", "pm", "点", "下午", "Berlin"]
        )
    ).map("".join)
)
def test_whatever_zone_is_read_can_be_reckoned_with(text: str) -> None:
    time_of_day(text)
    found = zone(text)
    assert service.zone(found) is not None


@pytest.mark.parametrize("text", ["2026-03-01, 5 pm Berlİn time", "2026-03-01, 5 pm Berlın time"])
def test_a_city_typed_on_a_turkish_keyboard_is_that_city(text: str) -> None:
    assert beside(text) == (time(17), "Europe/Berlin")
