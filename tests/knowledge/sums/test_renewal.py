"""Renewal windows and expiry."""

from datetime import date

import pytest

from knowledge.errors import AmountError
from knowledge.library import china
from knowledge.model import Quantity
from knowledge.sums import renewal
from knowledge.sums.terms import calendar_term

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("expires", "opens"),
    [
        (date(2027, 3, 15), date(2026, 9, 15)),
        (date(2027, 8, 31), date(2027, 2, 28)),
        (date(2028, 8, 31), date(2028, 2, 29)),
    ],
)
def test_the_window_opens_six_months_before_and_closes_on_the_day(
    expires: date, opens: date
) -> None:
    window = renewal.window(china(), expires, TODAY)
    assert (window.opens, window.closes) == (opens, expires)


def test_a_recordation_lasts_ten_years_or_as_long_as_the_right() -> None:
    granted = date(2026, 11, 22)
    assert renewal.expiry(china(), granted, TODAY) == date(2036, 11, 21)
    assert renewal.expiry(china(), granted, TODAY, date(2030, 1, 1)) == date(2030, 1, 1)


@pytest.mark.parametrize("day", [date.min, date(1, 6, 30)])
def test_a_window_before_the_year_1_was_an_error_of_another_family(day: date) -> None:
    with pytest.raises(AmountError):
        renewal.window(china(), day, TODAY)


def test_a_term_beyond_the_year_9999_was_an_error_of_another_family() -> None:
    with pytest.raises(AmountError):
        renewal.expiry(china(), date.max, TODAY)


def test_a_term_in_another_unit_is_refused() -> None:
    with pytest.raises(AmountError):
        calendar_term(Quantity.parse("30 working_days"))
