"""Greetings, an "ok", "what do you mean", "never mind" in a form: a word in return, and no try counted."""

from __future__ import annotations

import pytest

from bot.conversation import buttons
from bot.conversation.between import to_read
from bot.conversation.events import Record, TimeUp, Wait
from bot.conversation.filling import UNDO_FOR
from bot.conversation.state import State
from bot.intake.progress import SUMMARY
from intents.answer import Kind
from knowledge.model import Language
from tests.bot.conversation.acting import Acting, in_form
from tests.bot.conversation.script import NOW, Play, filled, progress


@pytest.mark.parametrize("typed", ["hello", "Hi there!", "good morning", "你好", "在吗？", "您好"])
@pytest.mark.parametrize("at", ["right_type", "holder", "contact"])
def test_a_greeting_in_a_form_once_counted_as_a_wrong_answer(typed: str, at: str) -> None:
    play = in_form(at).writes(typed, Kind.SMALLTALK, intent="talk.greeting")
    assert play.text.startswith("Hello. We are at this question:")
    assert progress(play).at.endswith(at)
    assert progress(play).tries == 0


def test_a_name_that_greets_is_still_the_holder() -> None:
    play = in_form("holder").writes("Good Morning Foods", Kind.SMALLTALK, intent="talk.greeting")
    assert progress(play).value("holder") == "Good Morning Foods"


@pytest.mark.parametrize("typed", ["ok", "got it", "好的", "嗯嗯"])
def test_an_ok_that_answers_nothing_was_once_refused(typed: str) -> None:
    play = in_form("role").writes(typed, Kind.SMALLTALK, intent="talk.thanks")
    assert play.text.startswith("Good. This is the question:")
    assert progress(play).tries == 0


def test_an_ok_where_it_is_an_option_is_the_answer() -> None:
    assert progress(in_form("consent").writes("ok")).at == SUMMARY


def test_are_you_a_robot_in_a_form_was_once_a_wrong_answer() -> None:
    play = in_form("role").writes("are you a robot?", Kind.SMALLTALK, intent="talk.are_you_a_bot")
    assert "smalltalk talk.are_you_a_bot" in play.text
    assert progress(play).tries == 0


@pytest.mark.parametrize(
    "typed", ["what do you mean", "I don't understand.", "什么意思", "举个例子"]
)
def test_what_do_you_mean_is_answered_with_the_reason_and_an_example(typed: str) -> None:
    play = in_form("role").writes(typed)
    assert "Only the right holder can apply" in play.text
    assert "For example: owner" in play.text
    assert progress(play).tries == 0


@pytest.mark.parametrize("typed", ["never mind", "forget it", "算了"])
def test_never_mind_asks_what_shall_be_left(typed: str) -> None:
    play = in_form("registration_number").writes(typed)
    assert play.labels == ["Skip", "Stop the form", "Go on"]
    assert progress(play.writes("Skip")).at == "rights.1.more"
    assert in_form("role").writes(typed).labels == ["Not at hand", "Stop the form", "Go on"]


@pytest.mark.parametrize("typed", ["no idea", "can't remember", "忘了", "不太清楚"])
def test_no_idea_puts_a_question_off(typed: str) -> None:
    assert progress(in_form("holder").writes(typed)).at == "holder_kind"


@pytest.mark.parametrize("typed", ["by mail", "email please", "发邮件"])
def test_by_mail_was_once_answered_with_law(typed: str) -> None:
    play = in_form("contact").writes(typed, Kind.ANSWER, intent="exofficio.notice_service")
    assert play.text.startswith("Gladly by e-mail. To which address?")


@pytest.mark.parametrize(("typed", "sent"), [("yes", True), ("好的", True), ("no", False)])
def test_yes_to_shall_i_send_it_once_showed_the_summary_again(typed: str, sent: bool) -> None:
    play = filled().writes(typed)
    assert (play.state.progress is None) is sent
    assert ("Nothing has been sent" in play.text) is not sent


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("It's Italy. How long does it take?", "How long does it take?"),
        ("我们在意大利。要多久？", "要多久？"),
        ("How long does it take?", "How long does it take?"),
        ("Italy", "Italy"),
    ],
)
def test_only_the_question_of_a_message_that_answers_as_well_is_read(typed: str, read: str) -> None:
    assert to_read(filled(3).state, typed) == read
    assert to_read(State(), typed) == typed


def test_a_message_with_answer_and_question_is_answered_once_and_goes_on() -> None:
    play = in_form("country").writes("It's Italy. How long does it take?", Kind.ANSWER)
    assert progress(play).value("country") == "IT"
    assert progress(play).at == "goods"
    assert len(play.said) == 2


def test_start_an_inquiry_once_stood_under_answers_in_an_open_form() -> None:
    play = in_form("country").writes("How long does it take?", Kind.ANSWER)
    assert all("Start" not in choice.label for reply in play.said for choice in reply.choices)
    assert buttons.always(State()) != buttons.always(play.state)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_coming_back_from_waiting_once_left_the_nearest_questions_standing(
    language: Language,
) -> None:
    play = Play().opens(language).writes("x", Kind.CLARIFY, language=language)
    assert play.state.clarifying
    play.writes("person", language=language).writes("y", Kind.CLARIFY, language=language)
    play.state = play.state.with_(clarifying=True)
    assert not play.presses("do:bot").state.clarifying


def test_a_stopped_form_once_stayed_in_memory_after_its_ten_minutes() -> None:
    acting = Acting()
    acting.state = in_form("goods").writes("cancel").state
    stopped = acting.state.undo
    assert stopped is not None
    assert acting.state.looked_at == NOW + UNDO_FOR + (stopped.over - stopped.until)
    acting.later(seconds=UNDO_FOR.total_seconds())
    assert acting.event(TimeUp()).state.undo == stopped, "it can be brought back to the last second"
    acting.later(seconds=1).event(TimeUp())
    assert acting.effects == (Record(what="form_forgotten", actor="system"),)
    assert acting.state.looked_at is None
    assert "Example Trading" not in acting.state.model_dump_json()
    assert "more than ten minutes ago" in acting.writes("undo").text


def test_stopping_a_form_has_the_clock_look_at_it_again() -> None:
    play = in_form("goods").writes("cancel")
    assert play.state.undo is not None
    assert Wait(until=play.state.undo.over) in play.effects
