"""Lines that belong together are one turn; what is complete is answered at once; nothing is lost or answered twice."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import bursts
from bot.conversation.events import KeepForReview, Wait
from bot.conversation.owner import Owner
from intents.answer import Kind
from tests.bot.conversation.acting import Acting, in_form


def _opened() -> Acting:
    acting = Acting()
    acting.comes()
    return acting


def _wait(acting: Acting) -> timedelta:
    [wait] = [effect for effect in acting.effects if isinstance(effect, Wait)]
    return wait.until - acting.now


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("what does it cost?", Kind.CLARIFY),
        ("海关备案要多久", Kind.CLARIFY),
        ("fee for recording", Kind.ANSWER),
        ("they hold my goods", Kind.ESCALATE),
        ("record my mark please", Kind.INTAKE),
        ("menu", Kind.CLARIFY),
        ("thanks", Kind.SMALLTALK),
    ],
)
def test_what_is_complete_is_answered_at_once(text: str, kind: Kind) -> None:
    acting = _opened().types(text, kind)
    assert acting.said
    assert acting.state.waiting is None


@pytest.mark.parametrize("text", ["we have a trademark", "我们有个商标", "1234567"])
def test_a_line_that_asks_nothing_waits_for_silence(text: str) -> None:
    acting = _opened().types(text)
    assert not acting.said
    assert _wait(acting) == bursts.SILENCE


@pytest.mark.parametrize("text", ["I want to know,", "my goods are and", "是这样的：", "因为"])
def test_a_line_that_plainly_goes_on_waits_longer(text: str) -> None:
    assert _wait(_opened().types(text, Kind.ANSWER)) == bursts.UNFINISHED


def test_a_greeting_alone_leads_in_what_follows() -> None:
    acting = _opened().types("hi", Kind.SMALLTALK, "talk.greeting")
    assert not acting.said
    acting.types("what does it cost?", Kind.ANSWER, seconds=1)
    assert acting.text == "answer fee.official"


def test_the_lines_are_answered_as_one_when_the_question_comes() -> None:
    acting = _opened().types("we have a trademark").types("in Italy", seconds=1)
    assert acting.state.waiting is not None
    assert acting.state.waiting.lines == (1, 2)
    acting.types("what does it cost?", Kind.ANSWER, seconds=1)
    assert acting.text == "answer fee.official"
    assert acting.state.waiting is None
    assert acting.state.asked is not None
    assert acting.state.asked.line == 3


def test_they_are_answered_when_nothing_follows_and_only_once() -> None:
    acting = _opened().types("we have a trademark").types("in Italy", seconds=1).later(seconds=2)
    assert len(acting.rests().said) == 1
    assert acting.rests(lines=(1, 2)).effects == ()


def test_of_lines_that_were_read_together_none_is_kept_for_review_by_itself() -> None:
    acting = _opened().types("we have a blub").types("and a blob", seconds=1)
    acting.later(seconds=2).rests(Kind.CLARIFY)
    assert acting.said
    assert not any(isinstance(effect, KeepForReview) for effect in acting.everything)
    alone = _opened().types("we have a blub").later(seconds=2).rests(Kind.CLARIFY)
    assert any(isinstance(effect, KeepForReview) for effect in alone.effects)


def test_a_quiet_that_came_too_late_does_nothing() -> None:
    acting = _opened().types("we have a trademark").types("in Italy", seconds=1)
    assert acting.rests(lines=(1,)).effects == ()
    assert acting.state.waiting is not None


def test_whoever_goes_on_for_long_is_answered_after_eight_seconds() -> None:
    acting = _opened().types("we have a trademark")
    for number in range(5):
        assert not acting.types(f"line {number}", seconds=1.4).said
    assert acting.state.waiting is not None
    assert acting.state.waiting.until == acting.state.waiting.since + bursts.LONGEST
    assert acting.types("and more", seconds=1.4).said


def test_the_wait_never_ends_later_than_eight_seconds_after_the_first_line() -> None:
    acting = _opened().types("we have a trademark,")
    begun = acting.now
    while acting.state.waiting is not None:
        assert acting.state.waiting.until - begun <= bursts.LONGEST
        acting.types("and,", seconds=2.5)
    assert acting.said
    assert acting.now - begun <= bursts.LONGEST + timedelta(seconds=2.5)


def test_a_form_takes_its_answer_at_once_and_waits_where_it_cannot() -> None:
    form = in_form("contact")
    form.written = [""] * form.sent
    assert not form.types("it is").said
    assert _wait(form) == bursts.SILENCE
    form.types("ada@example.com", seconds=1)
    assert form.state.progress is not None
    assert form.state.progress.at == "consent"


def test_a_question_in_a_form_is_answered_at_once() -> None:
    form = in_form("contact")
    form.written = [""] * form.sent
    assert form.types("what does it cost?", Kind.ANSWER).said


def test_a_person_who_takes_over_has_the_lines_to_answer() -> None:
    acting = _opened().types("we have a trademark")
    acting.takes()
    assert acting.state.waiting is None
    assert acting.rests(lines=(1,)).effects == ()
    assert acting.types("more").effects == ()


def test_a_call_for_a_person_that_is_waited_for_does_not_stop_the_burst() -> None:
    acting = _opened()
    acting.writes("person")
    acting.written = [""] * acting.sent
    assert acting.state.owner is Owner.WAITING
    assert not acting.types("we have a trademark").said


def test_nobody_waits_on_a_channel_that_cannot_show_a_later_answer() -> None:
    acting = _opened()
    assert acting.writes("we have a trademark", Kind.CLARIFY).said


def test_lines_that_were_not_read_together_are_read_again_at_once() -> None:
    acting = _opened().types("we have a trademark")
    acting.writes("what does it cost?", Kind.ANSWER)
    assert not acting.said
    assert acting.state.waiting is not None
    assert len(acting.state.waiting.lines) == 2
    assert _wait(acting) == timedelta(0)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["we have a mark", "in Italy,", "what does it cost?", "menu", "hi"]),
            st.floats(0, 4),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_every_line_is_answered_once_and_in_order(lines: list[tuple[str, float, bool]]) -> None:
    acting = _opened()
    answered: list[int] = []
    for text, pause, rests in lines:
        if text == "menu" and acting.state.waiting is not None:
            answered += acting.state.waiting.lines
            acting.rests()
        before = acting.state.waiting.lines if acting.state.waiting else ()
        acting.types(text, Kind.ANSWER if "?" in text else Kind.CLARIFY, seconds=pause)
        if acting.state.waiting is None:
            assert acting.said
            answered += (*before, acting.sent)
        elif rests:
            answered += acting.state.waiting.lines
            acting.rests()
            assert acting.said
    waiting = acting.state.waiting.lines if acting.state.waiting else ()
    assert [*answered, *waiting] == list(range(1, len(lines) + 1))
