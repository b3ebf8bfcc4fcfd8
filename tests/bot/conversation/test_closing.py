"""Closing words begin nothing anew; how it was is asked once a case, and not after small talk."""

import pytest

from bot.conversation.closing import CASE_ENDS_AFTER
from bot.conversation.events import Rated, What
from bot.conversation.owner import Owner
from intents.answer import Kind
from tests.bot.conversation.acting import Acting, fill, in_form

WORDS = [
    "thanks",
    "Thank you!",
    "ok, thanks",
    "bye",
    "👍",
    "👍🏿",
    "谢谢",
    "好的谢谢",
    "好的，谢谢。",
    "再见",
]
ASKED = ["It helped", "It did not help"]


def _helped() -> Acting:
    acting = Acting().comes()
    acting.writes("what does it cost", Kind.ANSWER)
    return acting


@pytest.mark.parametrize("word", WORDS)
def test_after_help_it_is_asked_how_it_was(word: str) -> None:
    acting = _helped()
    acting.writes(word, Kind.SMALLTALK)
    assert acting.labels == ASKED
    assert len(acting.said) == 1


@pytest.mark.parametrize("word", WORDS)
def test_it_is_asked_once_a_case(word: str) -> None:
    acting = _helped()
    acting.writes("thanks")
    acting.writes(word)
    assert acting.labels == []
    acting.writes("how long", Kind.ANSWER).writes(word)
    assert acting.labels == []


def test_another_case_may_be_asked_about_again() -> None:
    acting = _helped()
    acting.writes("thanks")
    acting.later(days=CASE_ENDS_AFTER.days + 1).writes("how long", Kind.ANSWER)
    assert acting.writes("thanks").labels == ASKED
    acting.closes()
    acting.writes("how long", Kind.ANSWER)
    assert acting.writes("thanks").labels == ASKED


def test_after_small_talk_it_is_not_asked() -> None:
    acting = Acting().comes()
    acting.writes("hello", Kind.SMALLTALK)
    assert acting.writes("thanks").labels == []
    acting.writes("blub", Kind.CLARIFY)
    assert acting.writes("thanks").labels == []


def test_what_was_read_as_thanks_is_a_closing_word_too() -> None:
    acting = _helped()
    acting.writes("that was kind of you", Kind.SMALLTALK, intent="talk.thanks")
    assert acting.labels == ASKED
    acting.writes("so long then", Kind.SMALLTALK, intent="talk.goodbye")
    assert acting.text == "Goodbye. What we said stays here."


@pytest.mark.parametrize("word", WORDS)
def test_inside_a_form_the_question_stands_and_is_not_put_again(word: str) -> None:
    form = in_form("holder")
    before = form.state
    form.writes(word, Kind.SMALLTALK)
    assert form.state.progress == before.progress
    assert form.state.offered == before.offered
    assert "Question" not in form.text
    assert len(form.said) == 1


def test_while_a_person_is_waited_for_it_is_not_asked() -> None:
    acting = _helped()
    acting.writes("person")
    acting.writes("thanks")
    assert "It helped" not in acting.labels
    assert acting.state.owner is Owner.WAITING


@pytest.mark.parametrize("word", [*WORDS, "that was kind of you"])
def test_thanks_after_the_end_are_answered_once_and_open_nothing(word: str) -> None:
    acting = _helped()
    acting.takes().closes()
    acting.writes(word, Kind.SMALLTALK, intent="talk.thanks")
    assert len(acting.said) == 1
    assert acting.labels == []
    assert acting.state.owner is Owner.CLOSED
    assert acting.writes("thanks", Kind.SMALLTALK).effects == ()
    assert acting.state.owner is Owner.CLOSED


def test_thanks_after_another_end_are_answered_again() -> None:
    acting = _helped()
    acting.closes()
    assert acting.writes("thanks").text == "You are welcome."
    acting.writes("how long", Kind.ANSWER)
    assert acting.state.owner is Owner.BOT
    acting.closes()
    assert acting.writes("bye").said


def test_a_thumb_sent_as_a_sticker_after_the_end_is_answered_once_too() -> None:
    acting = _helped()
    acting.closes()
    assert acting.sends(What.STICKER, "👍").said
    assert acting.sends(What.STICKER, "👍").effects == ()
    assert acting.state.owner is Owner.CLOSED


def test_a_mark_counts_once_and_may_be_changed() -> None:
    acting = _helped()
    acting.writes("thanks")
    marks = []
    for word in ("It helped", "that helped", "it did not help"):
        acting.writes(word)
        marks += [effect.mark for effect in acting.effects if isinstance(effect, Rated)]
        assert acting.said
    assert marks == ["good", "bad"]


def test_what_was_missing_is_noted_and_not_taken_for_a_question() -> None:
    acting = _helped()
    acting.writes("thanks")
    acting.writes("It did not help")
    acting.writes("the price was missing", Kind.ANSWER)
    assert acting.text.startswith("Thank you, that is kept.")
    assert acting.state.misses == 0
    acting.writes("blub", Kind.CLARIFY)
    assert acting.text.startswith("clarify")


def test_a_question_after_a_bad_mark_is_answered() -> None:
    acting = _helped()
    acting.writes("thanks")
    acting.writes("It did not help")
    assert acting.writes("how long?", Kind.ANSWER).text == "answer fee.official"


def test_after_an_inquiry_it_is_asked() -> None:
    form = fill(in_form(), "summary")
    form.writes("send")
    assert form.state.progress is None
    assert form.writes("thanks").labels == ASKED
