"""Coming in: greeted once, led by a link, met by what lies open on return, and not again and again."""

import pytest

from bot.conversation.opening import RETURNS_AFTER
from bot.conversation.owner import Owner
from bot.conversation.records import Handled, Inquiry
from bot.conversation.state import Stage
from intents.answer import Kind
from tests.bot.conversation.acting import Acting, Kept, in_form
from tests.bot.conversation.script import NOW

HOURS = RETURNS_AFTER.total_seconds() / 3600
SENT = Inquiry(reference="TW-2611-7KQ4M", sent_at=NOW, handled=Handled.IN_HAND)


def test_one_message_says_who_what_and_how_to_reach_a_person() -> None:
    acting = Acting().comes()
    assert len(acting.said) == 1
    assert "automated assistant of AAA IPRIGHT" in acting.text
    assert 'type "person"' in acting.text
    assert len(acting.labels) == 6


@pytest.mark.parametrize(
    "source", ["t-fee_official", "topic=fee.official", "utm=x&topic=fee.official"]
)
def test_a_link_leads_to_its_topic_after_the_greeting(source: str) -> None:
    acting = Acting().comes(source)
    assert [reply.text for reply in acting.said][1:] == ["answer fee.official"]
    assert acting.state.source == source
    assert acting.state.context.intents == ("fee.official",)


@pytest.mark.parametrize("source", ["spring-mailing", "t-", "t-gone_topic", "topic=", "x" * 200])
def test_a_payload_that_names_nothing_is_kept_and_ignored(source: str) -> None:
    acting = Acting().comes(source)
    assert len(acting.said) == 1
    assert acting.state.source == source


def test_loading_the_page_again_with_the_same_link_says_nothing() -> None:
    acting = Acting().comes("t-fee_official").comes("t-fee_official")
    assert acting.effects == ()


def test_another_link_leads_on() -> None:
    acting = Acting().comes("t-fee_official").comes("t-time_decision")
    assert acting.text == "answer time.decision"


def test_a_link_may_begin_the_inquiry() -> None:
    assert Acting().comes("t-talk_start").state.stage is Stage.INTAKE


def test_inside_a_form_a_link_is_answered_and_the_question_comes_back() -> None:
    form = in_form("holder").comes("t-fee_official")
    assert form.said[0].text == "answer fee.official"
    assert "What is the name of the right holder" in form.text
    assert form.state.progress is not None


@pytest.mark.parametrize("typed", ["/start t-fee_official", "/start@TidewaiterBot t-fee_official"])
def test_the_command_start_carries_a_link_too(typed: str) -> None:
    acting = Acting().writes(typed)
    assert isinstance(acting, Acting)
    assert [reply.text for reply in acting.said][1:] == ["answer fee.official"]
    assert acting.state.source == "t-fee_official"


def test_start_alone_greets_a_stranger_once_and_shows_the_menu_later() -> None:
    acting = Acting()
    acting.writes("/start")
    assert len(acting.said) == 1
    acting.writes("/start something-unknown")
    assert acting.text.startswith("These are questions people often ask")
    assert acting.state.source == "something-unknown"


def test_start_inside_a_form_asks_whether_to_go_on_or_begin_again() -> None:
    form = in_form("holder")
    form.writes("/start")
    assert form.labels == ["Go on", "Begin again", "Stop the form"]


def test_somebody_who_returns_to_an_open_form_is_asked_to_go_on_once() -> None:
    form = in_form("holder").later(hours=HOURS).comes()
    assert form.labels == ["Go on", "Begin again", "Stop the form"]
    assert form.later(hours=HOURS).comes().effects == ()
    form.writes("Go on")
    assert form.later(hours=HOURS).comes().said


def test_somebody_who_returns_while_a_person_is_waited_for_is_told_so() -> None:
    acting = Acting().comes()
    acting.writes("person")
    acting.later(hours=HOURS).comes()
    assert "A colleague has been called" in acting.text
    assert acting.state.owner is Owner.WAITING


def test_somebody_who_returns_after_an_inquiry_is_told_how_it_stands() -> None:
    acting = Acting(kept=Kept((SENT,))).comes()
    acting.later(hours=HOURS).comes()
    assert "Inquiry TW-2611-7KQ4M is being handled by a colleague." in acting.text


def test_with_nothing_open_and_before_hours_have_passed_nothing_is_said() -> None:
    acting = Acting().comes()
    assert acting.later(hours=HOURS).comes().effects == ()
    assert in_form("holder").later(hours=HOURS / 2).comes().effects == ()


def test_a_page_opened_beside_a_person_or_after_the_end_is_met_with_silence() -> None:
    acting = Acting().comes()
    acting.takes()
    assert acting.later(hours=HOURS).comes("t-fee_official").effects == ()
    acting.closes()
    assert acting.later(hours=HOURS).comes().effects == ()
    assert acting.writes("how long", Kind.ANSWER).said
