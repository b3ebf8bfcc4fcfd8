"""Which reminders a recordation gets, on which days, and what is left of them later."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.plan import (
    Ahead,
    Fate,
    Recordation,
    Rules,
    Which,
    day_of,
    fate,
    morning,
    planned,
    recordations,
)
from knowledge.library import china
from tests.bot.reminders.making import RULES, TWO

TODAY = date(2026, 11, 23)
OPENS, CLOSES = Which.OPENS, Which.CLOSES


def days(
    valid: str, right: str | None = None, today: date = TODAY, rules: Rules = RULES
) -> list[tuple[Which, str]]:
    """What is planned for a recordation."""
    ends = date.fromisoformat(right) if right else None
    found = planned(rules, Recordation(1, "ACME", date.fromisoformat(valid), ends), today)
    return [(each.which, each.on.isoformat()) for each in found]


def test_two_a_recordation_before_the_window_opens_and_before_it_closes() -> None:
    assert days("2028-05-31") == [(OPENS, "2027-11-16"), (CLOSES, "2028-05-01")]


def test_the_days_ahead_are_settings() -> None:
    rules = Rules(china(), Ahead(opens=0, closes=1))
    assert days("2028-05-31", rules=rules) == [(OPENS, "2027-11-30"), (CLOSES, "2028-05-30")]


@pytest.mark.parametrize(
    ("valid", "opens", "closes"),
    [
        ("2028-02-29", "2027-08-15", "2028-01-30"),
        ("2028-08-29", "2028-02-15", "2028-07-30"),
        ("2027-08-31", "2027-02-14", "2027-08-01"),
    ],
)
def test_the_ends_of_months_and_the_leap_day(valid: str, opens: str, closes: str) -> None:
    assert days(valid) == [(OPENS, opens), (CLOSES, closes)]


def test_a_right_that_ends_earlier_ends_the_recordation() -> None:
    assert days("2030-05-31", "2028-05-31") == days("2028-05-31")
    assert days("2028-05-31", "2030-05-31") == days("2028-05-31")


@pytest.mark.parametrize(
    ("valid", "expected"),
    [
        # The window opens in ten days: that reminder goes now.
        ("2027-06-03", [(OPENS, "2026-11-23"), (CLOSES, "2027-05-04")]),
        # It opens today.
        ("2027-05-23", [(OPENS, "2026-11-23"), (CLOSES, "2027-04-23")]),
        # It opened yesterday: the conversation has said so.
        ("2027-05-22", [(CLOSES, "2027-04-22")]),
        # Ten days are left.
        ("2026-12-03", [(CLOSES, "2026-11-23")]),
        # The last day.
        ("2026-11-23", [(CLOSES, "2026-11-23")]),
        ("2026-11-22", []),
        ("0001-03-01", []),
    ],
)
def test_what_still_makes_sense_is_kept_and_nothing_lies_in_the_past(
    valid: str, expected: list[tuple[Which, str]]
) -> None:
    assert days(valid) == expected


@given(
    valid=st.dates(date(2026, 1, 1), date(2060, 1, 1)),
    today=st.dates(date(2026, 1, 1), date(2060, 1, 1)),
    opens=st.integers(0, 150),
    closes=st.integers(1, 150),
)
def test_each_is_sent_on_its_day_and_in_order(
    valid: date, today: date, opens: int, closes: int
) -> None:
    rules, recordation = Rules(china(), Ahead(opens, closes)), Recordation(1, "", valid)
    found = planned(rules, recordation, today)
    assert [each.which for each in found] in ([OPENS, CLOSES], [CLOSES], [])
    for each in found:
        assert today <= each.on <= valid
        assert fate(rules, recordation, each.which, each.on) is Fate.SEND
    assert sorted(each.on for each in found) == [each.on for each in found]


@pytest.mark.parametrize(
    ("which", "today", "expected"),
    [
        (OPENS, "2027-11-16", Fate.SEND),
        (OPENS, "2028-04-30", Fate.SEND),
        (OPENS, "2028-05-01", Fate.OVERTAKEN),
        (CLOSES, "2028-05-01", Fate.SEND),
        (CLOSES, "2028-05-31", Fate.SEND),
        (OPENS, "2028-06-01", Fate.OVER),
        (CLOSES, "2028-06-01", Fate.OVER),
    ],
)
def test_what_is_left_of_one_that_is_late(which: Which, today: str, expected: Fate) -> None:
    recordation = Recordation(1, "ACME", date(2028, 5, 31))
    assert fate(RULES, recordation, which, date.fromisoformat(today)) is expected


def test_recordations_are_read_from_the_answers_in_order() -> None:
    answers = TWO | {"recordations.10.valid_until": "2030-01-01", "recordations.3.about": "no day"}
    answers["recordations.2.right_until"] = "2027-03-31"
    first, second, tenth = recordations(answers)
    assert (first.number, first.about, first.right_ends_first) == (1, "ACME, T2017-12345", False)
    assert (second.number, second.ends, second.right_ends_first) == (2, date(2027, 3, 31), True)
    assert (tenth.number, tenth.about) == (10, "")


def test_a_day_begins_in_china() -> None:
    assert morning(date(2027, 1, 1)) == datetime(2027, 1, 1, 1, tzinfo=UTC)
    assert day_of(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == date(2027, 1, 1)
    assert day_of(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == date(2026, 12, 31)
