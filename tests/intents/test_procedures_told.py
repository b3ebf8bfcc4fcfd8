"""Whole procedures: the days that are named, those that are not, and the picture."""

from __future__ import annotations

from datetime import date

import pytest

from intents.engine import Engine
from knowledge import procedures
from knowledge.model import LANGUAGES, Language
from tests.intents.asking import TODAY, ask, first_line, intent, lists, named, pictures

PROCEDURES = {
    f"procedure.{name}": procedure.drawn for name, procedure in procedures.china().items()
}


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Show me the whole ex officio case step by step; the notice was served on 2026-11-20",
            "after the day the notice is served. Last day: 25 November 2026.",
        ),
        ("请列出依职权案件的时间表，通知送达日2026年11月20日", "最后一日：2026年11月25日。"),
    ],
)
def test_a_named_day_counts_the_terms_that_run_from_it_and_no_others(
    engine: Engine, text: str, last: str
) -> None:
    answer = ask(engine, text)
    assert intent(answer) == "procedure.ex_officio"
    [steps] = lists(answer)
    assert last in steps[2]
    assert len([step for step in steps if "2026" in step]) == 1
    assert [picture.days for picture in pictures(answer)] == [{"served": date(2026, 11, 20)}]
    assert "cn.exofficio.response_deadline" in answer.facts


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Show me the whole ex officio case step by step, 2026-11-20",
            "tell me if it is the day the notice is served or the day of detention or the day the goods are released",
        ),
        (
            "请列出依职权案件的时间表，2026年11月20日",
            "请告诉我这是不是通知送达之日",
        ),
        (
            "Show me the whole ex officio case step by step, served and seized 2026-11-20",
            "tell me if it is",
        ),
    ],
)
def test_of_a_day_that_could_be_several_none_is_guessed_but_it_is_asked(
    engine: Engine, text: str, asked: str
) -> None:
    answer = ask(engine, text)
    assert intent(answer) == "procedure.ex_officio"
    assert asked in first_line(answer)
    assert not any("2026" in step for step in lists(answer)[0])
    assert [picture.days for picture in pictures(answer)] == [{}]


def test_of_two_days_none_is_counted_from(engine: Engine) -> None:
    answer = engine.topic("procedure.change", "en", TODAY, named(TODAY, date(2026, 11, 1)))
    assert "tell me if it is the day of the change" in first_line(answer)


def test_the_day_was_that_of_the_clock_abroad(engine: Engine) -> None:
    text = "Notice served on 2026-11-19 at 22:00 Berlin time: show me the whole ex officio case"
    answer = ask(engine, f"{text} step by step")
    assert "Last day: 25 November 2026." in lists(answer)[0][2]
    assert [picture.days for picture in pictures(answer)] == [{"served": date(2026, 11, 20)}]


def test_a_renewal_is_told_with_its_window(engine: Engine) -> None:
    answer = engine.topic("procedure.renewal", "en", TODAY, named(date(2027, 8, 31)))
    assert "tell me if it is the last day of the recordation" in first_line(answer)
    text = "Can you show me the whole renewal, step by step? It expires on 31 August 2027"
    assert "From 28 February 2027 to 31 August 2027." in lists(ask(engine, text))[0][1]


@pytest.mark.parametrize("topic", PROCEDURES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_procedure_is_told_and_only_a_drawn_one_has_a_picture(
    engine: Engine, topic: str, language: Language
) -> None:
    answer = engine.topic(topic, language, TODAY)
    [steps] = lists(answer)
    assert len(steps) == len(procedures.procedure(topic.partition(".")[2]).steps)
    shown = pictures(answer)
    assert len(shown) == PROCEDURES[topic]
    assert all((each.language, each.days) == (language, {}) for each in shown)


def test_the_drawn_procedures_are_those_of_recordation_and_seizure() -> None:
    drawn = {name.partition(".")[2] for name, drawn in PROCEDURES.items() if drawn}
    assert drawn == {"recordation", "ex_officio", "on_application"}


def test_of_a_day_without_rules_the_steps_are_not_told(engine: Engine) -> None:
    answer = engine.topic("procedure.counter_security", "en", date(2005, 1, 1))
    assert not lists(answer)


@pytest.mark.parametrize(
    ("text", "last_day"),
    [
        ("ex officio detention on 7 December 2026, last day for the court's notice", "22 February"),
        ("海关依职权扣留，2026年12月7日扣留的，法院通知最晚什么时候", "2027年2月22日"),
    ],
)
def test_a_courts_notice_is_not_taken_for_the_notice_of_customs(
    engine: Engine, text: str, last_day: str
) -> None:
    assert last_day in ask(engine, text).text
