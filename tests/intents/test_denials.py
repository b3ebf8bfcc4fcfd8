"""What is denied is not taken for said, and who asks decides on whose side the answer speaks."""

from __future__ import annotations

import pytest

from intents.answer import Kind
from intents.engine import Engine
from intents.entities import read
from tests.intents.asking import ask

SECURITY = " How much security for goods worth RMB 150,000?"


@pytest.mark.parametrize(
    ("text", "recorded"),
    [
        ("We did NOT record our trademark.", False),
        ("Our mark has never been recorded.", False),
        ("We haven't recorded it yet.", False),
        ("It's not that we haven't recorded it - it is recorded.", True),
        ("Our brand isn't unrecorded.", True),
        ("We have a recordation.", True),
        ("我们没有备案", False),
        ("商标从来没备过案", False),
        ("还没有在海关备案", False),
        ("我们不是没备案，已经备案了", True),
        ("商标已备案", True),
        ("可以备案吗", None),
    ],
)
def test_whether_it_is_recorded(text: str, recorded: bool | None) -> None:
    assert read(text).recorded is recorded


@pytest.mark.parametrize(
    ("text", "said", "not_said"),
    [
        ("We did NOT record our trademark." + SECURITY, "RMB 150,000", "RMB 75,000"),
        ("Our mark has never been recorded." + SECURITY, "RMB 150,000", "RMB 75,000"),
        ("We have a recordation." + SECURITY, "RMB 75,000", "not recorded"),
        ("我们没有备案，海关查到货值15万元的假货，要交多少担保？", "150,000", "75,000"),
        ("商标从来没备过案，货值15万，担保多少？", "150,000", "75,000"),
        ("我们的商标已备案，海关扣了15万元的货，要交多少担保？", "75,000", "没有备案"),
    ],
)
def test_the_security_is_that_of_the_case(
    engine: Engine, text: str, said: str, not_said: str
) -> None:
    answer = ask(engine, text)
    assert said in answer.text
    assert not_said not in answer.text


@pytest.mark.parametrize(
    ("text", "intent", "said"),
    [
        ("The trademark hasn't been registered in China yet. Can we record it?", "", "Not yet."),
        ("We are not the owner, only a distributor. Can we record the mark?", "", "No"),
        ("I'm the exporter, customs stopped my genuine goods. What can I do?", "remedy.goods_held", ""),
        ("My goods are not fake but customs detained them, what now?", "remedy.goods_held", ""),
        ("We don't want the goods detained, what should we answer?", "exofficio.respond", ""),
        ("We never received any notice from customs, what happens?", "exofficio.notice_service", ""),
        ("We no longer own the mark, it was assigned. What about the recordation?", "change.assignment", ""),
        ("商标还没有注册下来，可以备案吗？", "", "暂时还不行"),
        ("我们不是权利人，只是经销商，可以备案商标吗？", "", "不能"),
        ("我是出口商，正品被海关扣了，怎么办？", "remedy.goods_held", ""),
        ("我的货不是假货，海关扣了怎么办？", "remedy.goods_held", ""),
        ("我们是权利人，海关查到假货，我们要做什么？", "exofficio.respond", ""),
        ("我们不想扣货，该怎么答复？", "exofficio.respond", ""),
        ("我们没收到海关通知，会怎样？", "exofficio.notice_service", ""),
        ("商标已经转让给别人，不再是我们的了，备案怎么办？", "change.assignment", ""),
    ],
)  # fmt: skip
def test_denials_and_sides_lead_to_the_right_answer(
    engine: Engine, text: str, intent: str, said: str
) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ANSWER
    assert intent in {"", answer.intents[0].id}
    assert said in answer.text


def test_what_the_trader_can_do_is_not_told_first_to_the_holder(engine: Engine) -> None:
    answer = ask(engine, "I am the right holder, customs stopped fake goods. What must I do?")
    assert not answer.intents[0].id.startswith("remedy.")


def test_which_patents_can_be_recorded_is_answered_in_full(engine: Engine) -> None:
    assert "cn.docs.patent" in ask(engine, "Which patents can be recorded?").facts
