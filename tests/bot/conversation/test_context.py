"""What a conversation is about is remembered between two messages, by text and by button alike."""

from decimal import Decimal

import pytest

from bot.conversation.owner import Owner
from bot.conversation.state import State
from intents.answer import Kind
from intents.context import NO_CONTEXT
from intents.reading import Entities, Money
from tests.bot.conversation.script import Play, filled


def test_an_answer_is_what_the_conversation_is_about() -> None:
    play = Play().opens().writes("cost?", Kind.ANSWER, intent="fee.official")
    assert play.state.context.intents == ("fee.official",)
    play.writes("how long?", Kind.ANSWER, intent="time.total")
    assert play.state.context.intents == ("time.total",)


def test_a_button_does_the_same() -> None:
    pressed = Play().opens().presses("ask:time.total").state.context
    typed = Play().opens().writes("how long", Kind.ANSWER, intent="time.total").state.context
    assert pressed == typed


def test_a_button_leans_on_what_was_named() -> None:
    goods = Entities(money=(Money(amount=Decimal(9), currency="CNY", raw="RMB 9"),))
    play = Play(state=State(greeted=True, context=NO_CONTEXT.went_on(goods)))
    assert play.presses("ask:security.amount").text == "answer security.amount RMB 9"


@pytest.mark.parametrize("kind", [Kind.SMALLTALK, Kind.CLARIFY])
def test_a_pleasantry_and_a_misunderstanding_leave_it_as_it_was(kind: Kind) -> None:
    play = Play().opens().writes("cost?", Kind.ANSWER).writes("hm", kind)
    assert play.state.context.intents == ("fee.official",)


@pytest.mark.parametrize("kind", [Kind.OUT_OF_SCOPE, Kind.REFUSE])
def test_what_was_declined_ends_it(kind: Kind) -> None:
    play = Play().opens().writes("cost?", Kind.ANSWER).writes("bread?", kind)
    assert play.state.context.intents == ()


@pytest.mark.parametrize("payload", ["ask:talk.person", "ask:gone.topic", "do:menu", "lang:zh"])
def test_a_button_that_answers_nothing_leaves_it_as_it_was(payload: str) -> None:
    play = Play().opens().writes("cost?", Kind.ANSWER).presses(payload)
    assert play.state.context.intents == ("fee.official",)


def test_in_a_form_nothing_is_leant_on() -> None:
    play = Play().opens().writes("cost?", Kind.ANSWER)
    assert play.state.leans_on.intents == ("fee.official",)
    play.writes("start an inquiry")
    assert play.state.leans_on == NO_CONTEXT
    play.writes("cancel")
    assert play.state.leans_on.intents == ("fee.official",)


def test_a_field_of_a_form_changes_nothing() -> None:
    assert filled(4).state.context == NO_CONTEXT


def test_a_question_in_between_is_what_the_conversation_is_about_afterwards() -> None:
    play = filled(1).writes("how long does it take?", Kind.ANSWER, intent="time.total")
    assert play.state.context.intents == ("time.total",)


def test_after_a_person_has_spoken_nothing_of_before_is_leant_on() -> None:
    play = Play().opens().writes("cost?", Kind.ANSWER).takes()
    assert play.state.owner is Owner.PERSON
    assert play.hands_back().state.context == NO_CONTEXT


def test_a_memory_without_it_can_still_be_read() -> None:
    old = State().model_dump(mode="json")
    del old["context"]
    assert State.model_validate(old) == State()
