"""Kinds of right named in a message, and whether the right is said to be recorded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents import entities


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("our trade mark", ("trademark",)),
        ("two TMs", ("trademark",)),
        ("商標", ("trademark",)),
        ("our Madrid registration", ("trademark",)),
        ("copyrights and patents", ("copyright", "patent")),
        ("patents and copyrights", ("patent", "copyright")),
        ("著作权", ("copyright",)),
        ("a design patent", ("design",)),
        ("外观专利", ("design",)),
        ("utility model patent", ("utility_model",)),
        ("实用新型", ("utility_model",)),
        ("发明专利", ("invention",)),
        ("invention patent and trademark", ("invention", "trademark")),
        ("trademark, trademark and trademark", ("trademark",)),
        ("how long does it take", ()),
        ("we are designing", ()),
        ("", ()),
    ],
)
def test_kinds_are_read_once_and_in_order(text: str, kinds: tuple[str, ...]) -> None:
    assert entities.read(text).rights == kinds


@pytest.mark.parametrize(
    "text",
    [
        "our trademark is recorded",
        "we have recorded it with customs",
        "the mark is already on file",
        "recorded mark",
        "我们已备案",
        "商标已经在海关备案了",
        "我们有备案",
    ],
)
def test_a_right_said_to_be_recorded_is_recorded(text: str) -> None:
    assert entities.read(text).recorded is True


@pytest.mark.parametrize(
    "text",
    [
        "it is not recorded",
        "our mark was never recorded with customs",
        "we haven't recorded it",
        "unrecorded mark",
        "an application without recordation",
        "没有备案",
        "商标还未备案",
        "沒有備案",
    ],
)
def test_a_right_said_not_to_be_recorded_is_not(text: str) -> None:
    assert entities.read(text).recorded is False


@pytest.mark.parametrize(
    "text",
    [
        "can it be recorded?",
        "is a recordation needed",
        "how do I get my mark recorded",
        "what is a recordation",
        "怎么备案",
        "可以备案吗",
        "备案了吗",
        "hello",
        "",
    ],
)
def test_a_question_about_recording_says_nothing_of_what_is(text: str) -> None:
    assert entities.read(text).recorded is None


@given(st.text())
def test_nothing_anybody_types_is_too_much(text: str) -> None:
    found = entities.read(text)
    assert len(set(found.rights)) == len(found.rights)
