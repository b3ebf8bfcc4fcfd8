"""What the figures are made of: questions that were asked, and the questions that a form came to."""

from __future__ import annotations

from bot.conversation.counting import ASKED, STEP
from bot.conversation.events import Record
from intents.answer import Kind
from tests.bot.conversation.script import Play


def _noted(play: Play, what: str) -> list[dict[str, str]]:
    return [e.data for e in play.effects if isinstance(e, Record) and e.what == what]


def test_a_typed_question_and_a_pressed_one_are_counted_alike() -> None:
    question = {"intent": "fee.official", "language": "en", "kind": "answer"}
    assert _noted(Play().opens().writes("cost?", Kind.ANSWER), ASKED) == [question]
    assert _noted(Play().opens().presses("ask:fee.official"), ASKED) == [question]
    assert _noted(Play().opens().presses("ask:gone.topic"), ASKED) == []


def test_what_was_not_understood_is_counted_and_what_a_person_has_is_not() -> None:
    play = Play().opens().writes("blub", Kind.CLARIFY)
    assert [each["kind"] for each in _noted(play, ASKED)] == ["clarify"]
    assert _noted(Play().opens().takes().writes("cost?", Kind.ANSWER), ASKED) == []


def test_a_form_is_followed_from_question_to_question() -> None:
    play = Play().opens().writes("start an inquiry")
    first = {"form": "recordation", "at": "rights.right_type"}
    assert _noted(play, STEP) == [first]
    assert _noted(play.writes("blub blub"), STEP) == []
    (second,) = _noted(play.writes("trademark"), STEP)
    assert second == {"form": "recordation", "at": "rights.mark_state"}
    assert _noted(play.writes("back"), STEP) == [first]


def test_an_answer_to_a_form_is_no_question() -> None:
    play = Play().opens().writes("start an inquiry").writes("trademark")
    assert _noted(play, ASKED) == []
