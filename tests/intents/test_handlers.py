"""Answers that are worked out: a sum, a last day, a window."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.answer import Text
from intents.engine import Engine
from intents.errors import UnknownHandlerError
from intents.handlers import handler, names
from intents.reading import Day, Entities, Money
from knowledge.model import Language

TODAY = date(2026, 11, 22)
WORKED_OUT = (
    *("security.amount", "application.security", "exofficio.respond", "renewal.window"),
    "penalty.fine",
)


def money(amount: int | str, currency: str = "CNY", recorded: bool | None = None) -> Entities:
    named = Money(amount=Decimal(amount), currency=currency, raw=f"{currency} {amount}")
    return Entities(money=(named,), recorded=recorded)


def day(year: int, month: int, number: int) -> Entities:
    return Entities(days=(Day(day=date(year, month, number), raw="that day"),))


def first_line(
    engine: Engine,
    intent: str,
    named: Entities,
    *,
    language: Language = "en",
    on: date = TODAY,
) -> str:
    block = engine.topic(intent, language, on, named).blocks[0]
    assert isinstance(block, Text)
    return block.text


@pytest.mark.parametrize(
    ("amount", "security"),
    [
        ("15000", "RMB 15,000"),
        ("19999.99", "RMB 19,999.99"),
        ("30000", "RMB 20,000"),
        ("150000", "RMB 75,000"),
        ("200000", "RMB 100,000"),
        ("5000000", "RMB 100,000"),
    ],
)
def test_of_a_recorded_right_only_the_tier_is_told(
    engine: Engine, amount: str, security: str
) -> None:
    said = first_line(engine, "security.amount", money(amount, recorded=True))
    assert security in said
    assert "full value" not in said


def test_where_nothing_is_said_of_recording_both_ways_are_told(engine: Engine) -> None:
    said = first_line(engine, "security.amount", money(150_000))
    assert "RMB 75,000" in said
    assert "full value: RMB 150,000" in said


def test_of_a_right_not_recorded_only_the_full_value_is_told(engine: Engine) -> None:
    said = first_line(engine, "security.amount", money(150_000, recorded=False))
    assert "full value: RMB 150,000" in said
    assert "75,000" not in said


def test_on_application_the_full_value_comes_first(engine: Engine) -> None:
    said = first_line(engine, "application.security", money(5_000_000))
    assert said.index("full value: RMB 5,000,000") < said.index("RMB 100,000")


def test_in_chinese_the_sum_is_told_in_chinese(engine: Engine) -> None:
    said = first_line(engine, "security.amount", money(150_000), language="zh")
    assert "人民币75,000元" in said
    assert "人民币150,000元" in said
    assert "RMB" not in said


def test_a_foreign_amount_far_above_the_last_tier_is_the_cap(engine: Engine) -> None:
    said = first_line(engine, "security.amount", money(500_000, "USD", recorded=True))
    assert "USD 500,000" in said
    assert "RMB 100,000" in said
    assert "reckons in renminbi" in said
    assert "full value" not in said


@pytest.mark.parametrize("currency", ["USD", "XAU"])
def test_a_foreign_amount_that_may_fall_either_way_is_not_reckoned(
    engine: Engine, currency: str
) -> None:
    said = first_line(engine, "security.amount", money(28_000, currency))
    plain = first_line(engine, "security.amount", Entities())
    assert said.endswith(plain)
    assert f"{currency} 28,000" in said


@given(st.integers(min_value=1, max_value=10**9))
def test_no_security_of_a_recorded_right_is_above_the_cap(engine: Engine, amount: int) -> None:
    answer = engine.topic("security.amount", "en", TODAY, money(amount, recorded=True))
    assert answer.facts[0].startswith("cn.security.tier")
    if amount > 200_000:
        assert "RMB 100,000" in answer.text


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_an_amount_that_makes_no_sense_gets_the_plain_answer(engine: Engine, amount: str) -> None:
    plain = first_line(engine, "security.amount", Entities())
    assert first_line(engine, "security.amount", money(amount)) == plain


def test_three_working_days_after_a_friday_end_on_wednesday(engine: Engine) -> None:
    said = first_line(engine, "exofficio.respond", day(2026, 11, 20))
    assert "from 20 November 2026" in said
    assert "25 November 2026" in said
    assert "provisional" not in said


def test_the_last_day_in_chinese(engine: Engine) -> None:
    said = first_line(engine, "exofficio.respond", day(2026, 11, 20), language="zh")
    assert "2026年11月25日" in said
    assert "3个工作日" in said


def test_a_day_in_a_year_whose_holidays_are_not_announced_is_provisional(engine: Engine) -> None:
    for language, word in (("en", "provisional"), ("zh", "仅供参考")):
        said = first_line(
            engine,
            "exofficio.respond",
            day(2027, 3, 1),
            language="zh" if language == "zh" else "en",
        )
        assert word in said


@pytest.mark.parametrize(
    ("intent", "last"),
    [("exofficio.undetermined", "14 May 2026"), ("application.after_detention", "30 March 2026")],
)
def test_every_term_in_working_days_is_counted(engine: Engine, intent: str, last: str) -> None:
    said = first_line(engine, intent, day(2026, 3, 2))
    assert last in said


def test_a_day_out_of_the_calendars_reach_gets_the_plain_answer(engine: Engine) -> None:
    plain = first_line(engine, "exofficio.respond", Entities())
    assert first_line(engine, "exofficio.respond", day(1950, 1, 1)) == plain


@pytest.mark.parametrize(
    ("expires", "on", "words"),
    [
        (date(2027, 8, 31), TODAY, ("from 28 February 2027 to 31 August 2027", "can ask")),
        (date(2027, 5, 1), TODAY, ("from 1 November 2026 to 1 May 2027", "has begun")),
        (date(2026, 6, 1), TODAY, ("from 1 December 2025 to 1 June 2026", "is over")),
    ],
)
def test_the_window_of_a_renewal(
    engine: Engine, expires: date, on: date, words: tuple[str, ...]
) -> None:
    said = first_line(
        engine, "renewal.window", day(expires.year, expires.month, expires.day), on=on
    )
    assert all(word in said for word in words), said


def test_the_window_in_chinese(engine: Engine) -> None:
    said = first_line(engine, "renewal.window", day(2027, 5, 1), language="zh")
    assert "2026年11月1日至2027年5月1日" in said


@pytest.mark.parametrize("intent", WORKED_OUT)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_nothing_is_named_the_plain_answer_stands(
    engine: Engine, intent: str, language: Language
) -> None:
    lead = engine.catalogue.wording(intent, language).lead
    said = first_line(engine, intent, Entities(), language=language)
    assert said.startswith(lead.partition("{")[0])


@pytest.mark.parametrize("intent", WORKED_OUT)
@given(
    amount=st.decimals(min_value=0, max_value=10**15, places=2),
    currency=st.sampled_from(["CNY", "USD", "JPY", "XXX"]),
    when=st.dates(),
    recorded=st.sampled_from([None, True, False]),
)
def test_whatever_is_named_something_is_said(
    engine: Engine,
    intent: str,
    amount: Decimal,
    currency: str,
    when: date,
    recorded: bool | None,
) -> None:
    named = Entities(
        money=(Money(amount=amount, currency=currency, raw="so much"),),
        days=(Day(day=when, raw="then"),),
        recorded=recorded,
    )
    said = first_line(engine, intent, named)
    assert said
    assert "{" not in said


def test_the_highest_fine_for_goods_of_a_value(engine: Engine) -> None:
    said = first_line(engine, "penalty.fine", money(150_000))
    assert said.startswith("For goods worth RMB 150,000 the fine can be at most RMB 45,000. ")
    assert "up to 30%" in said
    said = first_line(engine, "penalty.fine", money(150_000), language="zh")
    assert said.startswith("价值人民币150,000元的货物，罚款最高为人民币45,000元。")


def test_no_fine_is_worked_out_in_a_currency_customs_does_not_reckon_in(engine: Engine) -> None:
    assert "at most" not in first_line(engine, "penalty.fine", money(150_000, "USD"))


def test_a_handler_nobody_wrote_is_named() -> None:
    with pytest.raises(UnknownHandlerError, match="magic"):
        handler("magic")
    assert {"security", "deadline", "renewal"} <= names()


def test_an_hour_abroad_counts_for_renewal_and_validity_as_for_deadlines(engine: Engine) -> None:
    at_night = Day(day=date(2027, 3, 1), raw="then", at=time(23), zone="Europe/Berlin")
    for intent in ("renewal.window", "validity.expiry_date"):
        said = first_line(engine, intent, Entities(days=(at_night,)))
        assert said.startswith("At that hour it is 2 March 2027 in China")
        assert "1 March 2027" not in said


def test_a_last_day_that_has_passed_is_told_as_passed(engine: Engine) -> None:
    said = first_line(engine, "exofficio.respond", day(2026, 11, 10))
    assert "ended on 13 November 2026" in said
    said = first_line(engine, "exofficio.respond", day(2026, 11, 10), language="zh")
    assert "已于2026年11月13日届满" in said
