"""A changed message: a form takes the new answer, the last question is answered anew once, a person sees it."""

from intents.answer import Kind
from tests.bot.conversation.acting import Acting, fill, in_form


def test_an_answer_in_a_form_is_given_anew() -> None:
    form = in_form("country")
    progress = form.state.progress
    assert progress is not None
    form.edits(progress.answers["holder"].line, "Sample Holding AG")
    now = form.state.progress
    assert now is not None
    assert now.value("holder") == "Sample Holding AG"
    assert now.at == "country"
    assert "Sample Holding AG" in form.text


def test_a_change_that_is_no_answer_leaves_the_old_one() -> None:
    form = fill(in_form("contact"), "consent")
    progress = form.state.progress
    assert progress is not None
    form.edits(progress.answers["contact"].line, "nowhere")
    assert form.state.progress is not None
    assert form.state.progress.value("contact") == "ada@example.com"
    assert form.said


def test_a_message_that_answered_nothing_changes_nothing_in_a_form() -> None:
    form = in_form("country")
    before = form.state
    assert form.edits(1, "start something else").effects == ()
    assert form.state == before


def test_the_last_question_is_answered_anew_once() -> None:
    acting = Acting()
    acting.comes().writes("what does it cost", Kind.ANSWER)
    acting.edits(1, "how long does it take", intent="time.decision")
    assert acting.text == "answer time.decision"
    assert acting.edits(1, "who may apply", intent="applicant.who").effects == ()


def test_an_earlier_question_is_not_answered_again() -> None:
    acting = Acting()
    acting.comes().writes("what does it cost", Kind.ANSWER).writes("how long", Kind.ANSWER)
    assert acting.edits(1, "who may apply").effects == ()


def test_what_was_not_answered_before_is_not_answered_after_a_change() -> None:
    acting = Acting()
    acting.comes().writes("blub", Kind.CLARIFY)
    assert acting.edits(1, "what does it cost").effects == ()


def test_the_conversation_is_about_the_new_question_from_then_on() -> None:
    acting = Acting()
    acting.comes().writes("what does it cost", Kind.ANSWER)
    acting.edits(1, "how long does it take", intent="time.decision")
    assert acting.state.context.intents[0] == "time.decision"
    assert acting.state.asked is not None
    assert acting.state.asked.said == ("time.decision",)


def test_the_bot_is_silent_beside_a_person_and_after_the_end() -> None:
    acting = Acting()
    acting.comes().writes("what does it cost", Kind.ANSWER).takes()
    assert acting.edits(1, "how long").effects == ()
    acting.closes()
    assert acting.edits(1, "how long").effects == ()
