"""Slips are mended towards words we know; words that are right, short or nobody's are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.spelling import Speller

PHRASES = [
    "record the trademark",
    "record a certificate",
    "the trademark certificate",
    "seize once",
]
SPELLER = Speller.of(PHRASES, frozenset({"customs", "recordation", "备案"}))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recrod the tradmark", "record the trademark"),
        ("certficate", "certificate"),
        ("custms recordatoin", "customs recordation"),
        ("certifcaet", "certificate"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert SPELLER.mend(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "trademarks",
        "recorded",
        "recording trademark",
        "teh",
        "seise",
        "weather",
        "备案多少钱",
        "2026 # %",
        "",
    ],
)
def test_what_is_right_short_seldom_or_strange_is_left_alone(text: str) -> None:
    assert SPELLER.mend(text) == text


def test_a_word_of_the_language_is_mended_towards_terms_of_the_subject_only() -> None:
    speller = Speller.of(PHRASES, frozenset({"customs"}), {"custos", "recor", "once"}.__contains__)
    assert speller.mend("custos tradmark") == "customs trademark"
    assert speller.mend("recor recrod") == "recor record"


@given(st.text(alphabet="abcdeimnrst 备案#", max_size=40))
def test_mending_changes_words_only_and_settles(text: str) -> None:
    mended = SPELLER.mend(text)
    assert len(mended.split()) == len(text.split())
    assert SPELLER.mend(mended) == mended
