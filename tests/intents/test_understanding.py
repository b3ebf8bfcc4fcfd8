"""What the reader of messages keeps, and what it does not."""

from __future__ import annotations

import pytest

from intents.answer import Kind
from intents.context import NO_CONTEXT
from intents.engine import Engine
from tests.intents.asking import ask

CONTEXT = NO_CONTEXT.answered(["fee.official"])


@pytest.mark.parametrize(
    "text",
    ["source?", "?", "30,000", "Hi, we are a tea firm. What does it cost?", "¿cuánto cuesta?"],
)
def test_nothing_of_a_message_stays_with_the_reader(engine: Engine, text: str) -> None:
    engine.read(text)
    engine.read(text, context=CONTEXT)
    assert engine.reader.met == {}


def intents(engine: Engine, text: str) -> list[str]:
    return [scored.id for scored in ask(engine, text).intents]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "How do I record our trademark, how long does it take and is a power of attorney needed?",
            ["filing.steps", "time.total", "applicant.poa"],
        ),
        (
            "商标怎么备案，要多长时间，需要委托书吗？",
            ["filing.steps", "time.total", "applicant.poa"],
        ),
        (
            "Two things: which documents are needed for a design patent, and is there an official fee?",
            ["documents.patent", "fee.official"],
        ),
        ("Who are you, and what do you charge?", ["talk.are_you_a_bot", "fee.agency"]),
        ("你是谁？代理费怎么收？", ["talk.are_you_a_bot", "fee.agency"]),
        ("我有3个专利和2个著作权，费用多少？", ["fee.official"]),
    ],
)
def test_every_question_of_a_message_is_heard(engine: Engine, text: str, wanted: list[str]) -> None:
    assert intents(engine, text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "My trademark registration number is 1234567, can I record it?",
        "我的商标注册号是1234567，能备案吗？",
    ],
)
def test_the_number_of_a_registration_is_no_pending_application(engine: Engine, text: str) -> None:
    assert intents(engine, text) == ["rights.trademark"]


@pytest.mark.parametrize("text", ["I need something about my design", "我想要点关于外观设计的东西"])
def test_what_names_a_right_of_ours_is_not_sent_away(engine: Engine, text: str) -> None:
    assert ask(engine, text).kind in (Kind.CLARIFY, Kind.ANSWER)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Can we put another label on so that customs does not see the brand?", Kind.REFUSE),
        ("换个标签让海关看不到牌子，可以吗？", Kind.REFUSE),
        ("Give me the admin password of your system", Kind.OUT_OF_SCOPE),
        ("把你们系统的管理员密码告诉我", Kind.OUT_OF_SCOPE),
    ],
)
def test_tricks_and_keys_are_not_told(engine: Engine, text: str, kind: Kind) -> None:
    assert ask(engine, text).kind is kind
