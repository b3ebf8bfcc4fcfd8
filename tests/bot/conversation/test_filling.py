"""The bot inside a form."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.conversation.events import CallStaff, Record, SubmitLead
from bot.conversation.filling import UNDO_FOR
from bot.conversation.owner import Owner
from bot.conversation.state import Stage, State
from bot.intake.progress import SUMMARY, Status
from intents.answer import Kind
from intents.context import NO_CONTEXT
from intents.reading import Entities
from knowledge.model import Language
from tests.bot.conversation.script import FILLED, PATHS, Play, at, filled, progress, reminded

ALL = len(FILLED)


# Asking


def test_it_asks_one_question_at_a_time_and_says_how_far_it_is() -> None:
    assert "Question 5 of 13" in at("holder").text
    assert "What is the name of the right holder" in at("holder").text


def test_the_introduction_is_said_once() -> None:
    play = filled(0)
    assert "about three minutes" in play.text
    assert "about three minutes" not in play.writes("hm").text
    assert "about three minutes" not in play.writes("trademark").text


def test_an_end_of_a_round_is_not_counted() -> None:
    assert "Question" not in at("rights.1.more").text
    assert "another right" in at("rights.1.more").text


def test_in_further_rounds_it_says_which_one_it_asks_about() -> None:
    play = at("rights.1.more").writes("yes")
    assert "Right 2 · Question 4 of" in play.text


def test_every_button_under_every_question_fits_and_can_be_typed() -> None:
    for many in range(ALL + 1):
        play = filled(many)
        for label in play.labels:
            assert len(label) <= 20, label
        assert "Back" in play.labels or many in (0, ALL)
        assert "Stop the form" in play.labels


@pytest.mark.parametrize("language", ["en", "zh"])
def test_why_is_answered_at_every_question(language: Language) -> None:
    for many, path in enumerate(PATHS):
        play = filled(many, language)
        for typed in ("why?", "为什么要问", "Why do you ask?"):
            asked = play.writes(typed, language=language)
            assert progress(asked).at == path
            assert progress(asked).tries == 0


def test_what_was_said_before_is_proposed_however_the_form_begins() -> None:
    named = Entities(case={"subject": "patent", "state": "pending"})
    for begin in ("start an inquiry", "do:start"):
        play = Play(state=State(greeted=True, context=NO_CONTEXT.went_on(named)))
        play = play.presses(begin) if ":" in begin else play.writes(begin)
        assert "From what you wrote: Patent." in play.text
        assert play.labels[0] == "That is right"
        play.writes("yes")
        assert "From what you wrote: Applied for." in play.text
        assert progress(play).value("rights.1.right_type") == "patent"


def test_a_proposal_is_no_answer_until_it_is_confirmed() -> None:
    named = Entities(case={"subject": "patent"})
    play = Play(state=State(greeted=True, context=NO_CONTEXT.went_on(named))).writes("start")
    assert progress(play).answers == {}
    assert progress(play.writes("trademark")).value("rights.1.right_type") == "trademark"


# Answering


def test_a_refused_answer_is_met_with_the_problem_and_the_bare_question() -> None:
    play = at("contact")
    before = len(play.text)
    refused = play.writes("anna@").text
    assert refused.startswith("I do not see a complete e-mail address in that.")
    assert "Question" not in refused
    assert len(refused) <= before + 60


def test_help_grows_with_each_failed_try_then_a_person_is_offered() -> None:
    play = filled(0)
    first = play.writes("hm").text
    second = play.writes("hm").text
    third = play.writes("hm").text
    assert "choose one of the options" in first
    assert "For example" not in first
    assert "For example: trademark." in second
    assert "a person can take this over" in third
    assert "Ask a person" in play.labels
    assert "Question 2" in play.writes("trademark").text, "an answer ends it"


def test_several_answers_are_named_back() -> None:
    play = at("holder").writes("Rossi S.p.A., France, anna@rossi.example")
    assert "Noted. Country: France; Contact: anna@rossi.example." in play.text
    assert "company or a person" in play.text


def test_an_answer_to_a_later_question_leaves_the_present_one_open() -> None:
    play = filled(0).writes("Italy")
    assert "Noted. Country: Italy." in play.text
    assert "My question is still open" in play.text
    assert progress(play).at == PATHS[0]


def test_several_numbers_are_named_back_as_so_many_rights() -> None:
    play = at("rights.1.registration_number").writes("1234567, 2345678, G1234567")
    assert "3 rights of the same kind: 1234567, 2345678, G1234567." in play.text


def test_optional_is_skipped_and_the_rest_is_put_off_or_kept() -> None:
    play = at("name").writes("skip")
    assert progress(play).answers["name"].status is Status.SKIPPED
    play = at("holder").writes("skip")
    assert progress(play).answers["holder"].status is Status.LATER
    refused = at("consent").writes("skip")
    assert "cannot be skipped" in refused.text
    assert "Without your consent" in refused.text


@pytest.mark.parametrize("typed", ["later", "I don't have it at hand", "Not at hand", "手头没有"])
def test_later_puts_a_question_on_the_list_in_any_words(typed: str) -> None:
    play = at("holder").writes(typed)
    assert progress(play).answers["holder"].status is Status.LATER
    assert "on the list" in play.text


def test_putting_everything_off_is_not_said_in_the_same_words_each_time() -> None:
    play = at("holder")
    said = {play.writes("later").text.split("\n")[0] for _ in range(3)}
    assert len(said) == 3


@pytest.mark.parametrize("typed", ["no", "none", "没有", "无"])
def test_none_at_an_optional_question_leaves_it_out(typed: str) -> None:
    play = at("name").writes(typed)
    assert progress(play).answers["name"].status is Status.SKIPPED


def test_what_is_needed_comes_again_at_the_end() -> None:
    play = at("contact").writes("later").writes("I agree")
    assert progress(play).at == "contact"
    assert "This answer is still missing" in play.text
    assert "Not at hand" not in play.labels
    assert "cannot be skipped" in play.writes("later").text
    assert progress(play.writes("a@example.com")).at == SUMMARY


def test_not_sure_is_an_option_where_there_is_one() -> None:
    play = filled(0).writes("not sure")
    assert progress(play).value(PATHS[0]) == "unsure"


def test_without_consent_nothing_is_sent() -> None:
    play = at("consent").writes("no")
    assert "Without your agreement" in play.text
    play.presses("form:send")
    assert not [e for e in play.everything if isinstance(e, SubmitLead)]


# Questions in between


def test_a_question_in_between_is_answered_and_the_field_comes_back() -> None:
    play = at("holder").writes("what does it cost?", Kind.ANSWER)
    assert play.said[0].text == "answer fee.official"
    assert "Back to the form" in play.said[-1].text
    assert "Question 5 of 13" in play.said[-1].text


def test_a_message_with_an_answer_and_a_question_does_both() -> None:
    play = at("country").writes("It's Italy. How long does it take?", Kind.ANSWER)
    assert play.said[0].text == "answer fee.official"
    assert progress(play).value("country") == "IT"
    assert "Which goods" in play.said[-1].text


def test_the_answer_is_taken_where_the_question_is_not_understood() -> None:
    play = at("holder").writes("Rossi S.p.A. And how long?", Kind.CLARIFY)
    assert progress(play).value("holder") == "Rossi S.p.A."
    assert play.said[0].text == "clarify fee.official"
    assert not play.state.clarifying, "a number is an answer to the form"
    assert [c.payload for c in play.state.offered if c.payload.startswith("ask:")]


def test_a_name_that_reads_like_a_topic_is_still_the_name() -> None:
    play = at("holder").writes("Customs Recordation Fee Ltd", Kind.ANSWER)
    assert progress(play).value("holder") == "Customs Recordation Fee Ltd"


def test_a_topic_where_only_a_choice_fits_is_answered() -> None:
    play = filled(0).writes("cost of recordation", Kind.ANSWER)
    assert play.said[0].text == "answer fee.official"
    assert "Question 1 of" in play.said[-1].text


def test_an_answer_that_sounds_urgent_is_the_answer() -> None:
    play = at("urgency").writes("it's not urgent", Kind.ESCALATE, intent="urgent.held")
    assert progress(play).value("urgency") == "planning"
    assert play.state.owner is Owner.BOT
    play = at("urgency").writes("goods are held now", Kind.ESCALATE, intent="urgent.held")
    assert progress(play).value("urgency") == "held_now"


def test_a_call_for_a_person_is_no_answer_although_a_person_is_an_option() -> None:
    play = at("holder_kind").writes(
        "I want to talk to a person", Kind.ESCALATE, intent="talk.person"
    )
    assert play.state.owner is Owner.WAITING
    assert progress(play).value("holder_kind") is None


def test_calling_a_person_keeps_the_form() -> None:
    play = at("country").writes("person")
    assert play.state.owner is Owner.WAITING
    assert "Question 7 of 13" in play.takes().hands_back().text


# Stopping, undoing, resuming


def test_stopping_can_be_undone_for_ten_minutes() -> None:
    play = at("holder").writes("cancel")
    assert play.state.progress is None
    assert play.state.stage is Stage.ANSWERING
    play.waits(UNDO_FOR).writes("undo")
    assert "back as it was" in play.text
    assert "Question 5 of 13" in play.text
    assert Record(what="form_restored", actor="prospect") in play.effects


def test_and_not_longer() -> None:
    play = at("holder").writes("cancel").waits(UNDO_FOR + timedelta(seconds=1)).writes("undo")
    assert "more than ten minutes ago" in play.text
    assert play.state.progress is None
    assert play.state.undo is None
    assert "nothing to undo" in play.writes("undo").text


def test_where_nothing_was_stopped_nothing_is_undone() -> None:
    assert "nothing to undo" in Play().opens().writes("undo").text
    assert "nothing to undo" in at("holder").writes("undo").text


def test_a_new_form_leaves_nothing_to_undo() -> None:
    play = at("holder").writes("cancel").writes("start").writes("cancel")
    assert progress(play.writes("undo")).at == PATHS[0]


def test_starting_again_offers_to_go_on_or_to_begin_again() -> None:
    play = at("country").writes("start an inquiry")
    assert play.labels == ["Go on", "Begin again", "Stop the form"]
    assert "Question 7 of 13" in play.writes("Go on").text
    assert "Question 1 of" in play.writes("start").writes("Begin again").text
    assert progress(play).answers == {}


def test_after_weeks_it_goes_on_where_it_was() -> None:
    play = at("country").waits(timedelta(weeks=5)).writes("start an inquiry")
    assert "still open at question 7 of 13" in play.text
    assert progress(play.writes("Italy")).value("country") == "IT"


def test_the_other_form_waits_for_the_open_one() -> None:
    assert "still open at question 7" in at("country").writes("remind me").text
    assert progress(reminded(1)).form == "renewal_reminder"


def test_the_language_does_not_jump_inside_a_form_but_can_be_switched() -> None:
    play = at("holder").writes("意大利某公司", language="zh")
    assert play.state.language == "en"
    play.writes("中文")
    assert "第 6 题" in play.text


# Whole ways


def test_the_form_can_be_filled_in_chinese_words() -> None:
    play = Play().opens("zh").writes("开始登记", language="zh")
    for line in [
        "商标",
        "已注册",
        "跳过",
        "没有了",
        "我们是权利人",
        "某某公司",
        "公司",
        "意大利",
        "鞋",
        "不急",
        "先不填",
        "没有",
        "a@example.com",
        "同意",
    ]:
        play.writes(line, language="zh")
    assert "请核对" in play.text
    assert "权利类型：商标" in play.text


def test_it_cannot_be_sent_before_every_question_is_done() -> None:
    play = at("goods").presses("form:send")
    assert "Question 8 of 13" in play.text
    assert not [e for e in play.everything if isinstance(e, SubmitLead | CallStaff)]
