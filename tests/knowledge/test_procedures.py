"""Procedures as data: what they name exists, what they are counted from is named, and nonsense is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import procedures
from knowledge.check import check_procedures
from knowledge.errors import DataFileError, UnknownProcedureError
from knowledge.library import CHINA, china
from knowledge.procedures import Actor

ANSWER = "fact: cn.exofficio.response_deadline, value: response"
DUE = f"      due: {{{ANSWER}, day: zero}}\n"
GOOD = """\
some:
  en: Something
  zh: 某程序
  days:
    zero: {en: the day, zh: 当天}
  steps:
    - who: customs
      en: It begins
      zh: 开始
      facts: [cn.exofficio.step1_notice]
    - who: holder
      en: It is answered
      zh: 答复
      facts: [cn.exofficio.response_deadline]
      due: {fact: cn.exofficio.response_deadline, value: response, day: zero}
      missed: cn.exofficio.no_response
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, text: str) -> Path:
    (folder / "some.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_ten_procedures_are_there_in_both_languages() -> None:
    assert set(procedures.china()) == {
        *("recordation", "renewal", "change", "assignment", "general_guarantee"),
        *("ex_officio", "on_application", "held_goods", "counter_security", "before_production"),
    }
    for procedure in procedures.china().values():
        assert procedure.text("en") != procedure.text("zh")


def test_ours_keep_the_rules() -> None:
    assert check_procedures(china(), CHINA / "procedures") == []


def test_whoever_misses_the_answer_to_a_notice_reads_what_happens_then() -> None:
    answer = procedures.procedure("ex_officio").steps[2]
    assert answer.who is Actor.HOLDER
    assert answer.due is not None
    assert (answer.due.day, answer.missed) == ("served", "cn.exofficio.no_response")


def test_a_name_that_is_none_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownProcedureError, match="renewal"):
        procedures.procedure("nothing")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("day: zero", "day: one", "one: no such day"),
        (DUE, "", "zero: nothing is due|can be missed"),
        ("    zero: {en", "    other: {en: o, zh: 别}\n    zero: {en", "other: nothing is due"),
        ("who: holder", "who: nobody", r"some\.yaml:11: some\.steps\.1\.who"),
        ("zh: 答复", "tw: 答复", r"some\.yaml:13: some\.steps\.1\.tw: no entry has this key"),
        (
            "facts: [cn.exofficio.step1_notice]",
            "facts: []",
            r"some\.yaml:10: some\.steps\.0\.facts",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(folder: Path, old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(DataFileError, match=complaint):
        procedures.load(write(folder, GOOD.replace(old, new)))


def test_a_procedure_in_two_files_is_refused(folder: Path) -> None:
    (folder / "again.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(DataFileError, match="stands in another file too"):
        procedures.load(write(folder, GOOD))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("facts: [cn.exofficio.step1_notice]", "facts: [cn.nothing]", "no fact cn.nothing"),
        ("value: response", "value: answer", "has no value answer"),
        (
            "{fact: cn.exofficio.response_deadline, value: response",
            "{fact: cn.security.tier1, value: rate",
            "is no term",
        ),
        ("en: It is answered", "en: It is answered in 3 days", "numbers stand in the facts"),
        ("zh: 答复", "zh: 三个工作日内答复", "numbers stand in the facts"),
        ("zh: 答复", "zh: answer", "the languages are mixed up"),
        ("en: Something", "en: ' Something'", "stray spaces"),
    ],
)
def test_what_breaks_a_rule_is_named(folder: Path, old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    problems = check_procedures(china(), write(folder, GOOD.replace(old, new)))
    assert any(complaint in str(problem) for problem in problems), problems


def test_a_file_that_cannot_be_read_is_one_problem(folder: Path) -> None:
    [problem] = check_procedures(china(), write(folder, "some: 1\n"))
    assert "some.yaml" in str(problem)
