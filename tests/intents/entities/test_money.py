"""Amounts of money as people type them."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from cn2an import an2cn
from hypothesis import given
from hypothesis import strategies as st

from intents import entities


def amounts(text: str) -> list[tuple[Decimal, str]]:
    return [(named.amount, named.currency) for named in entities.read(text).money]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("RMB 150,000", "150000", "CNY"),
        ("RMB150000", "150000", "CNY"),
        ("150 000 RMB", "150000", "CNY"),
        ("80.000 RMB", "80000", "CNY"),
        ("EUR 5.000", "5000", "EUR"),
        ("1.234.567,50 yuan", "1234567.5", "CNY"),
        ("货值80.000元", "80000", "CNY"),
        ("1.250 million rmb", "1250000", "CNY"),
        ("12.50 usd", "12.5", "USD"),
        ("cny 150,000.50", "150000.5", "CNY"),
        ("¥15万", "150000", "CNY"),
        ("￥１５０，０００", "150000", "CNY"),
        ("人民币15万元", "150000", "CNY"),
        ("15w rmb", "150000", "CNY"),
        ("十五万元", "150000", "CNY"),
        ("一百五十万元", "1500000", "CNY"),
        ("两万块", "20000", "CNY"),
        ("一万二的货值", "12000", "CNY"),
        ("货值一万二", "12000", "CNY"),
        ("货值十五万", "150000", "CNY"),
        ("貨值十五萬", "150000", "CNY"),
        ("货值50万", "500000", "CNY"),
        ("1.5 million rmb", "1500000", "CNY"),
        ("1.5m yuan", "1500000", "CNY"),
        ("150k usd", "150000", "USD"),
        ("$20k", "20000", "USD"),
        ("US$ 1,000,000", "1000000", "USD"),
        ("50万美元", "500000", "USD"),
        ("20 thousand dollars", "20000", "USD"),
        ("€20,000", "20000", "EUR"),
        ("30000 euros", "30000", "EUR"),
        ("HK$ 80,000", "80000", "HKD"),
        ("goods worth 150000", "150000", "CNY"),
        ("a deposit of 35,000", "35000", "CNY"),
    ],
)
def test_an_amount_is_read_with_its_currency(text: str, amount: str, currency: str) -> None:
    assert amounts(text) == [(Decimal(amount), currency)]


@pytest.mark.parametrize(
    "text",
    [
        "we sell 150000 pairs a year",
        "registration number 12345678",
        "call me on 13800138000",
        "since 2015 in class 25",
        "3 working days",
        "the value of 500 cartons",
        "Decree 395",
        "100%",
        "价值两批货",
        "一个商标",
        "",
    ],
)
def test_a_plain_number_away_from_words_for_value_is_no_money(text: str) -> None:
    assert amounts(text) == []


def test_several_amounts_are_read_in_order() -> None:
    assert amounts("RMB 150,000 in Ningbo and USD 20k in Shenzhen") == [
        (Decimal(150000), "CNY"),
        (Decimal(20000), "USD"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1000 pairs at 20 usd each", [(Decimal(20000), "USD")]),
        ("20 usd each", []),
    ],
)
def test_a_price_for_one_piece_counts_only_with_the_number_of_pieces(
    text: str, found: list[tuple[Decimal, str]]
) -> None:
    assert amounts(text) == found


def test_what_was_written_is_kept() -> None:
    [named] = entities.read("goods of RMB 150,000 were stopped").money
    assert named.raw == "RMB 150,000"


@pytest.mark.parametrize(
    "text", ["goods worth about 2000", "a lot valued at 2000", "货值约2000", "货物价值2000，被扣了"]
)
def test_an_amount_that_could_be_a_year_was_read_as_one(text: str) -> None:
    assert amounts(text) == [(Decimal(2000), "CNY")]


@pytest.mark.parametrize("text", ["the bond since 2019", "what was the value limit in 2015?"])
def test_a_year_beside_a_word_for_value_stays_a_year(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize("text", ["亿十一", "货值一亿一", "一亿一千元"])
def test_a_numeral_nobody_can_be_sure_of_raised_an_error(text: str) -> None:
    assert amounts(text) == []


WAYS: dict[str, Callable[[int], str]] = {
    "RMB 150,000": lambda value: f"RMB {value:,}",
    "150000 yuan": lambda value: f"{value} yuan",
    "¥150000": lambda value: f"¥{value}",
    "150,000元": lambda value: f"{value:,}元",
    "150 000 rmb": lambda value: f"{value:,} rmb".replace(",", " "),
    "15万元": lambda value: f"{Decimal(value) / 10_000:f}万元",
    "150k rmb": lambda value: f"{Decimal(value) / 1_000:f}k rmb",
    "0.15 million rmb": lambda value: f"{Decimal(value) / 1_000_000:f} million rmb",
    # an2cn leaves out the 零 of 一亿零一千, and so writes what nobody can be sure of.
    "一十五万元": lambda value: f"{re.sub('亿(?=.千$)', '亿零', an2cn(value))}元",
    "goods worth 150,000": lambda value: f"goods worth {value:,}",
}


@pytest.mark.parametrize("way", WAYS)
@given(thousands=st.integers(min_value=10, max_value=999_999))
def test_any_amount_written_in_any_way_is_read_back(way: str, thousands: int) -> None:
    value = thousands * 1000
    assert amounts(f"customs stopped goods, {WAYS[way](value)}, last week") == [
        (Decimal(value), "CNY")
    ]


@given(st.text(alphabet="0123456789.,万千百十一二两亿元¥$kmwRMBusd 值"))
def test_no_heap_of_digits_and_signs_is_too_much(text: str) -> None:
    assert all(amount >= 0 for amount, _ in amounts(text))


def test_a_turkish_keyboard_writes_millions_too() -> None:
    assert amounts("5 MİLLİON usd") == [(Decimal(5_000_000), "USD")]
