"""Marks are given by the same rules as the scorer the questions come with."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation import Mark, Tally, mark

SHARED = Path(os.environ.get("TIDEWAITER_SHARED", Path(__file__).parents[3] / "shared"))


def _question(kind: str = "in_scope", *facts: str, tags: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"q": "?", "lang": "en", "kind": kind, "fact_ids": list(facts), "tags": list(tags)}


def _answer(kind: str = "answer", *facts: str) -> dict[str, Any]:
    return {"question": "?", "kind": kind, "facts": list(facts)}


MANY = tuple(f"cn.x.{n}" for n in range(9))

CASES = [
    (_question("in_scope", "cn.a"), _answer("answer", "cn.a"), Mark.FULL),
    (_question("in_scope", "cn.a", "cn.b"), _answer("answer", "cn.a"), Mark.HIT),
    (_question("in_scope", "cn.a", "bot.b"), _answer("answer", "cn.a"), Mark.FULL),
    (_question("in_scope", "cn.a"), _answer("answer", "cn.b"), Mark.WRONG),
    (_question("in_scope", MANY[0]), _answer("answer", *MANY), Mark.WRONG),
    (_question("in_scope", "cn.a"), _answer("clarify"), Mark.MISS),
    (_question("in_scope", "cn.a", tags=("urgent",)), _answer("escalate", "cn.a"), Mark.HIT),
    (_question("in_scope", "cn.a", tags=("urgent",)), _answer("escalate"), Mark.MISS),
    (_question("in_scope", "bot.evasion"), _answer("refuse"), Mark.HIT),
    (_question("near_scope", "cn.a"), _answer("clarify"), Mark.HIT),
    (_question("near_scope", "cn.a"), _answer("smalltalk"), Mark.MISS),
    (_question("out_of_scope"), _answer("refuse"), Mark.HIT),
    (_question("out_of_scope"), _answer("answer", "cn.a"), Mark.WRONG),
    (_question("out_of_scope"), _answer("smalltalk"), Mark.MISS),
    (_question("human_request"), _answer("escalate"), Mark.HIT),
    (_question("lead"), _answer("intake"), Mark.HIT),
    (_question("smalltalk"), _answer("smalltalk"), Mark.HIT),
]


@pytest.mark.parametrize(("question", "answer", "expected"), CASES)
def test_the_mark(question: dict[str, Any], answer: dict[str, Any], expected: Mark) -> None:
    assert mark(question, answer) is expected


def test_the_table_counts_kinds_and_languages_and_shows_what_failed() -> None:
    tally = Tally()
    tally.add(_question("in_scope", "cn.a"), _answer("answer", "cn.a"))
    tally.add(_question("in_scope", "cn.a") | {"lang": "ar"}, _answer("clarify"))
    rows = list(tally.rows())
    assert rows[0] == (
        "ALL           all   n=  2  right  50.0%  full  50.0%  wrong   0.0%  miss  50.0%"
    )
    assert [row.split()[1] for row in rows[1:]] == ["all", "en", "other"]
    assert len(tally.shown) == 1


def test_the_table_is_the_scorers_own(tmp_path: Path) -> None:
    scorer = SHARED / "eval" / "score.py"
    if not scorer.is_file():
        pytest.skip("NO SCORER beside the project: our table was not compared with it")
    tally, questions, answers = Tally(), tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    for question, answer, _ in CASES:
        tally.add(question, answer)
    questions.write_text("\n".join(json.dumps(case[0]) for case in CASES), encoding="utf-8")
    answers.write_text("\n".join(json.dumps(case[1]) for case in CASES), encoding="utf-8")
    printed = subprocess.run(
        [sys.executable, str(scorer), str(questions), str(answers)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout.splitlines() == list(tally.rows())
