"""E-mail addresses and phone numbers: found, left out, and never taken for something else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents import entities
from intents.entities.contacts import LEFT_OUT, contacts, email, phone, without_contacts
from intents.entities.wording import as_asked
from intents.normalise import fold
from intents.questions import questions


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("write to joe@example.com, please", "joe@example.com"),
        ("邮箱zhang.san@example.com谢谢", "zhang.san@example.com"),
        ("<o'neil+ip@mail.example.org>", "o'neil+ip@mail.example.org"),
        ("+86 138 0013 8000", "+86 138 0013 8000"),
        ("+8613800138000", "+8613800138000"),
        ("0086 13800138000", "0086 13800138000"),
        ("我的手机是13800138000，谢谢", "13800138000"),
        ("138-0013-8000", "138-0013-8000"),
        ("１３８ ００１３ ８０００", "138 0013 8000"),
        ("86 13800138000", "86 13800138000"),
        ("0755-12345678", "0755-12345678"),
        ("(010) 12345678", "(010) 12345678"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("call +39 06 1234 5678 now", "+39 06 1234 5678"),
        ("whatsapp +1 (555) 010-9999", "+1 (555) 010-9999"),
        ("tel: 12345678", "12345678"),
        ("电话：8888 7777", "8888 7777"),
        ("call me at 555 123 4567", "555 123 4567"),
    ],
)
def test_a_contact_is_found_and_left_out(text: str, contact: str) -> None:
    even = fold(text)
    assert [even[found.start : found.end] for found in contacts(even)] == [contact]
    assert contact not in without_contacts(even)
    assert LEFT_OUT in without_contacts(even)


@pytest.mark.parametrize(
    "text",
    [
        *("RMB 13800138000", "13800138000元", "goods worth 13800138000", "货值13800138000"),
        *("USD +15000000", "2026-03-01", "17:30 on 2026-11-22", "15,000,000,000", "12345678"),
        *("10000 mobile phones 8517130000", "mobile phone 1500000", "HS 8517130000", "a @ b"),
        *("ZL 2013 8 0013800.0", "trademark no. 12345678", "110101199003074514", "1-2-3"),
    ],
)
def test_other_digits_are_no_phone_number(text: str) -> None:
    assert contacts(text) == ()


def test_a_reading_knows_of_a_contact_but_not_which() -> None:
    named = entities.read("joe@example.com or +86 138 0013 8000, goods worth RMB 20,000")
    assert named.contacts == ("email", "phone")
    kept = named.model_dump_json()
    assert "joe" not in kept
    assert "8000" not in kept
    assert [str(each.amount) for each in named.money] == ["20000"]


def test_what_stands_for_a_contact_is_still_known_when_the_text_is_cut_up() -> None:
    [question] = questions("Who can apply?? My mail is " + LEFT_OUT)
    assert LEFT_OUT in f"{question.before} {question.text}"
    assert as_asked(f"my mail is {LEFT_OUT} who can apply").split() == ["who", "can", "apply"]


@pytest.mark.parametrize(
    ("given_as", "kept"),
    [("138 0013 8000", "+8613800138000"), ("+44 20 7946 0958", "+442079460958"), ("12", None)],
)
def test_a_phone_number_is_written_in_one_way(given_as: str, kept: str | None) -> None:
    assert phone(given_as) == kept


@pytest.mark.parametrize(("given_as", "kept"), [("a@Example.com", "a@example.com"), ("a@", None)])
def test_an_address_is_written_in_one_way(given_as: str, kept: str | None) -> None:
    assert email(given_as) == kept


@given(st.text(), st.text())
def test_an_address_is_found_in_the_middle_of_anything(before: str, after: str) -> None:
    text = fold(f"{before} joe@example.com {after}")
    assert "joe@example.com" not in without_contacts(text)


@given(st.text())
def test_what_is_left_out_once_is_gone(text: str) -> None:
    left = without_contacts(fold(text))
    assert without_contacts(left) == left


@pytest.mark.parametrize("piece", ["a@", "a.", "+1 ", "x@a-", "0755-", "HS 8517, ", "商标", "no. "])
def test_a_long_odd_message_is_read_in_no_time(piece: str) -> None:
    text = piece * (4096 // len(piece))
    begun = time.perf_counter()
    entities.read(text)
    assert time.perf_counter() - begun < 2
