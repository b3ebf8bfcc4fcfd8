"""Reminders as they are kept: sealed, taken by one, emptied when done, stopped and erased together."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import text

from bot.reminders import plan, registry
from bot.reminders.model import NewReminders, Reminder
from bot.reminders.registry import LEASE, WAITS
from bot.store import conversations
from bot.store.tables import ReminderRow
from bot.store.work import Store, Work
from tests.bot.reminders.making import (
    ANSWERS,
    NOW,
    REFERENCE,
    RULES,
    TWO,
    Clock,
    begin,
    journal,
    rows,
    set_for,
    states,
)

DUE = plan.morning(plan.day_of(NOW).replace(2027, 11, 16))
TOMORROW = NOW + timedelta(days=1)
NEAR = ANSWERS | {"recordations.1.valid_until": "2027-06-03"}
"""A recordation whose first reminder is due at once."""


async def take(store: Store, now: datetime) -> Reminder | None:
    return await store.run(lambda work: registry.claim(work, RULES, now=now))


async def token_of_next(store: Store, now: datetime = TOMORROW) -> str:
    """The token of a reminder that is due."""
    taken = await take(store, now)
    assert taken is not None
    return taken.token


async def test_two_recordations_have_four_with_their_days(store: Store) -> None:
    conversation = await set_for(store, TWO)
    assert [(row.number, row.which, row.due_at.isoformat()) for row in await rows(store)] == [
        (2, "opens", "2027-02-14T01:00:00+00:00"),
        (2, "closes", "2027-08-01T01:00:00+00:00"),
        (1, "opens", "2027-11-16T01:00:00+00:00"),
        (1, "closes", "2028-05-01T01:00:00+00:00"),
    ]
    assert len(await journal(store, conversation)) == 4


async def test_nothing_personal_lies_open(store: Store) -> None:
    conversation = await set_for(store, TWO)
    token = await token_of_next(store, DUE)
    for _ in range(2):
        dumped = await store.read(
            lambda work: repr(
                [
                    [bytes(v) if isinstance(v, memoryview) else v for v in row]
                    for table in ("reminders", "events")
                    for row in work.session.execute(text(f"SELECT * FROM {table}"))
                ]
            )
        )
        assert conversation in dumped
        for secret in (*TWO.values(), token):
            assert secret == "agree" or secret not in dumped
        await store.run(lambda work: registry.stop(work, conversation, by="word", now=NOW))


async def test_none_is_due_before_its_morning_in_china(store: Store) -> None:
    await set_for(store)
    assert await take(store, DUE - timedelta(seconds=1)) is None
    taken = await take(store, DUE)
    assert taken is not None
    assert (taken.email, taken.recordation.about) == ("li.wei@holder.example", "ACME, T2017-12345")
    assert taken.begun_at == DUE


async def test_one_taken_is_nobody_elses_until_its_time_is_over(store: Store) -> None:
    await set_for(store)
    first = await take(store, DUE)
    assert first is not None
    assert await take(store, DUE + LEASE - timedelta(seconds=1)) is None
    again = await take(store, DUE + LEASE)
    assert again == first, "the very same mail, for the first may have got through"


async def test_of_many_who_look_at_once_each_has_another(store: Store) -> None:
    for number in range(4):
        await set_for(store, NEAR, person=f"p{number}")
    taken = await asyncio.gather(*(take(store, TOMORROW) for _ in range(6)))
    ids = [each.id for each in taken if each is not None]
    assert len(ids) == len(set(ids)) == 4


async def test_after_a_failure_the_waits_grow(store: Store) -> None:
    await set_for(store)
    clock = Clock(DUE)
    for wait in (*WAITS, WAITS[-1]):
        taken = await take(store, clock.now)
        assert taken is not None
        await store.run(
            partial(registry.mark_tried, reminder_id=taken.id, error="451", now=clock.now)
        )
        assert await take(store, clock.now + wait - timedelta(seconds=1)) is None
        clock.now += wait
    assert (await take(store, clock.now)) is not None


async def test_an_attempt_of_another_day_speaks_of_its_own(store: Store) -> None:
    await set_for(store)
    await take(store, DUE)
    late = DUE + timedelta(days=3)
    taken = await take(store, late)
    assert taken is not None
    assert taken.begun_at == late


async def test_what_was_sent_is_emptied_and_its_link_still_works(store: Store) -> None:
    conversation = await set_for(store)
    taken = await take(store, DUE)
    assert taken is not None
    await store.run(lambda work: registry.mark_sent(work, taken.id, now=DUE))
    sent = (await rows(store))[0]
    body = await store.read(lambda work: work.cipher.open(sent.body, f"reminders.body:{sent.id}"))
    assert (sent.state, sent.sent_at, body) == ("sent", DUE, {})
    link = await store.read(lambda work: registry.linked(work, taken.token))
    assert link is not None
    assert (link.conversation_id, link.waiting) == (conversation, 1)
    assert (await journal(store, conversation))[-1] == "reminder.sent 1 opens"


async def test_stopping_stops_all_of_the_conversation_and_no_others(store: Store) -> None:
    mine = await set_for(store, TWO)
    await set_for(store, person="another")
    stop = [store.run(lambda work: registry.stop(work, mine, by="word", now=NOW)) for _ in (1, 2)]
    assert sorted(await asyncio.gather(*stop)) == [0, 4]
    found = [(row.conversation_id == mine, row.state) for row in await rows(store)]
    assert sorted(found) == [(False, "waiting")] * 2 + [(True, "stopped")] * 4
    assert (await journal(store, mine)).count("reminder.stopped 1 opens word") == 1


async def test_one_stopped_while_it_was_sent_stays_stopped(store: Store) -> None:
    mine = await set_for(store, NEAR)
    taken = await take(store, TOMORROW)
    assert taken is not None
    await store.run(lambda work: registry.stop(work, mine, by="link", now=TOMORROW))
    await store.run(lambda work: registry.mark_sent(work, taken.id, now=TOMORROW))
    await store.run(lambda work: registry.mark_tried(work, taken.id, "x", now=TOMORROW))
    await store.run(lambda work: registry.mark_refused(work, taken.id, "x", now=TOMORROW))
    assert {row.state for row in await rows(store)} == {"stopped"}
    assert await take(store, TOMORROW + timedelta(days=300)) is None


async def test_a_token_that_we_did_not_give_out_leads_nowhere(store: Store) -> None:
    await set_for(store, NEAR)
    token = await token_of_next(store)
    for wrong in ("", token[:-1], token + "x", token.swapcase()):
        assert await store.read(partial(registry.linked, token=wrong)) is None


async def test_erasing_the_conversation_erases_them(store: Store) -> None:
    conversation = await set_for(store, NEAR)
    taken = await take(store, TOMORROW)
    assert taken is not None
    await store.run(lambda work: conversations.erase(work, conversation))
    assert await rows(store) == []
    assert await store.read(lambda work: registry.linked(work, taken.token)) is None
    await store.run(lambda work: registry.mark_sent(work, taken.id, now=TOMORROW))


async def test_a_recordation_set_anew_takes_the_place_of_its_earlier_days(store: Store) -> None:
    conversation = await set_for(store, TWO)
    anew = ANSWERS | {"recordations.1.about": " acme, t2017-12345", "email": "new@holder.example"}
    anew["recordations.1.valid_until"] = "2029-05-31"
    await set_for(store, anew, reference="TW-2611-00002")
    waiting = [row for row in await rows(store) if row.state == "waiting"]
    assert [(row.reference[-1], row.due_at.year) for row in waiting] == [
        ("M", 2027),
        ("M", 2027),
        ("2", 2028),
        ("2", 2029),
    ]
    replaced = [line for line in await journal(store, conversation) if "replaced" in line]
    assert sorted(replaced) == ["reminder.replaced 1 closes", "reminder.replaced 1 opens"]


async def test_a_form_with_the_same_name_twice_keeps_both(store: Store) -> None:
    same = TWO | {"recordations.2.about": ANSWERS["recordations.1.about"]}
    await set_for(store, same)
    assert len(await states(store)) == 4


async def test_one_that_cannot_be_opened_stands_in_nobodys_way(store: Store) -> None:
    await set_for(store, NEAR, person="one")
    [broken] = [row for row in await rows(store) if row.which == "opens"]

    def damage(work: Work) -> None:
        row = work.session.get_one(ReminderRow, broken.id)
        row.body = row.body[:-1] + bytes([row.body[-1] ^ 1])

    await store.run(damage)
    await set_for(store, NEAR, person="another")
    taken = await take(store, TOMORROW)
    assert taken is not None
    assert taken.id != broken.id
    assert await take(store, TOMORROW) is None


async def test_where_the_transaction_fails_none_is_set(store: Store) -> None:
    class Torn(Exception):  # noqa: N818
        pass

    def do(work: Work) -> None:
        new = NewReminders(begin(work), REFERENCE, ANSWERS, "2026-12", NOW, "en")
        assert registry.set_all(work, RULES, new, now=NOW) == 2
        raise Torn

    with pytest.raises(Torn):
        await store.run(do)
    assert await rows(store) == []
