"""A reminder that was refused for good: the staff is told in any case, the person where nobody else speaks to them."""

from bot.conversation.events import Note, ReminderRefused
from tests.bot.conversation.acting import Acting, in_form

REFUSED = ReminderRefused(
    number=1, about="ACME", email="li.wei@holder.example", reason="550 5.1.1", may_write=True
)


def _notes(acting: Acting) -> list[str]:
    return [effect.text for effect in acting.effects if isinstance(effect, Note)]


def test_a_refused_reminder_was_told_nobody() -> None:
    acting = Acting().comes().event(REFUSED)
    [note] = _notes(acting)
    assert "550 5.1.1" in note
    assert "ACME" in note
    assert "ACME" in acting.text
    assert acting.labels == ["Set a reminder"]
    assert "li.wei" not in note + acting.text
    assert "l…@holder.example" in acting.text


def test_in_chinese_the_person_is_told_in_chinese_and_the_staff_in_english() -> None:
    acting = Acting().comes(language="zh").event(REFUSED)
    assert "关于“ACME”的提醒邮件没有送达" in acting.text
    assert _notes(acting)[0].startswith("The mail that should have reminded of ACME")


def test_where_the_channel_does_not_let_us_write_only_the_staff_is_told() -> None:
    acting = Acting().comes().event(REFUSED.model_copy(update={"may_write": False}))
    assert _notes(acting)
    assert not acting.said


def test_beside_a_person_of_the_staff_the_bot_tells_only_them() -> None:
    acting = Acting().comes()
    acting.takes()
    acting.event(REFUSED)
    assert _notes(acting)
    assert not acting.said


def test_an_open_form_stands_with_its_buttons() -> None:
    form = in_form("role")
    before = form.state
    form.event(REFUSED)
    assert len(form.said) == 1
    assert form.state.progress == before.progress
    assert form.state.offered == before.offered


def test_a_recordation_without_a_name_is_told_by_its_number() -> None:
    acting = Acting().comes().event(REFUSED.model_copy(update={"about": "", "number": 2}))
    assert "the one for Recordation 2" in acting.text
