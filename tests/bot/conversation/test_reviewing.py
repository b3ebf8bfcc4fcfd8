"""What is kept for review: the right line, for the right reason, and nothing that is personal."""

from __future__ import annotations

import pytest

from bot.channels.limits import CHANNELS
from bot.conversation.buttons import do
from bot.conversation.events import CallStaff, KeepForReview, Record
from bot.conversation.owner import Owner
from bot.conversation.state import Stage, Why
from bot.conversation.texts import commands
from intents.answer import Kind
from knowledge.model import LANGUAGES
from tests.bot.conversation.script import Play, filled, reading

WHATSAPP_BUTTONS, WHATSAPP_LABEL = 3, 20


def kept(play: Play) -> list[KeepForReview]:
    """What the last turn keeps."""
    return [effect for effect in play.effects if isinstance(effect, KeepForReview)]


def asking() -> Play:
    """A prospect who has asked something and was answered."""
    return Play().opens().writes("how much", Kind.ANSWER)


@pytest.mark.parametrize(
    ("kind", "said"), [(Kind.CLARIFY, "fee.official"), (Kind.OUT_OF_SCOPE, "outside.everyday")]
)
def test_what_is_not_understood_is_kept_with_what_was_offered_or_said(
    kind: Kind, said: str
) -> None:
    unknown = kind is Kind.OUT_OF_SCOPE
    play = Play().opens().writes("blub", kind, intent="outside.everyday", unknown=unknown)
    assert kept(play) == [
        KeepForReview(line=1, language="en", why=Why.NOT_UNDERSTOOD, said=(said,))
    ]


@pytest.mark.parametrize("unknown", [True, False])
def test_what_was_said_not_to_be_ours_can_be_called_wrong_and_counts_once(unknown: bool) -> None:
    play = Play().opens()
    play.writes("blub", Kind.OUT_OF_SCOPE, intent="outside.everyday", unknown=unknown)
    before = (Why.NOT_UNDERSTOOD, ()) if unknown else (None, ("outside.everyday",))
    [marked] = kept(play.writes("wrong"))
    assert (marked.why, marked.was, marked.said) == (Why.MARKED_WRONG, *before)
    assert play.state.offered[0].payload == "ask:fee.history"


@pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.SMALLTALK, Kind.REFUSE, Kind.ESCALATE])
def test_what_is_understood_is_not_kept(kind: Kind) -> None:
    assert kept(Play().opens().writes("how much", kind)) == []


def test_a_line_is_kept_in_the_language_it_is_written_in() -> None:
    play = Play().opens().writes("English").writes("多少", Kind.CLARIFY, language="zh")
    assert [each.language for each in kept(play)] == ["zh"]
    assert play.state.language == "en"


def test_a_line_in_a_language_we_do_not_speak_is_not_kept() -> None:
    play = Play().opens()
    foreign = reading("wie viel", Kind.CLARIFY).model_copy(update={"written_in": "de"})
    assert kept(play.reads(foreign)) == []
    assert kept(play.writes("fee")) == []


@pytest.mark.parametrize("choosing", ["Fee", "what does it cost?", "1"])
def test_choosing_what_was_offered_says_what_the_line_meant(choosing: str) -> None:
    play = Play().opens().writes("blub", Kind.CLARIFY)
    typed = kept(play.writes(choosing))
    pressed = kept(Play().opens().writes("blub", Kind.CLARIFY).presses("ask:fee.official"))
    correction = KeepForReview(
        line=1,
        language="en",
        why=Why.CORRECTED,
        was=Why.NOT_UNDERSTOOD,
        chosen="fee.official",
    )
    assert typed == pressed == [correction]


def test_a_line_is_corrected_once() -> None:
    play = Play().opens().writes("blub", Kind.CLARIFY).writes("Fee")
    assert kept(play.writes("Fee")) == []


def test_a_choice_that_starts_the_form_is_a_correction_too() -> None:
    play = asking().writes("wrong")
    assert play.state.asked is not None
    wanted = play.state.asked.with_(nearest=("talk.start",))
    play.state = play.state.with_(asked=wanted)
    assert [each.chosen for each in kept(play.presses("ask:talk.start"))] == ["talk.start"]
    assert play.state.stage is Stage.INTAKE


def test_a_question_of_the_menu_corrects_nothing() -> None:
    play = Play().opens().writes("blub", Kind.CLARIFY).writes("menu")
    assert kept(play.presses("ask:documents.needed")) == []
    outside = Play().opens().writes("blub", Kind.OUT_OF_SCOPE)
    assert kept(outside.writes("Fee")) == []


@pytest.mark.parametrize(
    "words", ["wrong", "That's not what I asked.", "That’s wrong!", "答非所问", "不对。", "不對"]
)
def test_marking_wrong_by_word_and_by_button_is_the_same(words: str) -> None:
    pressed, typed = asking().presses("do:wrong"), asking().writes(words)
    assert typed.effects == pressed.effects
    assert typed.state == pressed.state
    assert kept(typed) == [
        KeepForReview(line=1, language="en", why=Why.MARKED_WRONG, said=("fee.official",))
    ]
    marked = Record(what="marked_wrong", actor="prospect", data={"intents": "fee.official"})
    assert marked in typed.effects


def test_after_a_wrong_answer_the_next_nearest_and_a_person_are_offered() -> None:
    play = asking().writes("wrong")
    assert play.text.startswith("I am sorry")
    assert [choice.payload for choice in play.state.offered] == [
        "ask:fee.history",
        "ask:fee.agency",
        "do:person",
    ]
    play.writes("2")
    assert play.text == "answer fee.agency"
    [correction] = kept(play)
    assert (correction.was, correction.chosen) == (Why.MARKED_WRONG, "fee.agency")


def test_a_correction_that_was_wrong_again_is_kept_with_what_it_was_answered() -> None:
    play = Play().opens().writes("blub", Kind.CLARIFY).writes("Fee").writes("wrong")
    [marked] = kept(play)
    assert (marked.line, marked.was, marked.said) == (1, Why.CORRECTED, ("fee.official",))
    assert "ask:fee.official" not in [choice.payload for choice in play.state.offered]


def test_saying_it_again_keeps_nothing_more_and_offers_a_person() -> None:
    play = asking().writes("wrong")
    first = play.text
    play.writes("wrong")
    assert kept(play) == []
    assert play.labels == ["Ask a person"]
    assert play.text != first
    assert any(isinstance(e, CallStaff) for e in play.writes("Ask a person").effects)


def test_none_of_what_was_offered_is_no_second_line() -> None:
    play = Play().opens().writes("blub", Kind.CLARIFY).writes("that is not what I asked")
    assert kept(play) == []
    assert play.labels == ["Ask a person"]


def test_the_answer_to_a_button_is_counted_and_its_words_are_not_kept() -> None:
    play = Play().opens().presses("ask:time.decision").writes("wrong")
    assert kept(play) == []
    assert Record(what="marked_wrong", actor="prospect", data={"intents": "time.decision"}) in (
        play.effects
    )
    assert "other words" in play.text


def test_where_nothing_was_asked_it_is_answered_kindly_all_the_same() -> None:
    play = Play().opens().writes("wrong")
    assert kept(play) == []
    assert "other words" in play.text


def test_what_is_typed_in_a_form_is_never_kept() -> None:
    play = filled(3)
    for line in ("wrong", "is there a fee?", "wrong", "a@example.com", "back"):
        kind = Kind.ANSWER if line.endswith("?") else Kind.OUT_OF_SCOPE
        assert kept(play.writes(line, kind)) == []
        assert play.state.asked is None


def test_in_a_form_it_is_told_how_to_mend_an_answer_and_the_question_comes_again() -> None:
    play = filled(2)
    at = play.state.progress
    play.writes("不对")
    assert "press Back" in play.text
    assert play.state.progress == at
    assert "Ask a person" in play.labels


def test_what_was_asked_before_a_form_is_not_marked_by_what_is_said_in_it() -> None:
    play = asking().writes("start").writes("wrong")
    assert kept(play) == []


def test_what_is_written_to_a_person_is_not_kept() -> None:
    play = Play().opens().takes().writes("blub", Kind.CLARIFY)
    assert play.effects == ()
    waiting = Play().opens().writes("person").writes("blub", Kind.CLARIFY)
    assert kept(waiting) == []
    assert kept(waiting.writes("wrong")) == []


def test_who_waits_for_a_person_is_not_offered_one_again() -> None:
    play = Play().opens().writes("person").writes("how much", Kind.ANSWER).writes("wrong")
    assert play.state.owner is Owner.WAITING
    assert "do:person" not in [choice.payload for choice in play.state.offered]
    assert "called already" in play.writes("wrong").text


def test_only_an_answer_can_be_called_wrong_by_a_button() -> None:
    assert "Not what I asked" in asking().labels
    assert "Not what I asked" in Play().opens().writes("smuggle", Kind.REFUSE).labels
    assert "Not what I asked" not in Play().opens().writes("hello", Kind.SMALLTALK).labels
    assert "Not what I asked" not in Play().opens().writes("blub", Kind.CLARIFY).labels


def test_the_apology_fits_every_channel() -> None:
    play = asking().writes("wrong")
    assert len(play.state.offered) <= WHATSAPP_BUTTONS
    for language in LANGUAGES:
        button = do("wrong", language)
        assert len(button.label) <= WHATSAPP_LABEL
        assert len(button.payload.encode()) <= min(each.payload for each in CHANNELS.values())
        assert commands()[button.label.casefold()] == "wrong"


def test_the_memory_holds_none_of_the_words() -> None:
    play = Play().opens().writes("my secret blub", Kind.CLARIFY).writes("Fee").writes("wrong")
    assert "secret" not in play.state.model_dump_json()
