"""Values and days as they stand in a sentence."""

from datetime import date
from decimal import Decimal

import pytest

from knowledge.model import Quantity
from knowledge.rendering import day, fill, number, quantity


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        ("100000 CNY", "RMB 100,000", "人民币100,000元"),
        ("99.17 percent", "99.17%", "99.17%"),
        ("1 years", "1 year", "1年"),
        ("10 years", "10 years", "10年"),
        ("6 months", "6 months", "6个月"),
        ("30 working_days", "30 working days", "30个工作日"),
        ("48 hours", "48 hours", "48小时"),
        ("60 days", "60 days", "60日"),
        ("81605100 count", "81,605,100", "81,605,100"),
    ],
)
def test_a_quantity_in_both_languages(value: str, english: str, chinese: str) -> None:
    read = Quantity.parse(value)
    assert (quantity(read, "en"), quantity(read, "zh")) == (english, chinese)


@pytest.mark.parametrize("text", ["30", "thirty days", "-3 days", "3 moons", ""])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"value|Unit"):
        Quantity.parse(text)


def test_numbers_lose_trailing_zeros_after_the_point_only() -> None:
    assert [number(Decimal(text)) for text in ("75000.00", "20000.10", "100")] == [
        "75,000",
        "20,000.1",
        "100",
    ]


def test_a_text_is_filled_by_name() -> None:
    assert fill("in {a}", {"a": Quantity.parse("3 days")}, "en") == "in 3 days"


def test_a_day_in_both_languages() -> None:
    assert day(date(2026, 11, 2), "en") == "2 November 2026"
    assert day(date(2026, 11, 2), "zh") == "2026年11月2日"
