"""What was read from the talk before is put to the person: taken, denied or replaced, never overwritten unasked."""

from __future__ import annotations

import pytest

from tests.bot.conversation.script import FILLED, Play


def at_proposed_holder() -> Play:
    """The holder's question, where Acme Ltd is proposed."""
    play = Play().opens().writes("start an inquiry")
    for line in ("Acme Ltd, trademark, registered, Italy", *FILLED[2:5]):
        play.writes(line)
    assert play.state.progress is not None
    assert play.state.progress.proposed == {"holder": "Acme Ltd"}
    return play


def holder(play: Play) -> str | None:
    assert play.state.progress is not None
    return play.state.progress.value("holder")


def test_words_meant_for_another_question_once_became_the_holder() -> None:
    play = at_proposed_holder().writes("running shoes")
    assert holder(play) is None
    assert "I have Acme Ltd here" in play.text
    assert "if it should be running shoes, type that once more" in play.text
    assert holder(play.writes("yes")) == "Acme Ltd"


@pytest.mark.parametrize("typed", ["no", "No.", "that's wrong", "不是", "不对"])
def test_a_bare_no_to_a_proposal_was_once_called_no_answer(typed: str) -> None:
    play = at_proposed_holder().writes(typed)
    assert "Acme" not in play.text
    assert "That is right" not in play.labels
    assert play.state.progress is not None
    assert play.state.progress.tries == 0
    assert holder(play.writes("Rossi SpA")) == "Rossi SpA"


@pytest.mark.parametrize("typed", ["No, Rossi SpA", "no, it's Rossi SpA", "不是，是Rossi SpA"])
def test_no_with_the_right_name_was_once_kept_as_part_of_the_name(typed: str) -> None:
    assert holder(at_proposed_holder().writes(typed)) == "Rossi SpA"


def test_a_name_that_begins_with_no_denies_nothing() -> None:
    play = at_proposed_holder().writes("No 5 Trading Ltd").writes("No 5 Trading Ltd")
    assert holder(play) == "No 5 Trading Ltd"


def test_no_where_nothing_is_proposed_is_a_button_of_an_earlier_step() -> None:
    assert "earlier step" in Play().opens().writes("start an inquiry").presses("form:deny").text
