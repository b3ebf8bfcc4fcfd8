"""Which questions a form comes to: dependent fields, rounds, the place among them."""

from __future__ import annotations

import pytest

from bot.intake import filling, steps
from bot.intake.progress import SUMMARY
from tests.bot.intake.asking import RECORDATION
from tests.bot.intake.walking import LINES, walked


def paths(*lines: str) -> list[str]:
    """The questions that apply after these answers."""
    return [step.path for step in steps.of(RECORDATION, walked(*lines))]


@pytest.mark.parametrize(
    ("right", "asked"),
    [
        ("trademark", "rights.1.mark_state"),
        ("service mark", "rights.1.mark_state"),
        ("patent", "rights.1.patent_state"),
        ("copyright", "rights.1.work_state"),
    ],
)
def test_each_right_is_asked_for_its_own_state(right: str, asked: str) -> None:
    states = [path for path in paths(right) if path.endswith("_state")]
    assert states == [asked]


def test_who_is_not_sure_of_the_right_is_asked_neither_state_nor_number() -> None:
    assert paths("not sure")[:3] == ["rights.1.right_type", "rights.1.more", "role"]


@pytest.mark.parametrize(
    ("right", "state", "asked"),
    [
        ("trademark", "registered", True),
        ("trademark", "madrid", True),
        ("trademark", "pending", False),
        ("trademark", "only abroad", False),
        ("patent", "granted", True),
        ("patent", "pending", False),
        ("copyright", "registered", True),
        ("copyright", "not registered", False),
    ],
)
def test_a_number_is_asked_for_where_there_can_be_one(right: str, state: str, asked: bool) -> None:
    assert ("rights.1.registration_number" in paths(right, state)) == asked


def test_a_further_round_asks_the_same_again() -> None:
    first = paths("trademark", "registered", "1234567", "yes")
    assert [path for path in first if path.startswith("rights.2.")] == [
        "rights.2.right_type",
        "rights.2.registration_number",
        "rights.2.more",
    ]
    second = paths("trademark", "registered", "1234567", "yes", "patent", "pending")
    assert "rights.2.registration_number" not in second
    assert "rights.2.patent_state" in second
    assert "rights.1.mark_state" in second


def test_the_last_round_has_no_end_of_its_own() -> None:
    group = next(RECORDATION.groups)
    answers = {f"rights.{number}.more": "yes" for number in range(1, group.most + 1)}
    asked = [step.path for step in steps.steps(RECORDATION, answers)]
    assert f"rights.{group.most}.right_type" in asked
    assert f"rights.{group.most}.more" not in asked
    assert f"rights.{group.most + 1}.right_type" not in asked


def test_details_come_only_to_who_wants_to_give_them() -> None:
    before = LINES[:10]
    assert "authorised_users" not in paths(*before, "not now")
    assert "authorised_users" in paths(*before, "now")
    assert "credit_code" not in paths(*before, "now"), "the holder is not of mainland China"


def test_a_credit_code_is_asked_of_a_company_of_mainland_china_alone() -> None:
    def asked(kind: str, country: str) -> bool:
        return "credit_code" in paths(*LINES[:6], kind, country, "shoes", "planning", "now")

    assert asked("company", "中国")
    assert not asked("person", "中国")
    assert not asked("company", "香港")


def test_changing_an_answer_lets_others_vanish_and_come_back() -> None:
    progress = walked(*LINES)
    changed = filling.change(RECORDATION, progress, "rights.1.mark_state")
    assert changed is not None
    pending = walked("pending", start=changed)
    assert pending.at == SUMMARY
    assert "rights.1.registration_number" not in filling.answers(RECORDATION, pending)
    again = filling.change(RECORDATION, pending, "rights.1.mark_state")
    assert again is not None
    back = walked("registered", start=again)
    assert filling.answers(RECORDATION, back)["rights.1.registration_number"] == "1234567"


def test_changing_an_answer_lets_new_questions_appear_before_the_summary() -> None:
    progress = walked(*LINES)
    changed = filling.change(RECORDATION, progress, "rights.1.right_type")
    assert changed is not None
    assert walked("patent", start=changed).at == "rights.1.patent_state"


def test_the_place_counts_questions_and_no_ends_of_rounds() -> None:
    place = steps.place(RECORDATION, filling.begin(RECORDATION))
    assert place.number == 1
    numbers = [steps.place(RECORDATION, walked(*LINES[:many])).number for many in range(len(LINES))]
    assert numbers == [1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    done = steps.place(RECORDATION, walked(*LINES))
    assert done == (13, 13)


def test_the_place_never_lies_behind_the_end() -> None:
    for many in range(len(LINES) + 1):
        place = steps.place(RECORDATION, walked(*LINES[:many]))
        assert 1 <= place.number <= place.total


def test_no_question_is_found_that_does_not_apply() -> None:
    progress = filling.begin(RECORDATION)
    assert steps.find(RECORDATION, progress, "rights.1.right_type") is not None
    assert steps.find(RECORDATION, progress, "rights.1.patent_state") is None
    assert steps.find(RECORDATION, progress, "nothing") is None
