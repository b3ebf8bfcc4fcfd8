"""The assistant sits the examination that lies in `tests/eval`."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.asking import as_json, ask, questions
from bot.evaluation import Mark, Tally
from tests.prepared import prepared_engine

EXAM = Path(__file__).parent / "eval" / "questions.jsonl"
TODAY = date(2026, 11, 22)
"""The exam reckons its sums for this month."""


@pytest.fixture(scope="module")
def tally() -> Tally:
    engine, found = prepared_engine(), Tally()
    for question in questions(EXAM):
        found.add(question, as_json(question["q"], ask(engine, question["q"], TODAY)))
    return found


def shares(counts: Counter[Mark]) -> tuple[float, float]:
    """What was right, and what was wrong."""
    right = counts[Mark.HIT] + counts[Mark.FULL]
    return right / counts.total(), counts[Mark.WRONG] / counts.total()


def report(tally: Tally) -> str:
    return "\n".join([*tally.rows(), "", *tally.shown])


def test_english_questions_of_our_subject(tally: Tally, capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong = shares(tally.counts["in_scope", "en"])
    with capsys.disabled():
        print(f"\nEnglish in scope: right {right:.1%}, wrong {wrong:.1%}")  # noqa: T201
    assert right >= 0.80, report(tally)
    assert wrong <= 0.06, report(tally)


def test_chinese_questions_of_our_subject(tally: Tally, capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong = shares(tally.counts["in_scope", "zh"])
    with capsys.disabled():
        print(f"\nChinese in scope: right {right:.1%}, wrong {wrong:.1%}")  # noqa: T201
    assert right >= 0.80, report(tally)


def test_every_question_of_the_exam_was_marked(tally: Tally) -> None:
    assert tally.counts["ALL", "all"].total() == len(list(questions(EXAM))) >= 300
