"""Shares of the goods' value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import AmountError
from knowledge.library import china
from knowledge.model import Quantity
from knowledge.sums import share

TODAY = date(2026, 11, 22)
VALUES = st.decimals(min_value="0.01", max_value=10**12, places=2)


@pytest.mark.parametrize(
    ("value", "fine"),
    [("150000", "45000.00"), ("0.01", "0.00"), ("0.05", "0.02"), ("99.99", "30.00")],
)
def test_a_fine_is_at_most_thirty_percent_to_the_fen(value: str, fine: str) -> None:
    assert share.highest_fine(china(), Decimal(value), TODAY) == Decimal(fine)


@given(VALUES)
def test_counter_security_is_the_whole_value_and_a_fine_never_more(value: Decimal) -> None:
    whole = share.counter_security(china(), value, TODAY)
    assert whole == value
    assert share.highest_fine(china(), value, TODAY) <= whole


@pytest.mark.parametrize("value", ["0", "-1", "NaN", "Infinity"])
def test_a_value_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(AmountError):
        share.highest_fine(china(), Decimal(value), TODAY)


def test_a_rate_that_is_no_percentage_is_refused() -> None:
    with pytest.raises(AmountError):
        share.of(Decimal(1), Quantity.parse("3 years"))
