"""What a message asks apart from what it names."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents import entities
from intents.entities.wording import as_asked, only_named
from intents.normalise import for_matching


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What papers for ZL 2019 3 0123456.7?", "what papers for design patent"),
        ("what papers for patent no. ZL201920123456.8", "what papers for utility model"),
        ("what papers for our design patent ZL201930123456.7", "what papers for our design patent"),
        ("can G1234567 be recorded", "can madrid trademark be recorded"),
        ("注册号12345678的商标能备案吗", "的商标能备案吗"),
        ("专利ZL201710601862.3要哪些材料", "发明专利 要哪些材料"),
        ("2020SR0123456能备案吗", "著作权 能备案吗"),
        ("goods with HS 8517.13 are held", "goods are held"),
        ("what is the duty for HS 8517.13", "what is the duty for hs code"),
        ("税号8517130000的货被扣", "的货被扣"),
        ("what does it cost? my email is joe@example.com", "what does it cost"),
        ("电话13800138000，备案收费吗", "备案收费吗"),
    ],
)
def test_numbers_give_way_to_what_they_stand_for(text: str, asked: str) -> None:
    assert for_matching(as_asked(text)) == asked


@pytest.mark.parametrize(
    "text", ["How much is it?", "货值15万要交多少担保", "valid until 2026-03-01?", "12345678", ""]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert as_asked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("ZL201710601862.3", "G1234567?", "our trademark is no. 12345678.", "第12345678号商标"),
        *("Ningbo", "port of Yantian", "宁波港", "盐田海关", "HS 8517.13", "税号8517130000，谢谢"),
        *(
            "joe@example.com",
            "my e-mail is joe@example.com",
            "13800138000",
            "我的手机号是13800138000",
            "the port is Ningbo, my phone is +49 170 1234567",
            "口岸是宁波，电话13800138000",
        ),
        *("Hello, ZL201710601862.3 and G1234567, thank you", "您好，专利号ZL201710601862.3"),
    ],
)
def test_nothing_but_names(text: str) -> None:
    assert only_named(text, entities.read(text))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "hello",
            "trademark",
            "12345678",
            "RMB 150,000",
            "2026-03-01",
            "商标",
            "port",
            "customs",
        ),
        *(
            "is ZL201710601862.3 still valid",
            "Ningbo has stopped our goods",
            "call me: 13800138000",
        ),
        *("ZL201710601862.3，货值15万", "宁波港扣货", "fee for G1234567", "joe@example.com 收费吗"),
    ],
)
def test_something_is_said_or_nothing_is_named(text: str) -> None:
    assert not only_named(text, entities.read(text))


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("papers for ZL 2019 3 0123456.7", ("design",)),
        ("papers for our patent ZL 2019 3 0123456.7", ("design",)),
        ("ZL201710601862.3和注册号12345678", ("invention", "trademark")),
        ("is IR 1234567 enough", ("trademark",)),
        ("软著登字第1234567号怎么备案", ("copyright",)),
    ],
)
def test_a_number_says_which_right_it_is(text: str, rights: tuple[str, ...]) -> None:
    assert entities.read(text).rights == rights


def test_a_madrid_number_says_how_the_right_stands() -> None:
    assert entities.read("can we record G1234567").case["state"] == "madrid"


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    as_asked(text)
    only_named(text, entities.read(text))


@pytest.mark.parametrize(
    "sign",
    ["1", "1,", "2026.", "usd 1", "one ", "一", "十", "hs", "海关", "(", "+", "商标 1234567 "],
)
def test_no_text_takes_long(sign: str) -> None:
    """At this length a reader that looks ahead from every place to the end takes half a minute and more."""
    text = sign * (20_000 // len(sign))
    begun = time.process_time()
    entities.read(text)
    assert time.process_time() - begun < 5
