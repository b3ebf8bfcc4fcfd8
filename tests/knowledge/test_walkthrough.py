"""A procedure told as text."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge import procedures
from knowledge.library import china
from knowledge.model import LANGUAGES, Language
from knowledge.walkthrough import Walkthrough

TODAY = date(2026, 11, 22)


def told(name: str, language: Language = "en", on: date = TODAY, **known: date) -> str:
    walkthrough = Walkthrough(china(), procedures.procedure(name), language, on)
    return "\n".join(walkthrough.lines(known))


def test_a_known_day_gives_the_last_day_of_every_term_from_it() -> None:
    text = told("ex_officio", served=date(2026, 3, 2))
    assert (
        "Time: 3 working days after the day the notice is served. Last day: 5 March 2026." in text
    )
    assert "Time: 30 working days after the day of detention.\n" in text, "no day, no date"
    assert "If missed: If the right holder does not apply" in text
    assert "Customs IPR Regulations Art. 16" in text


def test_a_window_is_told_from_its_first_day_to_its_last() -> None:
    text = told("renewal", "zh", expiry=date(2027, 8, 31))
    assert "期限：备案有效期届满之日前6个月内。自2027年2月28日至2027年8月31日。" in text
    assert "逾期：备案续展没有宽展期" in text


def test_a_day_that_may_move_is_told_to() -> None:
    assert "日期可能变动" in told("ex_officio", "zh", detained=date(2090, 1, 2))


def test_a_rule_past_its_review_is_told_to_be() -> None:
    assert "due to be checked again" not in told("change")
    late = told("change", on=date(2035, 1, 1))
    assert "Last checked on 22 November 2026; due to be checked again." in late


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(procedures.china()))
def test_every_step_states_its_rules_with_nothing_left_to_fill_in(
    name: str, language: Language
) -> None:
    text = told(name, language)
    assert "{" not in text
    for step in procedures.procedure(name).steps:
        assert step.text(language) in text
        for fact in step.rests_on:
            assert china().on(fact, TODAY).statement(language) in text
