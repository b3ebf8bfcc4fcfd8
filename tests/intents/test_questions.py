"""A message is taken apart into its questions, and a story is not a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.questions import asks, questions, sentences


def texts(message: str) -> list[str]:
    return [question.text for question in questions(message)]


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("How long does it take? How much is it?", 2),
        ("Is it compulsory, and does it cover exports?", 2),
        ("What does it cost and how long is it valid?", 2),
        ("1. how much is the fee\n2. how long does it take", 2),
        ("备案要多久？费用是多少？", 2),
        ("备案要多久，费用是多少", 2),
        ("Hello! How long is a recordation valid?", 1),
        ("你好，请问备案有效期是多久？", 1),
        ("Does it cover trademarks and copyright?", 1),
        ("Can we record patents, copyright and trademarks with customs?", 1),
        ("What does Art. 14 of the Regulations say?", 1),
        ("Do goods worth RMB 1.5 million need more security?", 1),
        ("goods worth RMB 150,000, how much security, and who pays storage?", 2),
        ("If we record our mark, can we stop exports?", 1),
        ("hello", 1),
        ("备案", 1),
        ("", 1),
    ],
)
def test_a_message_has_as_many_questions_as_it_asks(message: str, count: int) -> None:
    assert len(questions(message)) == count, texts(message)


def test_a_story_is_the_context_of_the_question_it_leads_to() -> None:
    [question] = questions("We make bags. Some were stopped in Ningbo. Who pays the storage?")
    assert question.text == "Who pays the storage?"
    assert "Ningbo" in question.before


def test_what_is_told_after_the_last_question_belongs_to_it() -> None:
    [question] = questions("Who pays the storage? The goods lie in Ningbo.")
    assert "Ningbo" in question.before


def test_a_message_that_asks_nothing_is_one_question_as_a_whole() -> None:
    assert texts("Our goods were stopped. They lie in Ningbo.") == [
        "Our goods were stopped. They lie in Ningbo."
    ]


def test_a_short_question_after_another_may_lean_on_it() -> None:
    first, second = questions("How long does recordation take? And the cost?")
    assert not first.follows
    assert second.follows


@pytest.mark.parametrize(
    ("piece", "asking"),
    [
        ("what is the fee", True),
        ("the fee?", True),
        ("please send me a list", True),
        ("备案要多久", True),
        ("请介绍一下", True),
        ("we sell bags", False),
        ("我们做箱包", False),
    ],
)
def test_what_asks_is_told_from_what_tells(piece: str, asking: bool) -> None:
    assert asks(piece) is asking


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two. Three.", 3),
        ("ABC Co. Ltd. sells bags", 1),
        ("A\nB", 2),
        ("好。行！", 2),
        ("", 0),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@given(st.text())
def test_every_message_has_at_least_one_question(text: str) -> None:
    assert questions(text)


ASKED = (
    "How long does recordation take?",
    "What documents do we need?",
    "Who pays the storage fees?",
    "备案有效期多久？",
    "担保金是多少？",
)


@given(st.lists(st.sampled_from(ASKED), min_size=1, max_size=4, unique=True))
def test_whole_questions_in_a_row_are_told_apart(asked: list[str]) -> None:
    assert len(questions(" ".join(asked))) == len(asked)
