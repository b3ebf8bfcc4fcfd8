"""The bot inside a form."""

import pytest

from bot.conversation.events import CallStaff, SubmitLead
from bot.conversation.owner import Owner
from bot.conversation.state import Stage
from bot.intake.form import SUMMARY
from intents.answer import Kind
from tests.bot.conversation.script import FILLED, NOW, Play, filled


def test_it_asks_one_question_at_a_time_and_says_how_far_it_is() -> None:
    play = filled(2)
    assert "Question 3 of 10" in play.text
    assert "Who owns the right?" in play.text


def test_it_ends_with_a_summary_of_every_line() -> None:
    play = filled()
    assert play.state.progress is not None
    assert play.state.progress.at == SUMMARY
    assert "Kind of right: Trademark" in play.text
    assert "Known infringers: (left out)" in play.text
    assert play.labels[:3] == ["Send", "Not yet", "Stop the form"]


def test_sending_hands_the_answers_over_once_with_consent_and_reference() -> None:
    play = filled().writes("Send")
    [lead] = [effect for effect in play.effects if isinstance(effect, SubmitLead)]
    assert lead.answers == {
        "right_type": "trademark",
        "registration_number": "1234567",
        "holder": "Example Trading Ltd",
        "country": "Italy",
        "goods": "running shoes",
        "urgency": "planning",
        "contact": "name@example.com",
        "consent": "agree",
    }
    assert (lead.consent_version, lead.consent_at) == ("2026-11", NOW)
    assert lead.reference in play.text
    assert play.state.stage is Stage.ANSWERING
    assert not [e for e in play.presses("form:send").effects if isinstance(e, SubmitLead)]
    assert lead.reference in play.writes("status").text


def test_it_cannot_be_sent_before_every_question_is_done() -> None:
    play = filled(5).presses("form:send")
    assert "Question 6 of 10" in play.text


def test_held_goods_call_a_person_when_the_inquiry_is_sent() -> None:
    play = filled(7).writes("Goods are held now").writes("name@example.com").writes("yes")
    play.writes("send")
    assert play.state.owner is Owner.WAITING
    assert CallStaff(reason="goods_held") in play.effects


def test_optional_is_skipped_and_needed_is_not() -> None:
    assert "Question 7 of 10" in filled(5).writes("skip").text
    refused = filled(2).writes("skip")
    assert "cannot be skipped" in refused.text
    assert "Only the right holder can be the applicant" in refused.text


def test_back_shows_what_was_answered_and_keep_leaves_it() -> None:
    play = filled(3).writes("back")
    assert "So far: Example Trading Ltd" in play.text
    assert "Question 4 of 10" in play.writes("keep").text
    assert play.state.progress is not None
    assert play.state.progress.value("holder") == "Example Trading Ltd"


def test_back_at_the_first_question_stays_there() -> None:
    assert "first question" in filled(0).writes("back").text


@pytest.mark.parametrize("press", ["Change: Goods", "Goods"])
def test_a_line_of_the_summary_can_be_changed(press: str) -> None:
    play = filled().writes(press)
    assert "So far: running shoes" in play.text
    play.writes("boots")
    assert "Goods: boots" in play.text
    assert play.state.progress is not None
    assert play.state.progress.at == SUMMARY


def test_cancelling_forgets_what_was_entered() -> None:
    play = filled(4).writes("cancel")
    assert play.state.progress is None
    assert "removed" in play.text


def test_a_question_in_between_is_answered_and_the_field_comes_back() -> None:
    play = filled(2).writes("what does it cost?", Kind.ANSWER)
    assert play.said[0].text == "answer fee.official"
    assert "Question 3 of 10" in play.said[-1].text


def test_a_name_that_reads_like_a_topic_is_still_the_name() -> None:
    play = filled(2).writes("Customs Recordation Fee Ltd", Kind.ANSWER)
    assert play.state.progress is not None
    assert play.state.progress.value("holder") == "Customs Recordation Fee Ltd"


def test_a_topic_where_only_a_choice_fits_is_answered() -> None:
    play = filled(0).writes("cost of recordation", Kind.ANSWER)
    assert play.said[0].text == "answer fee.official"
    assert "Question 1 of 10" in play.said[-1].text


def test_help_grows_with_each_failed_try_then_a_person_is_offered() -> None:
    play = filled(0)
    first = play.writes("hm").text
    second = play.writes("hm").text
    third = play.writes("hm").text
    assert "Press one of the buttons" not in first
    assert "Press one of the buttons" in second
    assert "a person can take this over" in third
    assert "Ask a person" in play.labels


def test_why_is_answered_for_every_question() -> None:
    for place in range(len(FILLED)):
        play = filled(place)
        assert len(play.writes("why?").text) > len(play.text) - 1
        assert f"Question {place + 1} of 10" in play.text


def test_calling_a_person_keeps_the_form() -> None:
    play = filled(3).writes("person")
    assert play.state.owner is Owner.WAITING
    assert play.state.progress is not None
    play.takes().hands_back()
    assert "Question 4 of 10" in play.text


def test_starting_again_offers_to_go_on_or_to_begin_again() -> None:
    play = filled(3).writes("start an inquiry")
    assert play.labels == ["Go on", "Begin again", "Stop the form"]
    assert "Question 4 of 10" in play.writes("Go on").text
    assert "Question 1 of 10" in play.writes("start").writes("Begin again").text


def test_without_consent_nothing_is_sent() -> None:
    play = filled(9).writes("no")
    assert "Without your agreement" in play.text
    play.presses("form:send")
    assert not [e for e in play.everything if isinstance(e, SubmitLead)]


def test_an_option_of_an_earlier_question_asks_the_present_one_again() -> None:
    play = filled(3).presses("option:right_type:patent")
    assert "earlier step" in play.text
    assert "Question 4 of 10" in play.text


def test_an_unknown_option_or_field_is_refused_kindly() -> None:
    assert "choose one" in filled(0).presses("option:right_type:spaceship").text
    assert "earlier step" in filled().presses("form:change:nothing").text


def test_not_yet_keeps_everything() -> None:
    play = filled().writes("not yet")
    assert "kept here" in play.text
    assert [e for e in play.writes("send").effects if isinstance(e, SubmitLead)]


def test_the_language_does_not_jump_inside_a_form_but_can_be_switched() -> None:
    play = filled(2).writes("意大利某公司", Kind.OUT_OF_SCOPE, language="zh")
    assert play.state.language == "en"
    play.writes("中文")
    assert "第 4 题" in play.text


def test_the_form_can_be_filled_in_chinese_words() -> None:
    play = Play().opens("zh").writes("开始登记", language="zh")
    for line in [
        "商标",
        "跳过",
        "某某公司",
        "意大利",
        "鞋",
        "跳过",
        "没有",
        "不急",
        "a@example.com",
        "同意",
    ]:
        play.writes(line, language="zh")
    assert "请核对" in play.text
    assert "权利类型: 商标" in play.text
