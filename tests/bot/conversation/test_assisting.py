"""Staff fill in a form for the prospect: the same validation, and never the consent."""

from __future__ import annotations

from bot.conversation.events import FilledByStaff, Given, Record, Refused, Say, SubmitLead
from bot.conversation.reply import Author
from bot.intake.progress import SUMMARY
from tests.bot.conversation.script import LI, OTHER, Play
from tests.bot.told import INTAKE


def _given(**answers: str) -> FilledByStaff:
    paths = {name: name.replace("__", ".") for name in answers}
    return FilledByStaff(
        by=LI, answers=tuple(Given(path=paths[name], text=said) for name, said in answers.items())
    )


def _half() -> Play:
    """A form with a trademark that is registered, taken over by Li."""
    play = Play().opens().presses("do:start")
    for line in INTAKE[:2]:
        play.writes(line)
    return play.takes()


def _told(play: Play) -> str:
    return "\n".join(e.reply.text for e in play.effects if isinstance(e, Say))


def _refused(play: Play) -> Refused:
    (refused,) = play.effects
    assert isinstance(refused, Refused)
    return refused


def test_what_staff_note_is_kept_read_as_the_prospects_own_and_told() -> None:
    play = _half().event(_given(country="italy", goods="running shoes"))
    assert play.state.progress
    assert play.state.progress.value("country") == "IT"
    assert play.state.progress.value("goods") == "running shoes"
    assert "Li Na has noted for your inquiry: Country: Italy; Goods: running shoes." in _told(play)
    assert [e.author for e in play.effects if isinstance(e, Say)] == [Author.SYSTEM]
    (record,) = [e for e in play.effects if isinstance(e, Record)]
    assert record == Record(
        what="form_filled", actor=f"staff:{LI.id}", data={"fields": "country goods"}
    )


def test_what_cannot_be_kept_is_told_and_then_nothing_is_kept() -> None:
    play = _half()
    before = play.state
    play.event(_given(goods="running shoes", contact="call me"))
    refused = _refused(play)
    assert refused.why == "unfit_answer"
    assert refused.told.startswith("Contact: ")
    assert play.state == before


def test_what_is_only_doubted_is_believed_when_it_is_given_again() -> None:
    play = _half().event(_given(country="Ruritania"))
    assert _refused(play).told.startswith("Country: ")
    again = Given(path="country", text="Ruritania", again=True)
    play.event(FilledByStaff(by=LI, answers=(again,)))
    assert play.state.progress
    assert play.state.progress.value("country") == "Ruritania"


def test_nobody_agrees_for_the_prospect_or_sends_for_them() -> None:
    play = _half().event(_given(consent="agree"))
    assert "only the prospect" in _refused(play).told
    everything = _given(
        rights__1__registration_number="",
        rights__1__more="no",
        role="holder",
        holder="Example Trading Ltd",
        holder_kind="company",
        country="Italy",
        goods="running shoes",
        urgency="planning",
        details="send_later",
        name="",
        contact="name@example.com",
    )
    play.event(everything)
    assert play.state.progress
    assert play.state.progress.at == "consent"
    play.hands_back()
    assert "May AAA IPRIGHT store these details" in play.text
    play.writes("I agree")
    assert play.state.progress.at == SUMMARY
    assert not [e for e in play.everything if isinstance(e, SubmitLead)]
    play.writes("send")
    (lead,) = [e for e in play.effects if isinstance(e, SubmitLead)]
    assert lead.answers["country"] == "IT"


def test_an_empty_answer_leaves_out_what_may_be_left_out() -> None:
    play = _half().event(_given(rights__1__registration_number="1234567"))
    play.event(_given(rights__1__registration_number=""))
    assert play.state.progress
    assert play.state.progress.value("rights.1.registration_number") is None
    assert _told(play) == ""
    play.event(_given(contact=""))
    assert _refused(play).told == "Contact: an answer is needed."


def test_only_who_has_the_conversation_and_only_while_a_form_is_open() -> None:
    play = _half()
    given = _given(country="Italy").answers
    assert _refused(play.event(FilledByStaff(by=OTHER, answers=given))).why == "not_with_you"
    play = Play().opens().takes().event(FilledByStaff(by=LI, answers=given))
    assert _refused(play).why == "no_form"
    play = _half().hands_back().event(FilledByStaff(by=LI, answers=given))
    assert _refused(play).why == "not_with_you"


def test_the_same_again_says_nothing() -> None:
    play = _half().event(_given(country="Italy"))
    assert play.event(_given(country="Italy")).effects == ()


def test_what_is_not_asked_is_refused() -> None:
    play = _half().event(_given(rights__1__patent_state="registered"))
    assert "not asked any more" in _refused(play).told
