"""What becomes of a finished form."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.conversation.events import CallStaff, Record, SetReminders, StopReminders, SubmitLead
from bot.conversation.owner import Owner
from bot.conversation.state import Stage
from tests.bot.conversation.script import FILLED, NOW, PATHS, Play, filled, reminded


def leads(play: Play) -> list[SubmitLead]:
    return [effect for effect in play.everything if isinstance(effect, SubmitLead)]


def urgent() -> Play:
    play = filled(PATHS.index("urgency")).writes("goods are held")
    for line in FILLED[PATHS.index("details") :]:
        play.writes(line)
    return play


def test_sending_hands_the_answers_over_once_with_consent_and_reference() -> None:
    play = filled().writes("Send")
    [lead] = leads(play)
    assert lead.answers == {
        "rights.1.right_type": "trademark",
        "rights.1.mark_state": "registered",
        "rights.1.registration_number": "1234567",
        "role": "holder",
        "holder": "Example Trading Ltd",
        "holder_kind": "company",
        "country": "IT",
        "goods": "running shoes",
        "urgency": "planning",
        "details": "send_later",
        "name": "Anna Rossi",
        "contact": "name@example.com",
        "consent": "agree",
    }
    assert (lead.form, lead.consent_version, lead.consent_at) == ("recordation", "2026-12", NOW)
    assert lead.language == "en"
    assert play.state.references == (lead.reference,)
    assert play.state.stage is Stage.ANSWERING
    play.presses("form:send")
    assert len(leads(play)) == 1
    assert play.state.references == (lead.reference,), "a second press sends nothing"


def test_the_receipt_says_number_next_step_contact_and_day() -> None:
    play = filled().writes("send")
    assert leads(play)[0].reference in play.text
    assert "answers you at name@example.com" in play.text
    assert "Monday 23 November 2026" in play.text, "22 November 2026 is a Sunday"


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 9, 30, 3, 0, tzinfo=UTC), "Thursday 8 October 2026"),
        (datetime(2026, 9, 30, 15, 0, tzinfo=UTC), "Thursday 8 October 2026"),
        (datetime(2026, 11, 23, 3, 0, tzinfo=UTC), "Tuesday 24 November 2026"),
        (datetime(2026, 11, 22, 17, 0, tzinfo=UTC), "Tuesday 24 November 2026"),
    ],
)
def test_the_next_working_day_is_one_in_china(now: datetime, day: str) -> None:
    """Before the National Day holiday, within it by Beijing's clock, a Monday, and one that has begun in Beijing."""
    play = Play(now=now).opens().writes("start")
    for line in FILLED:
        play.writes(line)
    assert day in play.writes("send").text


def test_the_receipt_lists_the_papers_of_each_kind_of_right_once() -> None:
    play = filled(2).writes("1234567, 2345678")
    for line in ("yes", "patent", "granted", "skip", "no", *FILLED[4:]):
        play.writes(line)
    assert play.writes("send").text.count("answer documents.checklist") == 2


def test_for_a_right_that_has_no_list_there_is_none() -> None:
    play = Play().opens().writes("start").writes("not sure").writes("no")
    for line in FILLED[4:]:
        play.writes(line)
    assert "documents.checklist" not in play.writes("send").text


def test_what_was_put_off_is_named_to_both_sides() -> None:
    play = filled(PATHS.index("goods")).writes("later")
    for line in FILLED[PATHS.index("urgency") :]:
        play.writes(line)
    assert "Goods: (to be given later)" in play.text
    play.writes("send")
    assert leads(play)[0].put_off == ("goods",)
    assert "goods" not in leads(play)[0].answers
    assert 'marked "to be given later"' in play.text


def test_where_nothing_was_put_off_nothing_is_said_of_it() -> None:
    assert "given later" not in filled().writes("send").text


def test_held_goods_call_a_person_when_the_inquiry_is_sent() -> None:
    play = urgent().writes("send")
    assert play.state.owner is Owner.WAITING
    assert CallStaff(reason="goods_held") in play.effects
    assert "called a colleague now" in play.text
    assert play.state.waiting_since == NOW


def test_who_waits_already_is_not_called_for_twice() -> None:
    play = urgent().writes("person").writes("send")
    assert leads(play)
    assert CallStaff(reason="goods_held") not in play.effects
    assert "called a colleague now" not in play.text
    assert play.state.owner is Owner.WAITING


def test_reminders_are_set_with_every_day_named() -> None:
    play = reminded().writes("send")
    [effect] = [e for e in play.effects if isinstance(e, SetReminders)]
    assert effect.answers == {
        "recordations.1.about": "ACME",
        "recordations.1.valid_until": "2027-05-31",
        "email": "name@example.com",
        "consent": "agree",
    }
    assert (effect.consent_at, effect.consent_version) == (NOW, "2026-12")
    assert play.state.reminded == (effect.reference,)
    assert play.state.progress is None
    assert "31 May 2027" in play.text
    assert "name@example.com" in play.text
    assert not leads(play)
    data = {"reference": effect.reference}
    assert Record(what="reminders_set", actor="prospect", data=data) in play.effects


def test_several_recordations_are_one_reminder() -> None:
    play = reminded(3)
    for line in ("yes", "Beta", "1 June 2028", "skip", "no", "a@example.com", "yes"):
        play.writes(line)
    assert "Recordation 2: Beta, valid until 1 June 2028" in play.text
    play.writes("send")
    assert "1 June 2028" in play.text
    assert len(play.state.reminded) == 1


def test_stop_ends_the_reminders_once() -> None:
    play = reminded().writes("send").writes("stop")
    assert StopReminders() in play.effects
    assert play.state.reminded == ()
    assert StopReminders() not in play.writes("unsubscribe").effects


def test_stop_inside_a_form_asks_what_shall_stop() -> None:
    play = filled(5).writes("stop")
    assert play.labels == ["Stop the form", "All messages"]
    assert play.state.progress is not None
    assert play.writes("Stop the form").state.progress is None


def test_in_chinese_the_receipt_is_chinese() -> None:
    play = filled(language="zh").writes("提交", language="zh")
    assert "2026年11月23日" in play.text
    assert leads(play)[0].language == "zh"
