"""One spelling for one meaning, and nothing lost that is read later."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.normalise import fold, for_matching, normalise, simplify, single_marks


@pytest.mark.parametrize(
    ("typed", "even"),
    [
        ("ＲＭＢ　１５０", "RMB 150"),
        ("What‘s  up", "What's up"),
        ("“brand” – logo", '"brand" - logo'),
        ("a\u200bb\ufeff", "ab"),
        ("BERLİN, Dıyarbakır", "BERLIN, Diyarbakir"),
        ("١٥٠٠٠٠ १५ ۷", "150000 15 7"),
        ("  two\n\tlines ", "two lines"),
        ("", ""),
    ],
)
def test_width_quotes_and_blanks_are_evened_out(typed: str, even: str) -> None:
    assert fold(typed) == even


@pytest.mark.parametrize(
    ("typed", "simplified"),
    [
        ("商標備案", "商标备案"),
        ("海關扣留貨物", "海关扣留货物"),
        ("商标备案", "商标备案"),
        ("Customs RECORDATION", "Customs RECORDATION"),
    ],
)
def test_traditional_characters_become_simplified(typed: str, simplified: str) -> None:
    assert simplify(typed) == simplified


def test_repeated_marks_become_one() -> None:
    assert single_marks("what??? 多少钱。。。 ok") == "what? 多少钱。 ok"


def test_a_long_row_of_at_signs_is_read_in_no_time() -> None:
    begun = time.perf_counter()
    for_matching("a@" * 2000)
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("text", ["write to a@b.cn or c.d@e.org", "a@b.cn,c.d@e.org"])
def test_addresses_ask_for_nothing(text: str) -> None:
    assert "b" not in for_matching(text).split()
    assert "org" not in for_matching(text)


@pytest.mark.parametrize("same", ["HOW MUCH?", "how  much??", "Ｈｏｗ　ｍｕｃｈ？", "How much?!"])
def test_spellings_of_one_question_match_as_one(same: str) -> None:
    assert for_matching(same) == "how much"


@pytest.mark.parametrize(
    ("typed", "matched"),
    [
        ("goods worth RMB 15,000", "goods worth rmb #"),
        ("goods worth RMB 48000.50", "goods worth rmb #"),
        ("in 2026", "in 2026"),
        ("class 25", "class 25"),
        ("see https://example.com/a?b or me@example.com now", "see or now"),
        ("sooooo slow", "soo slow"),
        ("don't", "dont"),
        ("!!!", ""),
    ],
)
def test_only_the_words_that_tell_the_question_are_matched(typed: str, matched: str) -> None:
    assert for_matching(typed) == matched


def test_amounts_differ_but_their_questions_match() -> None:
    assert for_matching("security for RMB 15,000?") == for_matching("security for RMB 480,000?")


def test_digits_stay_for_those_who_read_amounts() -> None:
    assert normalise("RMB 15,000 or １５万") == "rmb 15,000 or 15万"


@given(st.text())
def test_evening_out_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert for_matching(for_matching(text)) == for_matching(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_capitals_never_matter(text: str) -> None:
    assert normalise(text).islower() or normalise(text).lower() == normalise(text)
