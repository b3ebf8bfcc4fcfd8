"""What each kind of field takes from a typed line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.fields import (
    LONGEST_LINE,
    LONGEST_TEXT,
    PARSERS,
    Accepted,
    FieldKind,
    Rejected,
    folded,
    tidy,
)

OPTIONS = {"agree": ("I agree", "yes", "同意"), "decline": ("I do not agree", "no", "不同意")}


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        (FieldKind.CHOICE, " Yes. ", "agree"),
        (FieldKind.CHOICE, "2", "decline"),
        (FieldKind.CHOICE, "不同意", "decline"),
        (FieldKind.CHOICE, "AGREE", "agree"),
        (FieldKind.REGISTRATION_NUMBER, "１２３４５６７", "1234567"),
        (FieldKind.REGISTRATION_NUMBER, "No. 1234567", "1234567"),
        (FieldKind.REGISTRATION_NUMBER, "zl 2020 3 0123456.7", "ZL 2020 3 0123456.7"),
        (FieldKind.REGISTRATION_NUMBER, "G1234567", "G1234567"),
        (FieldKind.REGISTRATION_NUMBER, "第1234567号", "第1234567号"),
        (
            FieldKind.REGISTRATION_NUMBER,
            "1234567, 2345678 and 3456789",
            "1234567, 2345678 AND 3456789",
        ),
        (FieldKind.LINE, "  Example   Trading\nLtd ", "Example Trading Ltd"),
        (FieldKind.LINE, "某某贸易有限公司", "某某贸易有限公司"),
        (FieldKind.TEXT, " shoes \n\n bags ", "shoes\nbags"),
        (FieldKind.CONTACT, "write to <name@example.com>, please", "name@example.com"),
        (FieldKind.CONTACT, "+44 20 7946 0958", "+442079460958"),
        (FieldKind.CONTACT, "138 0013 8000", "+8613800138000"),
        (FieldKind.CONSENT, "yes", "agree"),
    ],
)
def test_it_keeps(kind: FieldKind, text: str, kept: str) -> None:
    assert PARSERS[kind](text, OPTIONS) == Accepted(kept)


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        (FieldKind.CHOICE, "3", "choose_one"),
        (FieldKind.CHOICE, "", "choose_one"),
        (FieldKind.REGISTRATION_NUMBER, "I do not know", "no_registration_number"),
        (FieldKind.REGISTRATION_NUMBER, "123", "no_registration_number"),
        (FieldKind.LINE, "12345", "no_letters"),
        (FieldKind.LINE, "x" * (LONGEST_LINE + 1), "too_long"),
        (FieldKind.TEXT, "—", "no_letters"),
        (FieldKind.TEXT, "x" * (LONGEST_TEXT + 1), "too_long"),
        (FieldKind.CONTACT, "name@", "no_email"),
        (FieldKind.CONTACT, "call me", "no_contact"),
        (FieldKind.CONTACT, "12", "no_contact"),
    ],
)
def test_it_refuses_and_says_which_problem(kind: FieldKind, text: str, problem: str) -> None:
    assert PARSERS[kind](text, OPTIONS) == Rejected(problem)


@given(st.sampled_from(FieldKind), st.text(max_size=300))
def test_any_text_is_kept_or_refused_and_what_is_kept_is_kept_again(
    kind: FieldKind, text: str
) -> None:
    parsed = PARSERS[kind](text, OPTIONS)
    if isinstance(parsed, Accepted):
        assert PARSERS[kind](parsed.value, OPTIONS) == parsed


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert folded(text) == folded(folded(text)) or folded(text).casefold() != folded(text)


def test_control_characters_do_not_reach_the_agency() -> None:
    assert tidy("a\x00b\u202ec\u200b") == "abc"
