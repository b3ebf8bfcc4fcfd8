"""Counts and times out of the journal, the same on both databases; days are Beijing's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.store import conversations, events, figures, messages
from bot.store.conversations import ConversationKey
from bot.store.figures import Span, Spread, Unit
from bot.store.messages import Draft
from bot.store.work import Store, Work

MONDAY = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
"""Monday the 23rd begins in Beijing."""
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
WEEK = Span(MONDAY, MONDAY + 7 * DAY)


def _note(work: Work, kind: str, at: datetime, conversation: str = "c", /, **data: str) -> None:
    about = {"conversation_id": conversation, "data": data}
    events.record(work, kind, actor="bot", now=at, **about)  # type: ignore[arg-type]


def _begin(work: Work, name: str) -> str:
    key = ConversationKey("web", "main", name, name)
    return conversations.find_or_create(work, key, now=MONDAY).id


def _call(work: Work, name: str, at: datetime, wait: timedelta, reply: timedelta | None) -> None:
    """Somebody is called, comes after a while, and writes after another."""
    here = _begin(work, name)
    _note(work, "owner", at, here, **{"from": "bot", "to": "waiting"})
    _note(work, "owner", at + wait, here, **{"from": "waiting", "to": "person"})
    if reply is not None:
        messages.append(work, here, Draft(author="staff", body={}), now=at + reply)


async def test_what_happened_is_counted_by_what_its_lines_say(store: Store) -> None:
    def write(work: Work) -> None:
        for at, intent, language in (
            (MONDAY - MINUTE, "fee", "en"),
            (MONDAY, "fee", "en"),
            (MONDAY + HOUR, "fee", "zh"),
            (MONDAY + DAY, "time", "en"),
            (MONDAY + 7 * DAY, "time", "en"),
        ):
            _note(work, "asked", at, intent=intent, language=language, kind="answer")
        _note(work, "other", MONDAY)

    await store.run(write)
    counted = await store.read(
        lambda work: figures.events(work, WEEK, "asked", "intent", "language")
    )
    assert counted == {("fee", "en"): 1, ("fee", "zh"): 1, ("time", "en"): 1}
    only = {"language": ["zh"]}
    counted = await store.read(lambda work: figures.events(work, WEEK, "asked", kinds=only))
    assert counted == {(): 1}
    there = await store.read(lambda work: figures.conversations(work, WEEK, "asked", "intent"))
    assert there == {("fee",): 1, ("time",): 1}


@pytest.mark.parametrize(
    ("unit", "parts"),
    [
        (Unit.DAY, {"2026-11-23": 2, "2026-11-29": 1, "2026-11-30": 1, "2026-12-01": 1}),
        (Unit.WEEK, {"2026-11-23": 3, "2026-11-30": 2}),
        (Unit.MONTH, {"2026-11-01": 4, "2026-12-01": 1}),
    ],
)
async def test_days_weeks_and_months_are_those_of_beijing(
    store: Store, unit: Unit, parts: dict[str, int]
) -> None:
    def write(work: Work) -> None:
        for at in (
            MONDAY,
            MONDAY + DAY - MINUTE,
            MONDAY + 7 * DAY - MINUTE,
            MONDAY + 7 * DAY,
            MONDAY + 8 * DAY,
        ):
            _note(work, "asked", at)

    await store.run(write)
    span = Span(MONDAY, MONDAY + 30 * DAY, unit)
    assert await store.read(lambda work: figures.by_time(work, span, "asked")) == parts


async def test_waits_have_a_median_and_a_ninetieth(store: Store) -> None:
    def write(work: Work) -> None:
        for minutes in range(1, 11):
            wait = minutes * MINUTE
            _call(work, f"p{minutes}", MONDAY, wait, wait + MINUTE)
        _call(work, "later", MONDAY + DAY, 30 * MINUTE, None)
        here = _begin(work, "returned")
        _note(work, "owner", MONDAY, here, **{"from": "bot", "to": "waiting"})
        _note(work, "owner", MONDAY + HOUR, here, **{"from": "waiting", "to": "bot"})
        there = _begin(work, "waits still")
        _note(work, "owner", MONDAY, there, **{"from": "bot", "to": "waiting"})
        _call(work, "before", MONDAY - DAY, HOUR, HOUR)

    await store.run(write)
    waits = await store.read(lambda work: figures.waits(work, WEEK))
    assert {name: _rounded(each) for name, each in waits.items()} == {
        "": Spread(11, 360, 600),
        "2026-11-23": Spread(10, 300, 540),
        "2026-11-24": Spread(1, 1800, 1800),
    }
    replies = await store.read(lambda work: figures.first_replies(work, WEEK))
    assert {name: _rounded(each) for name, each in replies.items()} == {
        "": Spread(10, 360, 600),
        "2026-11-23": Spread(10, 360, 600),
    }
    calls = await store.read(lambda work: figures.calls(work, WEEK))
    assert calls == {("person",): 11, ("bot",): 1, ("",): 1}


def _rounded(each: Spread) -> Spread:
    assert each.median is not None
    assert each.ninetieth is not None
    return Spread(each.times, round(each.median), round(each.ninetieth))


async def test_without_anything_there_is_nothing(store: Store) -> None:
    assert await store.read(lambda work: figures.waits(work, WEEK)) == {}
    assert await store.read(lambda work: figures.leads(work, WEEK)) == {}
    steps = {"begun": "form_begun", "step": "form_at", "sent": "lead_sent"}
    form = await store.read(lambda work: figures.form(work, WEEK, "recordation", **steps))
    assert form == figures.Form(0, {}, 0, {})


async def test_who_answered_is_told_by_conversations(store: Store) -> None:
    def write(work: Work) -> None:
        for name in ("bot", "both"):
            for _ in range(2):
                _note(work, "asked", MONDAY, _begin(work, name), kind="answer", intent="fee")
        _note(work, "asked", MONDAY, _begin(work, "neither"), kind="clarify", intent="")
        _call(work, "both", MONDAY, MINUTE, HOUR)
        _call(work, "person", MONDAY, MINUTE, HOUR)
        _call(work, "nobody wrote", MONDAY, MINUTE, None)

    await store.run(write)
    counted = await store.read(lambda work: figures.answered_by(work, WEEK, "asked", ["answer"]))
    assert counted == {("1", "0"): 1, ("1", "1"): 1, ("0", "1"): 1}


async def test_a_form_is_followed_to_where_it_was_left(store: Store) -> None:
    def write(work: Work) -> None:
        for name, steps, sent in (
            ("a", ("right", "holder", "summary"), True),
            ("b", ("right", "holder", "right"), False),
            ("c", ("right",), False),
        ):
            _note(work, "form_begun", MONDAY, name, form="recordation")
            for number, at in enumerate(steps):
                moment = MONDAY + (number + 1) * MINUTE
                _note(work, "form_at", moment, name, form="recordation", at=at)
            if sent:
                _note(work, "lead_sent", MONDAY + 8 * DAY, name)
        _note(work, "form_begun", MONDAY, "d", form="reminder")
        _note(work, "form_at", MONDAY, "d", form="reminder", at="right")
        _note(work, "form_begun", MONDAY - DAY, "e", form="recordation")

    await store.run(write)
    steps = {"begun": "form_begun", "step": "form_at", "sent": "lead_sent"}
    found = await store.read(lambda work: figures.form(work, WEEK, "recordation", **steps))
    assert found == figures.Form(3, {"right": 3, "holder": 2, "summary": 1}, 1, {"right": 2})


async def test_of_two_marks_of_one_person_the_last_counts(store: Store) -> None:
    def write(work: Work) -> None:
        for name, mark in (("a", "bad"), ("a", "good"), ("b", "bad")):
            _note(work, "rated", MONDAY, name, mark=mark)

    await store.run(write)
    counted = await store.read(lambda work: figures.latest(work, WEEK, "rated", "mark"))
    assert counted == {("good",): 1, ("bad",): 1}
