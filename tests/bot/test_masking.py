"""What reaches a person is taken out of a line; what a question needs stays."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.masking import MARKS, masked, veiled
from intents.entities.contacts import contacts
from intents.normalise import fold


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("write to somebody.else+cn@example.com please", "write to [e-mail] please"),
        ("邮箱abc@example.com谢谢", "邮箱[e-mail]谢谢"),
        ("邮箱ａｂｃ＠ｅｘａｍｐｌｅ．ｃｏｍ", "邮箱[e-mail]"),
        ("a\u200bb@exam\u200bple.com", "[e-mail]"),
        ("call +49 (30) 1234-5678 now", "call [number] now"),
        ("我的电话１３８ ００１３ ８０００，几天答复", "我的电话[number]，几天答复"),
        ("手机一三八零零一三八零零零", "手机[number]"),
        ("our mark no. 12345678 and 87654321", "our mark no. [number] and [number]"),
        ("身份证11010519491231002X", "身份证[number]"),
        ("see https://example.com/me?a=1，谢谢", "see [link]，谢谢"),
        ("@some_body help", "[contact] help"),
        ("微信：some_body能加吗", "微信：[contact]能加吗"),
        ("微信some2020", "微信[contact]"),
        ("WeChat ID: somebody", "WeChat ID: [contact]"),
        ("QQ 1234567", "QQ [contact]"),
        ("one\n\n two\tthree ", "one two three"),
        ("call ①③⑧⓪⓪①③⑧⓪⓪⓪", "call [number]"),
        ("call ¹³⁸⁰⁰¹³⁸⁰⁰⁰", "call [number]"),
        ("手机13八零零13八零零零", "手机[number]"),
        ("手机一三八 零零一三 八零零零", "手机[number]"),
        ("手机壹叁捌零零壹叁捌零零零", "手机[number]"),
        ("138·0013·8000, 138–0013–8000, 138_0013_8000", "[number], [number], [number]"),
        ("somebody﹫example.com", "[e-mail]"),
        ("微信号 some_body", "微信号 [contact]"),
        ("wa.me/491512345678 or t.me/somebody", "[link] or [link]"),
    ],
)
def test_what_reaches_a_person_is_masked(typed: str, kept: str) -> None:
    assert masked(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "goods worth RMB 1,500,000 held since 2026-11-22",
        "货值150000元，2026.11.22收到通知，几天答复？",
        "recordations from 2014-2024",
        "recordations from 2014–2024",
        "2026-11-22 三天内答复，一二三四五六",
        "the Inc./Ltd. and/or its agent",
        "within 30 days, art. 24, 25 and 26",
        "can I pay by WeChat or Alipay, is WeChat allowed?",
        "微信是什么号",
        "Do you charge 800 yuan @ filing?",
    ],
)
def test_what_a_question_needs_stays(typed: str) -> None:
    assert masked(typed) == typed


@given(st.text(max_size=80))
def test_a_masked_line_is_one_line_without_addresses_or_long_numbers(typed: str) -> None:
    kept = masked(typed)
    assert kept == " ".join(kept.split())
    kept.encode("utf-8")
    assert masked(kept) == kept


@given(st.text(max_size=30), st.integers(10**6, 10**18), st.text(max_size=30))
def test_no_telephone_number_survives(before: str, number: int, after: str) -> None:
    kept = masked(f"{before} {number} {after}")
    assert str(number) not in kept
    assert any(mark in kept for mark in MARKS)


@pytest.mark.parametrize("sign", ["a@", "a.", "@", "(", "1 ", "微信", "2015-", "a-_", "a@a."])
def test_no_line_takes_long(sign: str) -> None:
    begun = time.perf_counter()
    masked(sign * (4096 // len(sign)))
    assert time.perf_counter() - begun < 2


PIECES = (
    *("+49", "0086", "86", "138", "0013", "8000", "(0)", "0755", "88888888", "1", "22"),
    *(" ", "-", ".", ":", "/", "+", "_", "@", "%", "jo", "acme", ".com", "mail"),
    *("tel", "phone number", "call me at", "电话", "微信号", "是", "手机"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=10))
def test_whatever_is_read_as_a_contact_is_masked(pieces: list[str]) -> None:
    typed = fold("".join(pieces))
    kept = masked(typed)
    assert not [each for each in contacts(typed) if typed[each.start : each.end] in kept]


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("ada@example.com", "a…@example.com"),
        ("+86 138 0013 8000", "…000"),
        ("13800138000", "…000"),
        ("Example Trading Ltd, class 25", "Example Trading Ltd, class 25"),
        ("Ada, ada.b@example.co.uk, (030) 1234567", "Ada, a…@example.co.uk, (…567"),
        ("22 November 2026", "22 November 2026"),
    ],
)
def test_enough_is_left_to_know_it_again(kept: str, shown: str) -> None:
    assert veiled(kept) == shown
