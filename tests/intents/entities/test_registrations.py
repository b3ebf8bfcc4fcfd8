"""Numbers of rights as people write them, their last digit, and what is never one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents import entities
from intents.entities.registrations import check_digit, registrations
from intents.normalise import fold, simplify


def numbers(text: str) -> list[tuple[str, str]]:
    return [(each.kind, each.number) for each in entities.read(text).registrations]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("ZL 2017 1 0601862.3", "invention", "ZL201710601862.3"),
        ("ZL201710601862.3", "invention", "ZL201710601862.3"),
        ("zl 201710601862.3", "invention", "ZL201710601862.3"),
        ("ＺＬ２０１７１０６０１８６２．３", "invention", "ZL201710601862.3"),
        ("ZL2017106018623", "invention", "ZL201710601862.3"),
        ("ZL 2017-1-0601862.3", "invention", "ZL201710601862.3"),
        ("ZL.201710601862.3", "invention", "ZL201710601862.3"),
        ("专利号：ZL 2017 1 0601862.3。", "invention", "ZL201710601862.3"),
        ("專利號ZL201710601862.3", "invention", "ZL201710601862.3"),
        ("专利号2017106018623", "invention", "201710601862.3"),
        ("patent no. CN201710601862.3", "invention", "201710601862.3"),
        ("our patent 201710601862.3 please", "invention", "201710601862.3"),
        ("it is 201710601862.3", "invention", "201710601862.3"),
        ("the patent ZL201930123456 is ours", "design", "ZL201930123456"),
        ("ZL 2019 2 0123456.8", "utility_model", "ZL201920123456.8"),
        ("ZL 2019 3 0123456.7", "design", "ZL201930123456.7"),
        ("ZL 2009 8 0123456.X", "invention", "ZL200980123456.X"),
        ("ZL 2009 9 0123456.x", "utility_model", "ZL200990123456.X"),
        ("ZL95115608.X", "invention", "ZL95115608.X"),
        ("ZL 98 3 23456.1", "design", "ZL98323456.1"),
        ("95115608.X", "invention", "95115608.X"),
        ("外观专利号 98323456.1", "design", "98323456.1"),
        ("trademark no. 12345678", "trademark", "12345678"),
        ("TM 12345678", "trademark", "12345678"),
        ("Chinese trademark registration number: 1234567", "trademark", "1234567"),
        ("our trademark ACME, no. 12345678, class 25", "trademark", "12345678"),
        ("trademark (Reg. No. 12345678)", "trademark", "12345678"),
        ("the trademark is registered under no. 12345678", "trademark", "12345678"),
        ("registration number 12345678", "trademark", "12345678"),
        ("trademark registration 12345678/25", "trademark", "12345678"),
        ("trademark no. 12345", "trademark", "12345"),
        ("第12345678号商标", "trademark", "12345678"),
        ("第１２３４５６７８号", "trademark", "12345678"),
        ("第12345678号“山海”商标", "trademark", "12345678"),
        ("注册号12345678", "trademark", "12345678"),
        ("商标注册号：12345678，第25类", "trademark", "12345678"),
        ("商標註冊證第1234567號", "trademark", "1234567"),
        ("注册商标第12345678号", "trademark", "12345678"),
        ("商标12345678A", "trademark", "12345678A"),
        ("12345678号商标", "trademark", "12345678"),
        ("IR 1234567", "madrid", "1234567"),
        ("IR No. 876543", "madrid", "876543"),
        ("G1234567", "madrid", "1234567"),
        ("注册号G1234567", "madrid", "1234567"),
        ("Madrid mark 1234567", "madrid", "1234567"),
        ("international registration no. 1234567A", "madrid", "1234567A"),
        ("WIPO 1234567", "madrid", "1234567"),
        ("国际注册第1234567号", "madrid", "1234567"),
        ("马德里商标注册号1234567", "madrid", "1234567"),
        ("国作登字-2020-F-00123456", "copyright", "国作登字-2020-F-00123456"),
        ("粤作登字-2019-F-00012345号", "copyright", "粤作登字-2019-F-00012345"),
        ("Guozuodengzi-2020-F-00123456", "copyright", "国作登字-2020-F-00123456"),
        ("copyright no. 2020-F-00123456", "copyright", "2020-F-00123456"),
        ("软著登字第1234567号", "copyright", "软著登字第1234567号"),
        ("軟著登字第1234567號", "copyright", "软著登字第1234567号"),
        ("2020SR0123456", "copyright", "2020SR0123456"),
    ],
)
def test_a_number_is_read_in_its_short_form(text: str, kind: str, number: str) -> None:
    assert numbers(text) == [(kind, number)]


@pytest.mark.parametrize(
    "text",
    [
        "12345678",
        "we have 12345678 of them",
        "RMB 12345678",
        "trademark 15000000 RMB",
        "our trademark is worth 12345678",
        "商标货值12345678元",
        "trademarks on 1000000 pieces",
        "trademark no. 50000 pieces",
        "商标10000000件",
        "trademark 20190301",
        "trademark filed 2019-03-01",
        "商标20190301",
        "the invoice no. 1234567 for our trademark",
        "trademark goods in container no. 1234567",
        "company registration number 12345678",
        "customs registration no. 1234567",
        "工商注册号12345678",
        "企业注册号12345678",
        "备案号12345678",
        "海关总署公告第20260031号",
        "(2020)京73行初12345号",
        "HS 85171300",
        "税号8517130000",
        "tel. 13800138000",
        "trademark hotline +86 138 0013 8000",
        "G12345678",
        "air 1234567",
        "international shipment 1500000",
        "goods worth 201930123456.7 yuan",
        "201930123456.5",
        "order 2019301234567",
        "ZL 2019 5 0123456.7",
        "ZL 12345",
        "US patent 9,812,345",
        "copyright registration no. 12345678",
        "in 2026 and 2027",
        "domain registration no. 1234567",
    ],
)
def test_what_is_something_else_is_no_number_of_a_right(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trademarks no. 12345678 and 23456789", ["12345678", "23456789"]),
        ("商标12345678、23456789和34567890", ["12345678", "23456789", "34567890"]),
        ("G1234567, ZL95115608.X and 2020SR0123456", ["1234567", "ZL95115608.X", "2020SR0123456"]),
        ("发明ZL201710601862.3，商标第12345678号", ["ZL201710601862.3", "12345678"]),
    ],
)
def test_several_numbers_are_read_in_their_order(text: str, found: list[str]) -> None:
    assert [number for _, number in numbers(text)] == found


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("ZL201710601862.3", True),
        ("ZL95115608.X", True),
        ("ZL201710601862.4", False),
        ("ZL95115608.1", False),
        ("ZL201710601862", None),
        ("trademark no. 12345678", None),
    ],
)
def test_the_last_digit_is_held_against_the_others(text: str, fits: bool | None) -> None:
    [registration] = entities.read(text).registrations
    assert registration.fits is fits


bodies = st.one_of(
    st.builds(
        "{}{}{:07}".format,
        st.integers(2003, 2099),
        st.sampled_from("12389"),
        st.integers(0, 10**7 - 1),
    ),
    st.builds(
        "{:02}{}{:05}".format,
        st.sampled_from([*range(85, 100), *range(4)]),
        st.sampled_from("12389"),
        st.integers(0, 99999),
    ),
)


@given(bodies)
def test_a_last_digit_that_was_worked_out_always_fits(body: str) -> None:
    [registration] = registrations(f"ZL{body}.{check_digit(body)}")
    assert registration.fits
    assert registration.number == f"ZL{body}.{check_digit(body)}"


@given(bodies, st.data())
def test_one_changed_digit_never_fits(body: str, data: st.DataObject) -> None:
    """No weight and no difference of two digits is a multiple of 11, so that the sum must change."""
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from([each for each in "0123456789" if each != body[place]]))
    changed = body[:place] + other + body[place + 1 :]
    assert check_digit(changed) != check_digit(body)


amounts = st.builds(
    "{}{}".format,
    st.sampled_from(["RMB ", "USD ", "$", "¥", "goods worth ", "货值", "EUR "]),
    st.one_of(
        st.integers(1, 10**13).map(str),
        st.integers(1, 10**13).map("{:,}".format),
        st.decimals(1, 10**13, places=2).map(str),
    ),
)
days = st.dates(date(1985, 1, 1), date(2099, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [
            day.isoformat(),
            f"{day:%Y%m%d}",
            f"{day:%d.%m.%Y}",
            f"{day.year}年{day.month}月{day.day}日",
        ]
    )
)
rows = st.lists(st.one_of(amounts, days), min_size=1, max_size=5)


@given(rows, st.sampled_from([" ", ", ", "; ", "，", " and "]))
def test_amounts_and_days_are_never_numbers_of_rights(row: list[str], joint: str) -> None:
    assert numbers(joint.join(row)) == []


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    entities.read(text)


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "ZL",
                    "CN",
                    "IR",
                    "G",
                    "no.",
                    "trademark",
                    "商标",
                    "第",
                    "号",
                    "注册号",
                    "patent",
                ),
                *("20193", "0123456", "1234567", ".7", "X", "-", " ", ",", "RMB", "2020-F-", "SR"),
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_what_is_read_stands_in_the_text(text: str) -> None:
    even = simplify(fold(text))
    for registration in registrations(even):
        assert registration.raw in even
        assert any(sign.isdigit() for sign in registration.number)
