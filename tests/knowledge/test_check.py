"""The knowledge base keeps its own rules, and the check would notice if it did not."""

from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from knowledge.check import check, check_facts
from knowledge.library import CHINA, Library, china
from knowledge.model import Fact
from knowledge.problems import Problem
from knowledge.review import due


def test_chinas_facts_keep_the_rules() -> None:
    assert not check()


def _library(**changes: Any) -> Library:
    fact = {
        "id": "cn.a",
        "en": "It takes {a}.",
        "zh": "需要{a}。",
        "values": {"a": "3 days"},
        "basis": {"cn.regulations": [8]},
        "source": ["S1"],
        "verified_on": date(2026, 11, 22),
        "review_due": date(2027, 11, 22),
    } | changes
    return Library(MappingProxyType({"cn.a": Fact.model_validate(fact)}), china().instruments)


def found(library: Library) -> list[Problem]:
    return check_facts(library, CHINA / "facts")


def test_a_fact_in_order_is_in_order() -> None:
    assert found(_library()) == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"basis": {"cn.nothing": []}}, "no instrument cn.nothing"),
        ({"basis": {"cn.measures": [23]}}, "not confirmed"),
        ({"review_due": date(2026, 11, 22)}, "due before"),
        ({"source": []}, "no source"),
        ({"zh": "需要三天。"}, "different values: a"),
        ({"en": "{a}"}, "not an English sentence"),
        ({"zh": "takes {a}"}, "not a Chinese sentence"),
        ({"en": "It takes  {a}."}, "stray spaces"),
        ({"en": "It takes {a}, at most 5 days."}, "'5 days' is a value; name it under `values`"),
        ({"zh": "需要{a}，费用800元。"}, "'800元' is a value"),
    ],
)
def test_what_breaks_a_rule_is_named(changes: dict[str, Any], complaint: str) -> None:
    [problem] = found(_library(**changes))
    assert problem.where == "knowledge/china/facts: cn.a"
    assert complaint in str(problem)


def test_two_periods_that_say_the_same_on_the_same_basis_are_one() -> None:
    period = {"en": "It is so.", "zh": "是这样的。"}
    periods = [period | {"until": date(2026, 12, 31)}, period | {"from": date(2027, 1, 1)}]
    base = (
        _library().facts["cn.a"].model_dump(include={"id", "source", "verified_on", "review_due"})
    )
    built = Fact.model_validate(base | {"basis": {"cn.regulations": [8]}, "periods": periods})
    library = Library(MappingProxyType({"cn.a": built}), china().instruments)
    assert [problem.what for problem in found(library)] == [
        "two periods say the same on the same basis"
    ]


def test_the_longest_overdue_comes_first() -> None:
    nothing = due(china(), date(2026, 11, 22))
    assert nothing == []
    later = due(china(), date(2027, 6, 1))
    assert later
    assert [each.days for each in later] == sorted((each.days for each in later), reverse=True)
    assert all(each.fact.review_due < date(2027, 6, 1) for each in later)
