"""Changing what was answered: back, by words, at the summary, by editing a message."""

from __future__ import annotations

import pytest

from bot.conversation.events import SubmitLead
from bot.conversation.filling import edited
from bot.conversation.scene import Outcome, Scene
from bot.intake.progress import SUMMARY
from tests.bot.conversation.script import FILLED, Play, ToldComposer, at, filled, progress

ALL = len(FILLED)


# Going back and changing


def test_back_shows_what_was_answered_and_keep_leaves_it() -> None:
    play = at("holder_kind").writes("back")
    assert "Your answer so far: Example Trading Ltd" in play.text
    assert progress(play.writes("keep")).at == "holder_kind"
    assert progress(play).value("holder") == "Example Trading Ltd"


def test_back_at_the_first_question_stays_there() -> None:
    assert "first question" in filled(0).writes("back").text


@pytest.mark.parametrize(
    ("typed", "path", "value"),
    [
        ("change the country to France", "country", "FR"),
        ("please change country to France.", "country", "FR"),
        ("no, the country is France, not Italy", "country", "FR"),
        ("Sorry, the country is France", "country", "FR"),
        ("the country is France", "country", "FR"),
        ("the country should be France", "country", "FR"),
        ("国家改成法国", "country", "FR"),
        ("请把国家改为法国。", "country", "FR"),
        ("不对，国家是法国，不是意大利", "country", "FR"),
        ("把联系方式改成 b@example.com", "contact", "b@example.com"),
        ("my e-mail is b@example.com", "contact", "b@example.com"),
        ("change the owner to Verdi S.r.l.", "holder", "Verdi S.r.l."),
        ("actually, the holder is Verdi S.r.l., not Example Ltd", "holder", "Verdi S.r.l."),
        ("change the trademark number to 7654321", "rights.1.registration_number", "7654321"),
    ],
)
def test_an_earlier_answer_is_changed_by_words(typed: str, path: str, value: str) -> None:
    play = filled().writes(typed)
    assert progress(play).value(path) == value
    assert progress(play).at == SUMMARY
    assert play.text.startswith("Changed. ")


def test_in_the_middle_too_after_which_the_present_question_comes_back() -> None:
    play = at("goods").writes("no, the country is France")
    assert progress(play).value("country") == "FR"
    assert progress(play).at == "goods"


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("the email is wrong", "contact"),
        ("wrong country", "country"),
        ("change the goods", "goods"),
        ("I made a mistake in the country", "country"),
        ("联系方式写错了", "contact"),
        ("国家错了", "country"),
        ("修改商品", "goods"),
    ],
)
def test_what_is_wrong_is_asked_again(typed: str, path: str) -> None:
    play = filled().writes(typed)
    assert progress(play).at == path
    assert "Your answer so far: " in play.text
    assert "Keep the answer" in play.labels


def test_a_change_that_cannot_be_read_asks_again_and_keeps_the_old_answer() -> None:
    play = filled().writes("change the country to 12")
    assert (progress(play).at, progress(play).value("country")) == ("country", "IT")
    assert "I do not know a country" in play.text


def test_a_sentence_that_changes_nothing_is_an_answer() -> None:
    play = at("goods").writes("change purses and wallets")
    assert progress(play).value("goods") == "change purses and wallets"


@pytest.mark.parametrize("press", ["Change: Goods", "Goods", "修改：商品"])
def test_a_line_of_the_summary_can_be_changed(press: str) -> None:
    play = filled(language="zh" if press == "修改：商品" else "en")
    play.writes(press, language=play.state.language)
    assert progress(play).at == "goods"
    play.writes("boots", language=play.state.language)
    assert (progress(play).at, progress(play).value("goods")) == (SUMMARY, "boots")


# The summary


def test_it_ends_with_a_summary_of_every_line() -> None:
    play = at("name").writes("skip").writes("a@example.com").writes("I agree")
    assert progress(play).at == SUMMARY
    assert "• Kind of right: Trademark" in play.text.replace("Kind", "• Kind", 1)
    assert "Right 1" not in play.text, "with one right there is nothing to number"
    assert "Your name: (left out)" in play.text
    assert play.labels[:4] == ["Send", "Not yet", "Stop the form", "Add another"]


def test_of_several_rights_each_has_one_line() -> None:
    play = at("rights.1.registration_number").writes("1234567, 2345678")
    for line in FILLED[3:]:
        play.writes(line)
    assert "Right 1: Trademark, Registered in China, 1234567" in play.text
    assert "Right 2: Trademark, Registered in China, 2345678" in play.text
    assert {"Right 1", "Right 2"} <= set(play.labels)


def two_rights() -> Play:
    play = at("rights.1.registration_number").writes("1234567, 2345678")
    for line in FILLED[3:]:
        play.writes(line)
    return play


def test_a_right_is_changed_line_by_line() -> None:
    play = two_rights().writes("Right 2")
    assert play.labels == [
        "Kind of right",
        "State of the mark",
        "Registration number",
        "Take it out",
        "Leave it so",
    ]
    play.writes("Registration number").writes("7654321")
    assert progress(play).value("rights.2.registration_number") == "7654321"
    assert progress(play).value("rights.1.registration_number") == "1234567"


def test_a_right_is_taken_out_and_the_next_moves_up() -> None:
    play = two_rights().writes("Right 1").writes("Take it out")
    assert "Right 1 is taken out." in play.text
    assert progress(play).value("rights.1.registration_number") == "2345678"
    assert "Registration number: 2345678" in play.text
    assert "earlier step" in play.presses("form:remove:rights.1").text, "the last one stays"


def test_leaving_a_right_as_it_is_shows_the_summary() -> None:
    assert "Please check" in two_rights().writes("Right 2").writes("Leave it so").text


def test_another_right_is_added_at_the_summary() -> None:
    play = filled().writes("Add another")
    assert progress(play).at == "rights.2.right_type"
    for line in ("patent", "granted", "skip", "no"):
        play.writes(line)
    assert progress(play).at == SUMMARY
    assert "Right 2: Patent, Granted in China" in play.text


@pytest.mark.parametrize(
    "payload",
    [
        "form:change:nothing",
        "form:change:rights.9",
        "form:change:rights.x",
        "form:remove:rights.9",
        "form:remove:goods",
        "form:remove:rights.x",
        "form:add:goods",
        "form:add:rights.9.more",
        "option:goods:boots",
        "form:confirm",
    ],
)
def test_a_stale_button_says_so_and_shows_the_present_step(payload: str) -> None:
    play = filled().presses(payload)
    assert "step" in play.text
    assert "Please check" in play.text


def test_a_stale_option_asks_the_present_question_again() -> None:
    play = at("holder").presses("option:rights.1.right_type:patent")
    assert "step" in play.text
    assert "Question 5 of 13" in play.text
    assert progress(play).value("rights.1.right_type") == "trademark"


def test_an_option_that_there_is_not_is_refused_kindly() -> None:
    assert "choose one" in filled(0).presses("option:rights.1.right_type:spaceship").text


def test_not_yet_keeps_everything() -> None:
    play = filled().writes("not yet")
    assert "kept here" in play.text
    assert [e for e in play.writes("send").effects if isinstance(e, SubmitLead)]


# Edited messages


def edit(play: Play, line: int, text: str) -> Outcome | None:
    return edited(Scene(ToldComposer(), "AAA IPRIGHT", play.now), Outcome(play.state), line, text)


def test_an_edited_message_changes_the_answer_it_gave() -> None:
    play = filled()
    line = progress(play).answers["country"].line
    outcome = edit(play, line, "France")
    assert outcome is not None
    assert outcome.state.progress is not None
    assert outcome.state.progress.value("country") == "FR"
    assert outcome.state.progress.at == SUMMARY


def test_an_edit_in_the_middle_leaves_the_present_question_open() -> None:
    play = at("goods")
    outcome = edit(play, progress(play).answers["holder"].line, "Verdi S.r.l.")
    assert outcome is not None
    assert outcome.state.progress is not None
    assert outcome.state.progress.value("holder") == "Verdi S.r.l."
    assert outcome.state.progress.at == "goods"


def test_an_edit_that_answers_nothing_keeps_the_old_answer() -> None:
    play = filled()
    outcome = edit(play, progress(play).answers["contact"].line, "anna@")
    assert outcome is not None
    assert outcome.state.progress == progress(play)


def test_an_edit_of_several_answers_gives_each_anew() -> None:
    play = at("holder").writes("Rossi S.p.A., Italy")
    outcome = edit(play, play.sent, "Verdi S.r.l., France")
    assert outcome is not None
    assert outcome.state.progress is not None
    assert outcome.state.progress.value("holder") == "Verdi S.r.l."
    assert outcome.state.progress.value("country") == "FR"


def test_an_edit_of_what_gave_no_answer_is_none_of_the_forms() -> None:
    assert edit(filled(), 999, "France") is None
    assert edit(Play().opens(), 1, "France") is None
