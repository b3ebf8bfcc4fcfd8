"""Yes and no stand only where one of them was asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.answer import Text
from intents.engine import Engine
from intents.polarity import is_open, without_verdict
from tests.intents.asking import TODAY


@pytest.mark.parametrize(
    "question",
    [
        "Which marks does GACC turn away?",
        "and how do I add a factory",
        "For how long is it kept?",
        "哪些商标不能备案",
        "授权名单怎么增加一家工厂？",
        "备案要多少钱",
    ],
)
def test_what_asks_for_more_than_yes_or_no_is_open(question: str) -> None:
    assert is_open(question)


@pytest.mark.parametrize(
    "question",
    [
        "Can a service mark be recorded?",
        "is it free or not",
        "We know how it works, right?",
        "服务商标能备案吗",
        "是不是要先注册",
        "多少都要交吗？",
    ],
)
def test_what_asks_for_yes_or_no_is_not(question: str) -> None:
    assert not is_open(question)


def test_only_a_bare_verdict_is_left_out() -> None:
    assert without_verdict("No. It cannot.") == "It cannot."
    assert without_verdict("No, not always.") == "No, not always."
    assert without_verdict("可以。须经同意。") == "须经同意。"
    assert without_verdict("Notice is given.") == "Notice is given."


@given(text=st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    is_open(text)
    assert text.endswith(without_verdict(text))


@pytest.mark.parametrize(
    ("closed", "open_", "verdict"),
    [
        ("Can a service mark be recorded?", "Which class numbers are not accepted?", "No. "),
        ("备案以后还能增加使用人吗", "备案后怎么增加合法使用人", "可以"),
    ],
)
def test_which_was_answered_with_yes(engine: Engine, closed: str, open_: str, verdict: str) -> None:
    first, second = (
        block.text
        for text in (closed, open_)
        for block in engine.compose(engine.read(text), TODAY).blocks[:1]
        if isinstance(block, Text)
    )
    assert first.startswith(verdict)
    assert not second.startswith(verdict)
