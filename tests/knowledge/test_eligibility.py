"""May this right be recorded by this applicant? Obstacles before doubts, doubts before a yes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.eligibility import CASE, Outcome, Rule, Subject, china, judge

WEIGHT = list(Outcome)
cases = st.fixed_dictionaries(
    {}, optional={part: st.sampled_from(values) for part, values in CASE.items()}
)


def outcome(**case: str) -> Outcome | None:
    found = judge(china(), case)
    return found.outcome if found else None


def rule(name: str, verdict: Outcome, **wants: str) -> Rule:
    data = {part: (value,) for part, value in wants.items()}
    return Rule.model_validate({"id": name, "verdict": verdict, "facts": ("cn.a",), **data})


def cases_for(rule: Rule) -> Iterator[dict[str, str]]:
    """Every case that meets the rule's conditions and says no more, but for a subject where it names none."""
    wanted = {part: rule.wants(part) for part in CASE if rule.wants(part)}
    wanted.setdefault("subject", tuple(Subject))
    for values in product(*wanted.values()):
        yield dict(zip(wanted, values, strict=True))


@pytest.mark.parametrize("rule", china(), ids=lambda rule: rule.id)
def test_each_rule_decides_some_case(rule: Rule) -> None:
    verdicts = [judge(china(), case) for case in cases_for(rule)]
    assert any(
        found and rule in found.reasons and found.outcome is rule.verdict for found in verdicts
    )


@pytest.mark.parametrize(
    ("case", "verdict"),
    [
        ({"subject": "trademark"}, Outcome.YES),
        ({"subject": "trademark", "state": "registered"}, Outcome.YES),
        ({"subject": "trademark", "state": "madrid"}, Outcome.YES),
        ({"subject": "trademark", "state": "pending"}, Outcome.NOT_YET),
        ({"subject": "trademark", "state": "foreign_only"}, Outcome.NOT_YET),
        ({"subject": "trademark", "state": "expired"}, Outcome.NOT_YET),
        ({"subject": "copyright", "state": "unregistered"}, Outcome.YES),
        ({"subject": "copyright", "state": "expired"}, Outcome.NOT_YET),
        ({"subject": "design", "state": "unregistered"}, Outcome.NOT_YET),
        ({"subject": "service_mark", "state": "registered"}, Outcome.NO),
        ({"subject": "trade_secret"}, Outcome.NO),
        ({"subject": "geographical_indication"}, Outcome.UNSURE),
        ({"subject": "trademark", "role": "co_owner"}, Outcome.UNSURE),
        ({"subject": "trademark", "role": "licensee"}, Outcome.NO),
        ({"subject": "trademark", "origin": "abroad", "holder": "person"}, Outcome.YES),
    ],
)
def test_the_verdict_on_a_case(case: dict[str, str], verdict: Outcome) -> None:
    assert outcome(**case) is verdict


@pytest.mark.parametrize("subject", Subject)
def test_there_is_a_verdict_on_every_subject(subject: Subject) -> None:
    assert outcome(subject=subject) is not None


def test_an_obstacle_counts_for_more_than_a_doubt_and_a_doubt_for_more_than_a_yes() -> None:
    yes = rule("yes", Outcome.YES, subject="trademark")
    doubt = rule("doubt", Outcome.UNSURE, role="co_owner")
    later = rule("later", Outcome.NOT_YET, state="pending")
    never = rule("never", Outcome.NO, holder="person")
    rules = (yes, doubt, later, never)
    case = {"subject": "trademark"}
    for more, outcome, reasons in (
        ({}, Outcome.YES, (yes,)),
        ({"role": "co_owner"}, Outcome.UNSURE, (doubt,)),
        ({"state": "pending"}, Outcome.NOT_YET, (later,)),
        ({"holder": "person"}, Outcome.NO, (later, never)),
    ):
        case |= more
        found = judge(rules, case)
        assert found
        assert (found.outcome, found.reasons) == (outcome, reasons)


def test_all_obstacles_are_reasons_and_no_yes_is_one() -> None:
    found = judge(china(), {"subject": "trademark", "state": "pending", "role": "licensee"})
    assert found
    assert [rule.id for rule in found.reasons] == ["pending_trademark", "licensee"]


@pytest.mark.parametrize(
    "case",
    [{}, {"state": "registered"}, {"role": "co_owner"}, {"origin": "abroad"}, {"holder": "person"}],
)
def test_of_a_subject_that_is_not_known_nothing_is_said(case: dict[str, str]) -> None:
    assert judge(china(), case) is None


def test_of_an_unknown_subject_only_what_stops_any_right_is_said() -> None:
    assert outcome(role="licensee") is Outcome.NO
    assert outcome(state="expired") is Outcome.NOT_YET


@given(case=cases, role=st.sampled_from(["licensee", "distributor"]))
def test_whoever_is_not_the_holder_is_told_no_whatever_else_is_so(
    case: dict[str, str], role: str
) -> None:
    before, after = judge(china(), case), judge(china(), {**case, "role": role})
    assert after
    assert after.outcome is Outcome.NO
    assert before is None or WEIGHT.index(after.outcome) <= WEIGHT.index(before.outcome)


@given(case=cases, data=st.data())
def test_what_is_told_in_addition_never_makes_the_verdict_better(
    case: dict[str, str], data: st.DataObject
) -> None:
    less = {part: case[part] for part in case if data.draw(st.booleans(), label=part)}
    before, after = judge(china(), less), judge(china(), case)
    if before:
        assert after
        assert WEIGHT.index(after.outcome) <= WEIGHT.index(before.outcome)


@given(case=cases)
def test_every_reason_applies_and_none_of_them_is_lighter_than_the_verdict_allows(
    case: dict[str, str],
) -> None:
    found = judge(china(), case)
    if found is None:
        return
    obstacles = {Outcome.NO, Outcome.NOT_YET}
    assert found.reasons
    for each in found.reasons:
        assert each.applies(case)
        assert each.verdict is found.outcome or {each.verdict, found.outcome} <= obstacles


def test_whatever_cannot_be_recorded_yet_says_what_comes_first() -> None:
    later = [rule for rule in china() if rule.verdict is Outcome.NOT_YET]
    assert later
    assert all(rule.first for rule in later)
