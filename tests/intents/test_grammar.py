"""Phrases with gaps become phrases, evenly chosen, always the same; what cannot be read is named."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.errors import GrammarError
from intents.grammar import MOST, TOO_MANY, escaped, expand

LISTS = {"record": ["recordation", "recordal", "filing"], "one": ["(x)"]}


@pytest.mark.parametrize(
    ("line", "phrases"),
    [
        ("how much", ["how much"]),
        ("how much [please]", ["how much please", "how much"]),
        ("[please] how much", ["please how much", "how much"]),
        ("(how|where) to file", ["how to file", "where to file"]),
        ("[hi|hello] there", ["hi there", "hello there", "there"]),
        ("the {record} fee", ["the recordation fee", "the recordal fee", "the filing fee"]),
        ("{one} y", ["(x) y"]),
        ("a [b [c]] d", ["a b c d", "a b d", "a d"]),
        ("(a|b [c]) d", ["a d", "b c d", "b d"]),
        (r"a \(b\) \[c\] \{d\} \| \\", [r"a (b) [c] {d} | \ ".strip()]),
        ("how much[, please]?", ["how much, please?", "how much?"]),
        (
            "你们[会]说(英语|英文)吗",
            ["你们会说英语吗", "你们说英语吗", "你们会说英文吗", "你们说英文吗"],
        ),
        ("(a|a) b", ["a b"]),
    ],
)
def test_a_line_becomes_its_phrases(line: str, phrases: list[str]) -> None:
    assert sorted(expand(line, LISTS)) == sorted(phrases)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("how [much", "[ is not closed"),
        ("how (much|many", "( is not closed"),
        ("how (much]", "( is not closed"),
        ("how {record", "{ is not closed"),
        ("how much]", "] closes nothing"),
        ("how much)", ") closes nothing"),
        ("how much}", "} closes nothing"),
        ("how|much", "a | stands between"),
        ("{price} now", "no list 'price'; there are: one, record"),
        ("how (much|)", "an alternative is empty"),
        ("how (|much)", "an alternative is empty"),
        ("how (much| )", "an alternative is empty"),
        ("how []", "an alternative is empty"),
        ("how (much)", "with one alternative"),
        ("[how] [much]", "nothing is left of it"),
        (r"how \much", "stands before a sign"),
        ("how\\", "stands before a sign"),
        (" ".join(["(a|b)"] * 12), "it stands for 4,096 phrases"),
    ],
)
def test_what_is_wrong_in_a_line_is_said(line: str, wrong: str) -> None:
    with pytest.raises(GrammarError) as caught:
        expand(line, LISTS)
    assert wrong in str(caught.value)


def test_without_lists_none_is_named() -> None:
    with pytest.raises(GrammarError, match="there are: none"):
        expand("{record}", {})


def test_long_lines_are_kept_short_and_no_word_is_left_out() -> None:
    found = expand("(a|b|c|d) (e|f|g) [h] {record} (i|j)", LISTS)
    assert len(found) == MOST
    said = Counter(word for phrase in found for word in phrase.split())
    assert set(said) == {*"abcdefghij", *LISTS["record"]}


SIGNS = "[](){}|\\"
WORDS = st.text("abc 的", min_size=1, max_size=6).filter(lambda text: bool(text.strip()))


def lines() -> st.SearchStrategy[str]:
    """Lines that can be read."""
    plain = WORDS | st.just("{record}")
    return st.recursive(
        plain,
        lambda inner: st.one_of(
            inner.map("[{}]".format).map(lambda text: f"a{text}"),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
            st.lists(inner, min_size=1, max_size=3).map(" ".join),
        ),
        max_leaves=8,
    )


@given(lines())
def test_what_can_be_read_becomes_few_different_phrases_without_signs(line: str) -> None:
    found = expand(line, LISTS)
    assert 1 <= len(found) <= MOST
    assert len(set(found)) == len(found)
    for phrase in found:
        assert phrase == phrase.strip()
        assert "  " not in phrase
        assert not set(phrase) & set(SIGNS)


@given(lines(), st.integers(1, 40))
def test_the_same_line_always_becomes_the_same_phrases(line: str, most: int) -> None:
    assert expand(line, LISTS, most) == expand(line, LISTS, most)
    assert set(expand(line, LISTS, most)) <= set(expand(line, LISTS, TOO_MANY))


@given(st.text(SIGNS + "ab的?", min_size=1))
def test_any_text_escaped_is_itself(text: str) -> None:
    assert expand(escaped(text), {}) == (text,)


@given(st.text(SIGNS + "ab ", max_size=20))
def test_any_line_is_read_or_refused(line: str) -> None:
    try:
        found = expand(line, LISTS)
    except GrammarError:
        return
    assert len(found) <= MOST
