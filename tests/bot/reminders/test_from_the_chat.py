"""Reminders set and stopped by people in the chat: kept in the turn's own transaction."""

from __future__ import annotations

import pytest

from bot.conversation.office import Office
from bot.errors import StoreError
from bot.live import Live
from bot.reception import Inbound, Reception
from bot.reminders.plan import Ahead, Rules
from bot.store import conversations
from bot.store.work import Store
from knowledge.library import china
from tests.bot.leads.test_delivery import Told
from tests.bot.reminders.making import Clock, journal, reminding, rows, states
from tests.bot.told import ToldUnderstanding, key

FIRST = ["remind me", "ACME, T2017-12345", "31 May 2028", "skip"]
SECOND = ["yes", "RUNNING MAN", "31 August 2029", "29 February 2028"]
LAST = ["no", "li.wei@holder.example", "I agree"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reception(store: Store, clock: Clock) -> Reception:
    return Reception(store, ToldUnderstanding(), "AAA IPRIGHT", Live(), clock)


async def says(reception: Reception, *lines: str, person: str = "somebody") -> str:
    """Somebody writes these lines; the conversation's id."""
    conversation = await reception.open(key(person), "en")
    begun = len(await reception.transcript(conversation))
    for number, line in enumerate(lines):
        await reception.receive(Inbound(key(person), f"{person}-{begun}-{number}", line))
    return conversation


async def test_a_finished_form_sets_them_and_nothing_less(
    reception: Reception, store: Store
) -> None:
    conversation = await says(reception, *FIRST, *SECOND, *LAST)
    assert await rows(store) == [], "nothing is kept before it is sent"
    await says(reception, "send")
    found = [(row.number, row.which, row.due_at.date().isoformat()) for row in await rows(store)]
    assert found == [
        (2, "opens", "2027-08-15"),
        (1, "opens", "2027-11-16"),
        (2, "closes", "2028-01-30"),
        (1, "closes", "2028-05-01"),
    ]
    assert (await journal(store, conversation)).count("reminders_set None None") == 1
    assert {row.language for row in await rows(store)} == {"en"}


async def test_a_repeated_message_sets_them_once(reception: Reception, store: Store) -> None:
    await says(reception, *FIRST, *LAST)
    for _ in range(3):
        await reception.receive(Inbound(key(), "the page's own id", "send"))
    assert len(await rows(store)) == 2


async def test_the_days_ahead_are_those_of_the_settings(store: Store, clock: Clock) -> None:
    rules = Rules(china(), Ahead(opens=1, closes=2))
    reception = Reception(
        store, ToldUnderstanding(), "AAA", Live(), clock, office=Office(rules=rules)
    )
    await says(reception, *FIRST, *LAST, "send")
    assert [row.due_at.date().isoformat() for row in await rows(store)] == [
        "2027-11-29",
        "2028-05-29",
    ]


async def test_the_word_stops_them_and_says_so(
    reception: Reception, store: Store, clock: Clock
) -> None:
    conversation = await says(reception, *FIRST, *LAST, "send")
    await says(reception, *FIRST, *LAST, "send", person="another")
    await says(reception, "stop")
    assert sorted(row.state for row in await rows(store)) == ["stopped"] * 2 + ["waiting"] * 2
    lines = await reception.transcript(conversation)
    assert "stopped" in lines[-1].reply.text
    assert "reminder.stopped 1 opens word" in await journal(store, conversation)
    clock.at("2028-05-02")
    way = Told()
    await reminding(store, way, clock).look()
    assert [str(message["To"]) for message, _ in way.sent] == ["li.wei@holder.example"]


async def test_set_anew_with_another_day_the_old_day_is_gone(
    reception: Reception, store: Store
) -> None:
    await says(reception, *FIRST, *LAST, "send")
    await says(reception, *FIRST[:2], "30 June 2028", "skip", *LAST, "send")
    waiting = [row for row in await rows(store) if row.state == "waiting"]
    assert [row.due_at.date().isoformat() for row in waiting] == ["2027-12-16", "2028-05-31"]


async def test_a_window_that_is_open_leaves_the_last_reminder_and_one_that_closed_none(
    reception: Reception, store: Store
) -> None:
    await says(reception, *FIRST[:2], "31 January 2027", "skip", *LAST, "send")
    assert await states(store) == ["1 closes waiting"]
    await says(reception, "remind me", "OLD", "31 January 2026", "skip", *LAST, "send", person="b")
    assert await states(store) == ["1 closes waiting"]


async def test_where_the_turn_fails_none_is_set(
    reception: Reception, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await says(reception, *FIRST, *LAST)

    def fail(*_: object) -> None:
        raise StoreError("no room")

    monkeypatch.setattr(conversations, "save", fail)
    with pytest.raises(StoreError):
        await reception.receive(Inbound(key(), "last", "send"))
    assert await rows(store) == []


async def test_an_erased_conversation_is_not_reminded(
    reception: Reception, store: Store, clock: Clock
) -> None:
    conversation = await says(reception, *FIRST, *LAST, "send")
    await store.run(lambda work: conversations.erase(work, conversation))
    clock.at("2028-05-02")
    way = Told()
    assert await reminding(store, way, clock).look() == 0
    assert way.tries == 0
