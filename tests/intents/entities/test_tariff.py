"""Codes of the Harmonised System: behind a word that says so, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents import entities


def codes(text: str) -> list[str]:
    return [each.code for each in entities.read(text).tariff_codes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("HS 8517.13", ["8517.13"]),
        ("hs8517", ["8517"]),
        ("HS code 8517130000", ["8517.13.00.00"]),
        ("HS-Code: 8517.13.00", ["8517.13.00"]),
        ("HTS 8517.13.0000", ["8517.13.00.00"]),
        ("the heading 6403", ["6403"]),
        ("tariff code 0902.10", ["0902.10"]),
        ("税号8517130000", ["8517.13.00.00"]),
        ("稅號：8517.13", ["8517.13"]),
        ("商品编码 6404.11", ["6404.11"]),
        ("HS编码为6404.11", ["6404.11"]),
        ("海关编码：85171300", ["8517.13.00"]),
        ("HS 6403, 6404 and 6110.20", ["6403", "6404", "6110.20"]),
        ("税号6403、6404", ["6403", "6404"]),
        ("HS 6403, 5000 pairs", ["6403"]),
    ],
)
def test_a_code_is_read_with_its_dots(text: str, found: list[str]) -> None:
    assert codes(text) == found


@pytest.mark.parametrize(
    "text",
    [
        *(
            "8517.13",
            "85171300",
            "RMB 8517",
            "in 2026",
            "HS 2022",
            "HS 851",
            "HS 8517130",
            "HS 0000",
        ),
        *("HS 9999", "税号91440300123456789A", "编码1234", "HS goods 5000 pieces", "which HS code"),
        *("customs registration code 4403160001", "trademark no. 85171300", "tel 85171300"),
    ],
)
def test_other_digits_are_none(text: str) -> None:
    assert codes(text) == []


def test_the_digits_of_a_code_are_no_amount() -> None:
    named = entities.read("HS code 8517130000, goods worth RMB 50,000")
    assert [str(each.amount) for each in named.money] == ["50000"]


@given(st.integers(0, 10**10).map(str))
def test_bare_digits_are_never_a_code(digits: str) -> None:
    assert codes(digits) == []
