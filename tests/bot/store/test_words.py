"""The words by which a text is found again."""

from __future__ import annotations

import pytest

from bot.store.words import LONGEST, MOST, index_words, query_words, words


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("We RECORDED two Trademarks", "record trademark"),
        ("my company's licences", "company licence"),
        ("海關備案需要多久", "备案"),
        ("请问知识产权备案费用", "知识产权"),
        ("write to Li.Na@Example.com please", "li.na@example.com"),
        ("call +86 138 0013 8000", "13800138000"),
        ("call 138-0013-8000", "+8613800138000"),
        ("it is TW-2611-7KQ4M", "tw-2611-7kq4m"),
        ("ｆｕｌｌ width", "full"),
        ("the mark 1234567", "1234567"),
        ("the shop example.com", "example"),
    ],
)
def test_what_is_asked_finds_what_was_said(said: str, asked: str) -> None:
    sought = query_words(asked)
    assert sought
    assert set(sought) <= index_words(said)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("trademark", "trade"),
        ("138 0013 8000", "0013 8001"),
        ("备案", "案备"),
        ("Li.Na@Example.com", "li.na@example.org"),
    ],
)
def test_what_differs_is_not_found(said: str, asked: str) -> None:
    assert not set(query_words(asked)) <= index_words(said)


def test_little_words_are_not_looked_for() -> None:
    assert query_words("what is the") == ()


def test_an_address_is_looked_for_as_a_whole_only() -> None:
    assert query_words("li.na@example.com") == ("m:li.na@example.com",)


def test_each_word_knows_where_it_was_typed() -> None:
    text = "Ⅳ marks, 備案 and Li@example.com"
    found = {word.folded: text[word.start : word.end] for word in words(text)}
    assert found["mark"] == "marks"
    assert found["备案"] == "備案"
    assert found["m:li@example.com"] == "Li@example.com"


def test_noise_does_not_fill_the_index() -> None:
    assert len(index_words(" ".join(f"word{number}x" for number in range(5_000)))) <= MOST
    assert all(len(word) <= LONGEST for word in index_words("x" * 5_000))
