"""A changed message: a form takes the new answer, the last question is answered anew once, a person sees it."""

from intents.answer import Kind
from tests.bot.conversation.acting import Acting, fill, in_form


def _burst_in_form(*lines: str, upto: str = "contact") -> tuple[Acting, int]:
    """A form whose question was answered by lines read as one, and the number of the first of them."""
    form = in_form(upto)
    form.written = [""] * form.sent
    for line in lines:
        form.types(line, seconds=1)
    return form, form.sent - len(lines) + 1


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


def test_a_change_that_leaves_the_answer_as_it_is_says_nothing() -> None:
    form = in_form("goods")
    progress = form.state.progress
    assert progress is not None
    assert form.edits(progress.answers["country"].line, "Italy, of course").effects == ()
    assert form.state.progress == progress


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


def test_a_change_of_an_earlier_line_of_a_burst_changes_its_answer() -> None:
    form, first = _burst_in_form("ada@example", "or +39 06 1234 5678")
    progress = form.state.progress
    assert progress is not None
    assert progress.value("contact") == "+390612345678"
    form.edits(first, "ada@example.com")
    now = form.state.progress
    assert now is not None
    assert now.value("contact") == "ada@example.com"
    assert now.at == "consent"
    assert "ada@example.com" in form.text


def test_a_change_of_the_last_line_of_a_burst_is_read_with_the_others() -> None:
    form, first = _burst_in_form("Atlantis", "Italy", upto="country")
    form.edits(first + 1, "France")
    assert form.state.progress is not None
    assert form.state.progress.value("country") == "FR"
    assert form.state.progress.at == "goods"
    form.edits(first + 1, "Lemuria")
    assert form.state.progress.value("country") == "FR"
    assert form.said


def test_a_change_of_a_line_of_a_burst_that_answered_nothing_is_only_shown_to_the_staff() -> None:
    form, first = _burst_in_form("it is", "ada@example.com")
    before = form.state
    assert form.edits(first, "well, it is").effects == ()
    assert form.state.progress == before.progress


def test_a_change_of_an_earlier_line_of_the_last_question_answers_it_anew_once() -> None:
    acting = Acting().comes()
    acting.types("we have a trademark").types("what does it cost?", Kind.ANSWER, seconds=1)
    acting.edits(1, "we have a patent", intent="patent.fee")
    assert acting.text == "answer patent.fee"
    assert acting.edits(2, "how long?", intent="time.decision").effects == ()


def test_bursts_are_forgotten_when_a_change_of_them_changes_nothing_any_more() -> None:
    acting = Acting().comes()
    acting.types("we have a trademark").types("what does it cost?", Kind.ANSWER, seconds=1)
    assert [*acting.state.together] == [(1, 2)]
    acting.types("how long does it take?", Kind.ANSWER, seconds=20)
    assert [*acting.state.together] == []
