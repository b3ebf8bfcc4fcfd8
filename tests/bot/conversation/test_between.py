"""What a line typed in a form is: an answer, a question in between, or both."""

import pytest

from bot.conversation.between import asks_openly, besides_questions


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("It's Italy. How long does it take?", "It's Italy."),
        ("意大利。要多久？", "意大利。"),
        ("意大利，要多久？", "意大利"),
        ("Italy, and how long does it take?", "Italy"),
        ("How long does it take? It's Italy.", "It's Italy."),
        ("How long does it take?", ""),
        ("It's Italy.", ""),
        ("Rossi S.p.A.", ""),
        ("", ""),
    ],
)
def test_what_is_told_besides_a_question(typed: str, told: str) -> None:
    assert besides_questions(typed) == told


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("How long?", True),
        ("Rossi S.p.A. How long? Thanks.", True),
        ("要多久？", True),
        ("Rossi", False),
        ("", False),
    ],
)
def test_a_question_mark_asks_openly(typed: str, *, asks: bool) -> None:
    assert asks_openly(typed) == asks
