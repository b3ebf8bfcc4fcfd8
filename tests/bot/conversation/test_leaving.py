"""A form left half-way: one gentle line by day, never beside a person, and in the end the form goes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.conversation.events import Answered, FormLeft, Record
from bot.conversation.leaving import is_day
from bot.conversation.scene import Scene
from bot.conversation.turn import turn
from tests.bot.conversation.script import LI, NOW, Play, ToldComposer

DAY = timedelta(days=1)


def begun() -> Play:
    """Somebody has answered the first question of an inquiry."""
    return Play().opens().writes("start an inquiry").writes("trademark")


def leaves(play: Play, after: timedelta = DAY, now: datetime = NOW, **more: Any) -> Play:
    """The clock points at the conversation, so long after the last message."""
    given = {"remind_after": timedelta(hours=20), "drop_after": 60 * DAY, "may_write": True}
    event = FormLeft(since=now - after, **given | more)
    outcome = turn(Scene(ToldComposer(), "AAA IPRIGHT", now), play.state, event)
    play.state, play.effects = outcome.state, outcome.effects
    return play


def records(play: Play) -> list[str]:
    return [effect.what for effect in play.effects if isinstance(effect, Record)]


def test_one_line_and_the_present_question_with_its_buttons() -> None:
    play = begun()
    question, labels = play.said[-1].text.splitlines()[-1], play.labels
    leaves(play)
    assert len(play.said) == 1
    assert play.text.startswith("Your form is still open")
    assert play.text.endswith(question)
    assert play.labels == labels
    assert records(play) == ["form_reminded"]


def test_it_says_so_in_chinese_and_names_a_button_that_is_there() -> None:
    play = begun().writes("中文")
    leaves(play)
    assert play.text.startswith("您有一份表还没填完")
    assert "停止填写" in play.labels


def test_the_button_it_names_is_there_in_english() -> None:
    play = leaves(begun())
    assert any(f'"{label}"' in play.text for label in play.labels)


def test_once_a_form() -> None:
    play = leaves(begun())
    play.writes("registered")
    assert leaves(play).effects == ()
    play.presses("form:restart")
    assert leaves(play).said, "another form"
    play.presses("form:cancel")
    play.writes("undo")
    assert leaves(play).said, "brought back"


def test_too_early_it_says_nothing() -> None:
    assert leaves(begun(), timedelta(hours=20) - timedelta(seconds=1)).effects == ()
    assert leaves(begun(), timedelta(hours=20)).said


def test_where_the_channel_does_not_let_us_it_says_nothing() -> None:
    play = leaves(begun(), may_write=False)
    assert play.effects == ()
    assert leaves(play).said, "and it counts as not reminded"


@pytest.mark.parametrize(
    ("hour_utc", "spoken"), [(0, False), (1, True), (11, True), (12, False), (18, False)]
)
def test_by_day_in_beijing_only(hour_utc: int, *, spoken: bool) -> None:
    now = NOW.replace(hour=hour_utc)
    assert is_day(now) is spoken
    assert bool(leaves(begun(), now=now).effects) is spoken


def test_never_while_a_person_owns_it_or_is_called_or_it_is_closed() -> None:
    called = begun().writes("person")
    assert leaves(called).effects == ()
    owned = begun().event(Answered(by=LI, text="hello"))
    assert leaves(owned).effects == ()
    assert leaves(begun().takes().closes()).effects == ()
    assert leaves(begun().takes().hands_back()).said


def test_without_a_form_there_is_nothing_to_remind_of() -> None:
    play = Play().opens()
    before = play.state
    assert leaves(play).effects == ()
    assert leaves(play, 61 * DAY).state == before


@pytest.mark.parametrize("owned", [False, True])
def test_after_a_long_time_what_was_filled_in_goes_silently(*, owned: bool) -> None:
    play = begun().takes() if owned else begun()
    leaves(play, 60 * DAY, NOW.replace(hour=20), may_write=False)
    assert play.state.progress is None
    assert play.state.undo is None
    assert play.said == []
    assert records(play) == ["form_dropped"]


def test_a_reminder_of_a_form_that_can_only_be_sent_shows_the_summary() -> None:
    play = Play().opens().writes("remind me")
    for line in ("ACME", "31 May 2028", "skip", "no", "name@example.com", "I agree"):
        play.writes(line)
    leaves(play)
    assert "ACME" in play.text
    assert "Send" in play.labels
