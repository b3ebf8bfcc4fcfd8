"""Late messages: all are answered, and one apology is said for the batch, with the time they came."""

from datetime import timedelta

from bot.conversation.events import MessageReceived
from intents.answer import Kind
from tests.bot.conversation.acting import Acting
from tests.bot.conversation.script import NOW, reading


def _comes(acting: Acting, hours_ago: float, text: str = "what does it cost") -> Acting:
    acting.sent += 1
    read = reading(text, Kind.ANSWER, f"fee.number{acting.sent}")
    return acting.event(
        MessageReceived(
            line=acting.sent,
            text=text,
            reading=read,
            new_reference="TW-1",
            sent_at=acting.now - timedelta(hours=hours_ago),
        )
    )


def test_one_apology_with_the_time_for_the_whole_batch() -> None:
    acting = Acting().comes()
    _comes(acting, 3)
    assert acting.said[0].text == (
        "Sorry for the delay: what you have written since 22 November 2026, 14:00 (Beijing time) "
        "has reached me only now."
    )
    assert acting.said[1].text == "answer fee.number1"
    for hours in (2.5, 2, 1.5):
        _comes(acting.later(seconds=1), hours)
        assert len(acting.said) == 1


def test_what_is_less_than_an_hour_late_needs_no_words() -> None:
    assert len(_comes(Acting().comes(), 0.9).said) == 1


def test_another_downtime_has_an_apology_of_its_own() -> None:
    acting = _comes(Acting().comes(), 3)
    acting.later(days=1)
    assert len(_comes(acting, 2).said) == 2


def test_beside_a_person_nothing_is_said() -> None:
    acting = Acting().comes()
    acting.takes()
    assert _comes(acting, 3).effects == ()


def test_the_time_is_that_of_the_message() -> None:
    acting = _comes(Acting().comes(), 3)
    assert acting.state.apologised_at == NOW
