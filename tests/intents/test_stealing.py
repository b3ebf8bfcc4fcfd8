"""No phrase is stolen: none is nearly the same as a phrase of another intent."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from intents.catalogue import Catalogue
from intents.evidence.lexical import sorted_words
from intents.normalise import for_matching
from intents.stealing import NEARLY_THE_SAME, Owned, owned, stolen


def test_no_phrase_is_nearly_one_of_another_intent() -> None:
    phrases = owned(Catalogue.load().every_phrase)
    assert len(phrases) > 10_000
    assert not list(map(str, stolen(phrases)))


def test_a_theft_is_told_once() -> None:
    phrases = owned(
        {"en": {"a.a": ["how much is the fee"], "b.b": ["how much is the fees?", "other"]}}
    )
    [theft] = stolen(phrases)
    assert theft.phrase == Owned("en", "a.a", "how much is the fee")
    assert theft.other == Owned("en", "b.b", "how much is the fees?")
    assert str(theft) == (
        "'how much is the fee' is nearly 'how much is the fees?' of b.b (97 of 100)"
    )


def test_within_an_intent_nothing_is_stolen() -> None:
    assert not stolen(owned({"en": {"a.a": ["the fee", "the fee?"]}, "fr": {"a.a": ["the fees"]}}))


def test_the_order_of_words_is_no_disguise() -> None:
    [theft] = stolen(owned({"en": {"a.a": ["fee for a mark"], "b.b": ["for a mark: fee"]}}))
    assert theft.likeness == 100


def test_the_likest_comes_first() -> None:
    groups = {"a.a": ["renew the mark", "pay the fee"], "b.b": ["renew the marks", "pay the fee"]}
    assert [theft.likeness for theft in stolen(owned({"en": groups}), 80)] == [100, 97]


PHRASES = st.lists(
    st.tuples(st.sampled_from("ab"), st.text("ab cd", min_size=1, max_size=12)), max_size=12
)


@given(PHRASES, st.sampled_from([60, 80, NEARLY_THE_SAME, 100]))
def test_the_quick_way_finds_what_the_slow_way_finds(
    phrases: list[tuple[str, str]], threshold: int
) -> None:
    given_ = [Owned("en", f"{intent}.x", text) for intent, text in phrases]
    keys = [sorted_words(for_matching(each.text)) for each in given_]
    slow = sum(
        left.intent != right.intent and fuzz.ratio(keys[i], keys[i + 1 + j]) >= threshold
        for i, left in enumerate(given_)
        for j, right in enumerate(given_[i + 1 :])
    )
    assert len(stolen(given_, threshold)) == slow


@pytest.mark.parametrize("seed", range(3))
def test_many_phrases_are_compared_across_blocks(seed: int) -> None:
    chance = random.Random(seed)
    texts = ["".join(chance.choices("abcdefgh ", k=20)) for _ in range(700)]
    groups = {f"i.n{number}": [text] for number, text in enumerate(texts)}
    place = chance.randrange(700)
    groups["i.thief"] = [f"{texts[place]}x"]
    found = stolen(owned({"en": groups}), 90)
    assert f"i.n{place}" in {
        theft.phrase.intent for theft in found if theft.other.intent == "i.thief"
    }
