"""What a message tells of a right and its holder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents import entities
from intents.entities.case import case
from intents.reading import Entities
from knowledge.eligibility import CASE


def told(text: str) -> dict[str, str]:
    return entities.read(text).case


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("our trademark is still pending", {"subject": "trademark", "state": "pending"}),
        ("商标还没下证", {"subject": "trademark", "state": "pending"}),
        ("the patent was refused", {"subject": "patent", "state": "refused"}),
        ("商标被驳回了", {"subject": "trademark", "state": "refused"}),
        ("our design has lapsed", {"subject": "design", "state": "expired"}),
        ("the mark is only registered abroad", {"state": "foreign_only"}),
        ("商標只在美國註冊", {"subject": "trademark", "state": "foreign_only"}),
        ("a copyright, not registered", {"subject": "copyright", "state": "unregistered"}),
        ("作品没有登记，版权", {"subject": "copyright", "state": "unregistered"}),
        ("马德里商标", {"subject": "trademark", "state": "madrid"}),
        ("a registered trademark", {"subject": "trademark", "state": "registered"}),
        ("a trademark for services only", {"subject": "service_mark"}),
        ("our domain name", {"subject": "domain_name"}),
        ("地理标志", {"subject": "geographical_indication"}),
        ("we are the exclusive licensee", {"role": "licensee"}),
        ("our distributors", {"role": "distributor"}),
        ("我们是经销商", {"role": "distributor"}),
        ("a co-owner of a patent", {"subject": "patent", "role": "co_owner"}),
        ("an individual designer", {"holder": "person"}),
        ("a German company", {"holder": "company", "origin": "abroad"}),
        ("深圳公司", {"holder": "company", "origin": "mainland"}),
        ("how long does it take", {}),
        ("", {}),
    ],
)
def test_each_part_is_read(text: str, found: dict[str, str]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("our trademark has not expired", "state"),
        ("the mark hasn't lapsed", "state"),
        ("it is no longer pending", "state"),
        ("it was never refused", "state"),
        ("没有过期了的商标", "state"),
        ("商标没被驳回", "state"),
        ("we are not a distributor", "role"),
        ("we aren't the licensee", "role"),
        ("我们不是经销商", "role"),
        ("我们不是中国公司", "origin"),
    ],
)
def test_what_was_denied_was_taken_for_said(text: str, part: str) -> None:
    assert part not in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "our mark is not registered",
        "our mark isn't registered",
        "it hasn't been registered",
        "it has not been registered",
        "商标没有注册",
        "尚未授权，未注册",
    ],
)
def test_what_has_not_been_registered_was_taken_for_registered(text: str) -> None:
    assert told(text)["state"] in ("unregistered", "pending")


@pytest.mark.parametrize("text", ["incorporated", "unlimited", "the firmware", "germane"])
def test_a_name_inside_another_word_is_none(text: str) -> None:
    assert told(text) == {}


def test_the_name_that_is_said_first_counts() -> None:
    assert told("pending, as it was refused once")["state"] == "pending"
    assert told("refused once, now pending")["state"] == "refused"


@pytest.mark.parametrize(
    ("case", "judged"),
    [
        ({}, False),
        ({"subject": "trademark"}, False),
        ({"state": "pending"}, False),
        ({"subject": "trademark", "holder": "company"}, False),
        ({"subject": "trademark", "state": "pending"}, True),
        ({"subject": "trademark", "role": "licensee"}, True),
    ],
)
def test_a_case_can_be_judged_by_its_subject_and_its_state_or_the_applicant(
    case: dict[str, str], judged: bool
) -> None:
    assert Entities(case=case).judged is judged


@given(st.text())
def test_no_text_is_too_odd_for_a_case(text: str) -> None:
    for part, value in case(text).items():
        assert value in CASE[part]


WORDS = [
    "not ",
    "trademark ",
    "pending ",
    "registered ",
    "isn't ",
    "licensee ",
    "没有",
    "注册",
    "公司",
]


@given(st.lists(st.sampled_from(WORDS)).map("".join))
def test_whatever_is_told_is_a_value_a_case_can_have(text: str) -> None:
    assert all(value in CASE[part] for part, value in told(text).items())
