"""Security by the goods' value and the route."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import AmountError
from knowledge.library import china
from knowledge.sums.security import TIER_1, TIER_2, TIER_3, ex_officio, on_application

TODAY = date(2026, 11, 22)
VALUES = st.decimals(min_value="0.01", max_value="1e9", places=2)


@pytest.mark.parametrize(
    ("value", "security", "tier"),
    [
        ("0.01", "0.01", TIER_1),
        ("15000", "15000", TIER_1),
        ("19999.99", "19999.99", TIER_1),
        ("20000", "20000", TIER_2),
        ("30000", "20000", TIER_2),
        ("40000", "20000", TIER_2),
        ("40000.02", "20000.01", TIER_2),
        ("100000", "50000", TIER_2),
        ("150000", "75000", TIER_2),
        ("200000", "100000", TIER_2),
        ("200000.01", "100000", TIER_3),
        ("1000000", "100000", TIER_3),
    ],
)
def test_ex_officio_by_tier(value: str, security: str, tier: str) -> None:
    found = ex_officio(china(), Decimal(value), TODAY)
    assert (found.amount, found.tier) == (Decimal(security), tier)


def test_on_application_the_full_value_is_given_without_a_cap() -> None:
    assert on_application(china(), Decimal(1_000_000), TODAY).amount == Decimal(1_000_000)


@given(VALUES)
def test_ex_officio_never_costs_more_than_on_application_nor_more_than_the_cap(
    value: Decimal,
) -> None:
    capped = ex_officio(china(), value, TODAY).amount
    assert 0 < capped <= min(on_application(china(), value, TODAY).amount, Decimal(100_000))


@given(VALUES, VALUES)
def test_more_valuable_goods_never_need_less(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert ex_officio(china(), low, TODAY).amount <= ex_officio(china(), high, TODAY).amount


@pytest.mark.parametrize("value", ["0", "-1", "NaN", "Infinity"])
def test_a_value_that_is_no_amount_is_refused(value: str) -> None:
    with pytest.raises(AmountError):
        ex_officio(china(), Decimal(value), TODAY)
