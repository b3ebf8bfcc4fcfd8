"""References people can read out."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from bot.leads.references import FORM, LETTERS, new_reference, read_reference
from tests.bot.leads.making import NOW, REFERENCE

references = st.builds(
    lambda month, letters: f"TW-{month:04}-{letters}",
    st.integers(0, 9999),
    st.text(LETTERS, min_size=5, max_size=5),
)


def test_year_month_and_chance() -> None:
    made = {new_reference(NOW) for _ in range(200)}
    assert len(made) == 200
    assert all(FORM.fullmatch(each) and each.startswith("TW-2611-") for each in made)


def test_no_letter_is_taken_for_another() -> None:
    assert not set("ILOU") & set(LETTERS)
    assert len(set(LETTERS)) == 32


@given(references, st.randoms(use_true_random=False))
def test_however_it_is_typed_it_is_understood(reference: str, chance: object) -> None:
    typed = "".join(
        chance.choice((letter.lower(), letter, f" {letter}"))  # type: ignore[attr-defined]
        for letter in reference.replace("-", "")
    )
    look_alikes = typed.replace("0", "o").replace("1", "l")
    assert read_reference(reference) == reference
    assert read_reference(look_alikes) == reference


@given(st.text(string.printable))
def test_what_is_none_is_none(text: str) -> None:
    found = read_reference(text)
    assert found is None or FORM.fullmatch(found)


def test_near_misses() -> None:
    assert read_reference("tw 2611 7kq4m.") == REFERENCE
    for text in ("", "TW-2611-7KQ4", "TW-2611-7KQ4MM", "XX-2611-7KQ4M", "TW-26B1-7KQ4M"):
        assert read_reference(text) is None
