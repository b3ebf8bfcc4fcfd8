"""A rate of exchange that somebody names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents import entities
from intents.entities.rate import rate, without_rate


@pytest.mark.parametrize(
    "text",
    [
        "rate 7.1",
        "at a rate of 7.1",
        "the exchange rate is 7.1",
        "exchange rate: 7.1",
        "fx 7.1",
        "1 USD = 7.1 RMB",
        "1 euro is 7.1",
        "汇率7.1",
        "汇率是7.1",
        "汇率：7.1",
        "匯率為7.1",
        "按7.1算",
        "按7.1的汇率",
        "1美元=7.1",
        "1美元兑7.1元",
    ],
)
def test_a_rate_in_many_ways(text: str) -> None:
    assert entities.read(f"goods worth USD 20,000, {text}").rate == Decimal("7.1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "worth 7.1 million",
        "7.1",
        "rate",
        "rate 0",
        "rate 0.0",
        "汇率",
        "按15万算",
        "rate 71000",
    ],
)
def test_what_is_no_rate_is_not_taken(text: str) -> None:
    assert rate(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at a rate of 7.1, the right is recorded", "7.1"),
        ("rate 7.12, please", "7.12"),
        ("汇率7.15，已备案", "7.15"),
        ("the rate is 7.1.", "7.1"),
    ],
)
def test_before_a_comma_a_rate_lost_its_decimals(text: str, found: str) -> None:
    assert entities.read(text).rate == Decimal(found)


@pytest.mark.parametrize("text", ["rate 7,1", "rate 1,234", "1 USD = 7,1 RMB"])
def test_of_a_decimal_comma_only_the_first_digits_were_taken(text: str) -> None:
    assert rate(text) is None


@pytest.mark.parametrize(
    "text",
    ["a success rate of 99.17%", "rate of 30 %", "rate 30 percent", "the rate is 10 per cent"],
)
def test_a_percentage_was_taken_for_a_rate_of_exchange(text: str) -> None:
    assert rate(text) is None


@pytest.mark.parametrize("text", ["corporate 7", "separate 5 parcels"])
def test_the_end_of_another_word_was_taken_for_a_rate(text: str) -> None:
    assert rate(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "1 USD = 7.1 RMB, goods worth USD 20,000",
        "goods worth USD 20,000, 1 USD = 7.1 RMB",
        "1美元=7.1元，货值20000美元",
        "按7.1算，货值20000美元",
    ],
)
def test_the_unit_of_a_rate_was_taken_for_the_value_of_the_goods(text: str) -> None:
    found = entities.read(text)
    assert [(each.amount, each.currency) for each in found.money] == [(Decimal(20_000), "USD")]
    assert found.rate == Decimal("7.1")


@given(st.decimals(min_value="0.0001", max_value="9999", places=4))
def test_any_rate_is_read_back_and_leaves_the_value_alone(named: Decimal) -> None:
    found = entities.read(f"worth EUR 5,000 at a rate of {named}, recorded")
    assert found.rate == named
    assert [each.amount for each in found.money] == [Decimal(5000)]


@given(st.text())
def test_no_text_is_too_odd_for_a_rate(text: str) -> None:
    found = rate(text)
    assert found is None or found > 0
    assert rate(without_rate(text)) is None or found is not None


@given(
    st.lists(
        st.sampled_from(["rate ", "1 usd", " = ", "7", ".", ",", "1", "%", "汇率", "按", "算", " "])
    ).map("".join)
)
def test_a_rate_is_a_number_that_stands_in_the_text(text: str) -> None:
    found = rate(text)
    assert found is None or (found > 0 and str(found) in text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("goods worth USD 30,000 at 7.1, how much security?", "7.1"),
        ("$30k at 7.1", "7.1"),
        ("30,000 dollars @ 7.12?", "7.12"),
        ("USD 30,000, served on 20 November at 6.30", None),
        ("300 pairs at 7.1 each for USD 9", None),
    ],
)
def test_right_behind_foreign_money_a_rate_needs_no_name(text: str, found: str | None) -> None:
    assert rate(text) == (Decimal(found) if found else None)
    assert "30" in without_rate(text) or "300" in without_rate(text)
