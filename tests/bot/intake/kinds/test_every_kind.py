"""What holds for every kind of field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.texts import ids, names, wordings
from bot.intake.kinds import KINDS, FieldKind
from bot.intake.kinds.base import Accepted, Asked, Rejected
from knowledge.model import LANGUAGES, Language
from tests.bot.intake.asking import RECORDATION, TODAY

ASKED = Asked(TODAY, RECORDATION.options("rights.1.right_type"), "trademark")
ANY_TEXT = st.one_of(
    st.text(max_size=300),
    st.text(alphabet=st.characters(), max_size=60),
    st.text(alphabet="0123456789 ,.;GZL/年月日号第yes和and@+-()，；\ud800\n", max_size=60),
)
LANGUAGE = st.sampled_from(LANGUAGES)
OPTIONS = {FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.CONSENT}
"""Their answers are shown by the form, which knows their buttons."""


@given(st.sampled_from(FieldKind), ANY_TEXT)
def test_any_text_is_taken_or_refused_and_what_is_kept_is_kept_again(
    kind: FieldKind, text: str
) -> None:
    parsed = KINDS[kind].parse(text, ASKED)
    for value in (parsed.value, *parsed.more) if isinstance(parsed, Accepted) else ():
        assert KINDS[kind].parse(value, ASKED) == Accepted(value)


@given(st.sampled_from(sorted(set(FieldKind) - OPTIONS)), ANY_TEXT, LANGUAGE)
def test_what_is_kept_is_shown_in_words_that_mean_the_same(
    kind: FieldKind, text: str, language: Language
) -> None:
    parsed = KINDS[kind].parse(text, ASKED)
    if isinstance(parsed, Accepted):
        shown = KINDS[kind].shown(parsed.value, language)
        assert KINDS[kind].parse(shown, ASKED) == Accepted(parsed.value)


@given(st.sampled_from(FieldKind), ANY_TEXT)
def test_what_is_found_in_a_text_is_what_its_own_words_say(kind: FieldKind, text: str) -> None:
    find = KINDS[kind].find
    found = find(text, ASKED) if find else None
    if found is not None:
        parsed = KINDS[kind].parse(found.raw, ASKED)
        assert isinstance(parsed, Accepted)
        assert parsed.value == found.value


@pytest.mark.parametrize("kind", FieldKind)
@pytest.mark.parametrize("text", ["x" * 4000, "1" * 4000, "一" * 4000, "a, " * 1300, "\n" * 4000])
def test_the_longest_message_is_read_too(kind: FieldKind, text: str) -> None:
    assert isinstance(KINDS[kind].parse(text, ASKED), Accepted | Rejected)


@given(st.sampled_from(FieldKind), ANY_TEXT)
def test_every_refusal_has_its_sentence_and_all_that_it_fills_in(
    kind: FieldKind, text: str
) -> None:
    parsed = KINDS[kind].parse(text, ASKED)
    if isinstance(parsed, Rejected):
        assert f"problems.{parsed.problem}" in ids("en")
        for words in wordings(f"problems.{parsed.problem}", "en"):
            assert names(words) == set(parsed.values)
