"""The edges of every sum: tiers to the fen, month ends, leap days, turns of the year, make-up Saturdays."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import assume, example, given
from hypothesis import strategies as st

from knowledge import calendar
from knowledge.library import china
from knowledge.model import Unit
from knowledge.sums import deadlines, renewal, security, share

TODAY = date(2026, 11, 22)
FEN = Decimal("0.01")
FROM, TO, CAP, LEAST = (Decimal(each) for each in (20_000, 200_000, 100_000, 20_000))
values = st.decimals(min_value=FEN, max_value=Decimal(10) ** 10, places=2)
days = st.dates(min_value=date(2008, 1, 2), max_value=date(2098, 1, 1))
grants = st.dates(min_value=date(2004, 3, 1), max_value=date(2199, 12, 31))
WORKING_DAY_TERMS = sorted(
    (fact.id, name)
    for fact in china().facts.values()
    if any(period.holds(TODAY) for period in fact.periods)
    for name, value in china().on(fact.id, TODAY).period.values.items()
    if value.unit is Unit.WORKING_DAYS
)
terms = st.sampled_from(WORKING_DAY_TERMS)


def ex_officio(value: Decimal | str) -> tuple[Decimal, str]:
    found = security.ex_officio(china(), Decimal(value), TODAY)
    return found.amount, found.tier


def last_day(start: date, term: tuple[str, str]) -> date:
    return deadlines.after(china(), start, *term, TODAY).last_day


def before(day: date, *, months: int) -> date:
    """So many months before, on the same number or, where the month has none, on its last day."""
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    end = first + timedelta(days=31)
    last = end - timedelta(days=end.day)
    return first.replace(day=min(day.day, last.day))


@pytest.mark.parametrize(
    ("value", "amount", "tier"),
    [
        ("19999.98", "19999.98", security.TIER_1),
        ("20000.01", "20000", security.TIER_2),
        ("39999.99", "20000", security.TIER_2),
        ("40000.01", "20000.01", security.TIER_2),
        ("40000.03", "20000.02", security.TIER_2),
        ("199999.99", "100000", security.TIER_2),
        ("199999.97", "99999.99", security.TIER_2),
        ("200000.02", "100000", security.TIER_3),
        ("1e12", "100000", security.TIER_3),
    ],
)
def test_a_fen_to_either_side_of_a_tier(value: str, amount: str, tier: str) -> None:
    assert ex_officio(value) == (Decimal(amount), tier)


@given(values)
@example(FROM - FEN)
@example(FROM)
@example(TO)
@example(TO + FEN)
def test_each_tier_is_as_the_law_says_it(value: Decimal) -> None:
    amount, tier = ex_officio(value)
    if value < FROM:
        assert (amount, tier) == (value, security.TIER_1)
    elif value <= TO:
        assert tier == security.TIER_2
        assert LEAST <= amount <= value
        assert amount == LEAST or abs(amount * 2 - value) <= FEN
    else:
        assert (amount, tier) == (CAP, security.TIER_3)


@given(values)
@example(FROM - FEN)
@example(TO)
def test_a_fen_more_of_goods_is_never_more_than_a_fen_more_of_security(value: Decimal) -> None:
    step = ex_officio(value + FEN)[0] - ex_officio(value)[0]
    assert 0 <= step <= FEN


@given(values)
def test_on_application_the_security_is_the_value_itself(value: Decimal) -> None:
    found = security.on_application(china(), value, TODAY)
    assert (found.amount, found.tier) == (value, security.ON_APPLICATION)


@given(values)
def test_the_highest_fine_is_thirty_percent_to_the_nearest_fen(value: Decimal) -> None:
    fine = share.highest_fine(china(), value, TODAY)
    assert abs(fine - value * 3 / 10) <= FEN / 2
    assert fine == fine.quantize(FEN)


@given(values, values)
def test_of_more_valuable_goods_neither_fine_nor_counter_security_is_lower(
    one: Decimal, other: Decimal
) -> None:
    low, high = sorted((one, other))
    for reckon in (share.highest_fine, share.counter_security):
        assert reckon(china(), low, TODAY) <= reckon(china(), high, TODAY)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2199, 12, 31)))
@example(date(2028, 2, 29))
@example(date(2027, 8, 29))
@example(date(2027, 8, 31))
@example(date(2026, 12, 31))
def test_a_window_opens_six_months_before_any_expiry(expires: date) -> None:
    window = renewal.window(china(), expires, TODAY)
    assert (window.opens, window.closes) == (before(expires, months=6), expires)
    assert 181 <= (window.closes - window.opens).days <= 184


@given(grants, st.integers(min_value=0, max_value=400))
def test_of_two_recordations_the_later_one_never_ends_or_opens_earlier(
    granted: date, more: int
) -> None:
    first, second = (
        renewal.expiry(china(), day, TODAY) for day in (granted, granted + timedelta(days=more))
    )
    assert first <= second
    assert (
        renewal.window(china(), first, TODAY).opens <= renewal.window(china(), second, TODAY).opens
    )


@pytest.mark.parametrize(
    ("granted", "last"),
    [
        (date(2024, 2, 28), date(2034, 2, 27)),
        (date(2024, 3, 1), date(2034, 2, 28)),
        (date(2026, 3, 1), date(2036, 2, 29)),
        (date(2026, 2, 28), date(2036, 2, 27)),
        (date(2026, 1, 1), date(2035, 12, 31)),
        (date(2026, 12, 31), date(2036, 12, 30)),
    ],
)
def test_a_recordation_ends_on_the_day_before_its_tenth_anniversary(
    granted: date, last: date
) -> None:
    assert renewal.expiry(china(), granted, TODAY) == last


@given(grants)
def test_ten_years_are_ten_years_whatever_leap_days_they_hold(granted: date) -> None:
    assume((granted.month, granted.day) != (2, 29))
    last = renewal.expiry(china(), granted, TODAY)
    assert last + timedelta(days=1) == granted.replace(year=granted.year + 10)


@given(st.sampled_from([year for year in range(2004, 2090) if year % 4 == 0]))
def test_a_recordation_granted_on_a_leap_day_ends_before_the_end_of_february(year: int) -> None:
    last = renewal.expiry(china(), date(year, 2, 29), TODAY)
    assert last == date(year + 10, 2, 27)


@given(grants, st.integers(min_value=0, max_value=20 * 366))
def test_a_recordation_never_outlives_its_right(granted: date, more: int) -> None:
    right_ends = granted + timedelta(days=more)
    full = renewal.expiry(china(), granted, TODAY)
    last = renewal.expiry(china(), granted, TODAY, right_ends)
    assert last == min(full, right_ends)
    assert last <= granted + relativedelta(years=10)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        # Saturdays 14 and 28 February and 9 May, Sunday 20 September and Saturday 10 October are worked.
        (date(2026, 2, 11), date(2026, 2, 14)),
        (date(2026, 2, 14), date(2026, 2, 26)),
        (date(2026, 2, 20), date(2026, 2, 26)),
        (date(2026, 2, 26), date(2026, 3, 2)),
        (date(2026, 5, 6), date(2026, 5, 9)),
        (date(2026, 5, 8), date(2026, 5, 12)),
        (date(2026, 9, 17), date(2026, 9, 21)),
        (date(2026, 9, 30), date(2026, 10, 10)),
        (date(2025, 12, 31), date(2026, 1, 6)),
    ],
)
def test_three_working_days_over_holidays_and_made_up_weekends(start: date, last: date) -> None:
    assert last_day(start, ("cn.exofficio.response_deadline", "response")) == last


def test_all_terms_in_working_days_are_under_test() -> None:
    named = {fact for fact, _ in WORKING_DAY_TERMS}
    assert named >= {
        "cn.recordation.decision_time",
        "cn.recordation.renewal_decision",
        "cn.exofficio.response_deadline",
        "cn.exofficio.investigation",
        "cn.exofficio.court_50",
        "cn.application.court_20",
        "cn.counter_security.suit_30",
        "cn.change.deadline",
    }


@given(days, terms)
@example(date(2025, 12, 31), ("cn.exofficio.response_deadline", "response"))
@example(date(2026, 2, 13), ("cn.exofficio.response_deadline", "response"))
@example(date(2024, 12, 31), ("cn.exofficio.court_50", "court"))
def test_a_last_day_is_a_working_day_with_just_so_many_working_days_up_to_it(
    start: date, term: tuple[str, str]
) -> None:
    last = last_day(start, term)
    worked = calendar.china().is_working
    assert worked(last)
    between = [start + timedelta(days=more) for more in range(1, (last - start).days + 1)]
    assert sum(map(worked, between)) == china().on(term[0], TODAY).value(term[1]).amount


@given(days, st.integers(min_value=1, max_value=30), terms)
def test_whoever_starts_later_is_never_done_earlier(
    start: date, more: int, term: tuple[str, str]
) -> None:
    assert last_day(start + timedelta(days=more), term) >= last_day(start, term)


@given(days, terms)
def test_it_is_one_term_whether_it_starts_on_a_day_off_or_on_the_working_day_before(
    start: date, term: tuple[str, str]
) -> None:
    worked = calendar.china().is_working
    assume(not worked(start))
    earlier = start
    while not worked(earlier):
        earlier -= timedelta(days=1)
        assume(earlier.year >= 2008)
    assert last_day(start, term) == last_day(earlier, term)
