"""Answer, ask back, or leave it: what a ranking of intents leads to."""

from __future__ import annotations

import pytest

from intents.answer import Kind, Scored
from intents.catalogue import Topic
from intents.deciding import MAYBE, SURE, SURE_OF, covers, decide, offers, safety, whole

TOPICS = {
    topic.id: topic
    for topic in (
        Topic(id="fee.now", rests_on=("cn.fee",), then=("cn.history",)),
        Topic(id="fee.then", rests_on=("cn.history",)),
        Topic(id="time.all", rests_on=("cn.time",)),
        Topic(id="talk.hello", kind=Kind.SMALLTALK),
        Topic(id="talk.person", kind=Kind.ESCALATE, rests_on=("cn.fee",)),
        Topic(id="outside.fraud", kind=Kind.REFUSE),
    )
}


def ranking(**shares: float) -> list[Scored]:
    pairs = ((name.replace("_", ".", 1), share) for name, share in shares.items())
    return [Scored(id=intent, confidence=share) for intent, share in pairs]


@pytest.mark.parametrize(
    ("shares", "kind"),
    [
        ({"time_all": SURE}, Kind.ANSWER),
        ({"time_all": SURE - 0.01}, Kind.CLARIFY),
        ({"time_all": MAYBE - 0.01}, Kind.OUT_OF_SCOPE),
        ({"fee_now": SURE / 2, "fee_then": SURE / 2}, Kind.ANSWER),
        ({"fee_then": SURE / 2, "time_all": SURE / 2}, Kind.CLARIFY),
        ({"talk_hello": SURE}, Kind.SMALLTALK),
        ({"talk_person": SURE_OF[Kind.ESCALATE] - 0.01}, Kind.CLARIFY),
        ({"talk_person": SURE_OF[Kind.ESCALATE]}, Kind.ESCALATE),
        ({"outside_fraud": SURE_OF[Kind.REFUSE]}, Kind.REFUSE),
        ({}, Kind.OUT_OF_SCOPE),
    ],
)
def test_how_sure_we_are_decides(shares: dict[str, float], kind: Kind) -> None:
    assert decide(ranking(**shares), TOPICS) is kind


def test_an_answer_that_states_the_neighbours_core_is_safe_there_too() -> None:
    assert covers(TOPICS["fee.now"], TOPICS["fee.then"])
    assert not covers(TOPICS["fee.then"], TOPICS["fee.now"])
    assert not covers(TOPICS["fee.now"], TOPICS["talk.person"]), "another kind of wish"
    assert safety(ranking(fee_now=0.3, time_all=0.2, fee_then=0.1), TOPICS) == pytest.approx(0.4)
    assert safety([], TOPICS) == 0


def test_only_what_can_be_asked_for_is_offered() -> None:
    likely = ranking(talk_hello=0.3, time_all=0.2, outside_fraud=0.2, fee_now=0.1, fee_then=0.01)
    assert offers(likely, TOPICS) == ["time.all", "fee.now"]


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        ([Kind.SMALLTALK, Kind.ANSWER], Kind.ANSWER),
        ([Kind.ANSWER, Kind.INTAKE], Kind.INTAKE),
        ([Kind.ANSWER, Kind.REFUSE, Kind.ESCALATE], Kind.REFUSE),
        ([Kind.OUT_OF_SCOPE, Kind.CLARIFY], Kind.CLARIFY),
    ],
)
def test_one_wish_makes_the_kind_of_the_whole(kinds: list[Kind], kind: Kind) -> None:
    assert whole(kinds) is kind
