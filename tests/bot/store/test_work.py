"""The one unit of work: whole or not at all, one at a time, and what follows it."""

from __future__ import annotations

import asyncio
import traceback
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import await_only

from bot.errors import ConversationNotFoundError, DurableError, StoreError, TidewaiterError
from bot.settings import Settings
from bot.store import conversations, events, messages
from bot.store import work as work_module
from bot.store.work import Job, Store, Work
from tests.bot.store.making import NOW, conversation, key, say

CLASH = psycopg.errors.DeadlockDetected()


async def test_a_result_comes_back(store: Store) -> None:
    assert await store.run(lambda _: 7) == 7
    assert await store.read(lambda _: 7) == 7


async def test_300_at_once_lose_nothing(store: Store) -> None:
    begun = await conversation(store, state={"count": 0})

    def add(work: Work) -> None:
        found = conversations.lock(work, begun.id)
        conversations.save(work, replace(found, state={"count": found.state["count"] + 1}))

    await asyncio.gather(*(store.run(add) for _ in range(300)))
    found = await store.read(lambda work: conversations.get(work, begun.id))
    assert found.state == {"count": 300}


async def test_two_stores_at_once_lose_nothing(store: Store, settings: Settings) -> None:
    begun = await conversation(store, state={"count": 0})
    other = Store.open(settings)

    def add(work: Work) -> None:
        found = conversations.lock(work, begun.id)
        conversations.save(work, replace(found, state={"count": found.state["count"] + 1}))

    await asyncio.gather(*(each.run(add) for _ in range(40) for each in (store, other)))
    await other.close()
    found = await store.read(lambda work: conversations.get(work, begun.id))
    assert found.state == {"count": 80}


async def test_a_fault_leaves_nothing_behind(store: Store, jobs: list[Job]) -> None:
    called: list[int] = []

    def fail(work: Work) -> None:
        conversations.find_or_create(work, key(), now=NOW)
        events.record(work, "x", actor="bot", now=NOW)
        work.enqueue(Job("flow", "1"))
        work.after_commit(lambda: called.append(1))
        raise TidewaiterError("no")

    with pytest.raises(TidewaiterError, match="no"):
        await store.run(fail)
    assert await store.read(lambda work: conversations.find(work, key())) is None
    assert not jobs
    assert not called


async def test_a_fault_of_the_database_leaves_nothing_behind(store: Store, jobs: list[Job]) -> None:
    def fail(work: Work) -> None:
        work.enqueue(Job("flow", "1"))
        work.session.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(StoreError, match="nowhere"):
        await store.run(fail)
    assert not jobs


async def test_what_follows_a_commit_sees_it_and_runs_on_the_loop(
    store: Store, jobs: list[Job]
) -> None:
    seen: list[Any] = []
    begun = await conversation(store)

    async def look() -> None:
        seen.append(await store.read(lambda work: messages.count(work, begun.id)))

    def do(work: Work) -> None:
        say(work, begun.id)
        work.enqueue(Job("flow", "1", ("a",)))
        work.after_commit(lambda: seen.append(asyncio.get_running_loop()))
        work.after_commit(look)
        assert not seen

    await store.run(do)
    assert seen == [asyncio.get_running_loop(), 1]
    assert jobs == [Job("flow", "1", ("a",))]


async def test_a_failing_callback_stops_neither_the_caller_nor_the_next(store: Store) -> None:
    called: list[int] = []

    def do(work: Work) -> str:
        work.after_commit(lambda: 1 / 0)
        work.after_commit(lambda: called.append(1))
        return "done"

    assert await store.run(do) == "done"
    assert called == [1]


async def test_a_cancelled_caller_does_not_tear_the_transaction(store: Store) -> None:
    called: list[int] = []

    def do(work: Work) -> None:
        conversations.find_or_create(work, key(), now=NOW)
        work.after_commit(lambda: called.append(1))

    task = asyncio.ensure_future(store.run(do))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await store.close()
    assert called == [1]
    assert await store.read(lambda work: conversations.find(work, key())) is not None


async def test_reading_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="reading failed"):
        await store.read(lambda work: events.record(work, "x", actor="bot", now=NOW))
    with pytest.raises(DurableError):
        await store.read(lambda work: work.enqueue(Job("flow", "1")))


async def test_readers_do_not_wait_for_a_writer_and_do_not_see_it(store: Store) -> None:
    """The reading ends inside the writing: a race between the two once made this test a coin."""
    begun = await conversation(store)

    def count(work: Work) -> int:
        return messages.count(work, begun.id)

    def write(work: Work) -> int:
        say(work, begun.id)
        return await_only(asyncio.wait_for(store.read(count), timeout=10))

    assert await store.run(write) == 0
    assert await store.read(count) == 1


async def test_without_an_engine_durable_work_is_refused(store: Store) -> None:
    store.attach(None)
    with pytest.raises(DurableError, match="flow"):
        await store.run(lambda work: work.enqueue(Job("flow", "1")))


async def test_a_clash_is_tried_again_and_follows_once(
    store: Store, jobs: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[int] = []
    tries = 0

    def do(work: Work) -> None:
        nonlocal tries
        tries += 1
        work.enqueue(Job("flow", "1"))
        work.after_commit(lambda: called.append(1))
        if tries < 3:
            raise DBAPIError("SELECT", {}, CLASH)

    await store.run(do)
    assert tries == 3
    assert called == [1]
    assert len(jobs) == 1


async def test_a_clash_without_end_is_given_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_module, "ATTEMPTS", 2)
    tries: list[int] = []

    def do(work: Work) -> None:
        tries.append(1)
        raise DBAPIError("SELECT", {}, CLASH)

    with pytest.raises(StoreError):
        await store.run(do)
    assert len(tries) == 2


async def test_a_deadlock_between_two_conversations_ends_well(store: Store) -> None:
    one, two = await conversation(store, "one"), await conversation(store, "two")

    def both(first: str, second: str) -> Any:
        def do(work: Work) -> None:
            say(work, first)
            work.session.execute(text("SELECT 1"))
            say(work, second)

        return do

    pairs = [(one.id, two.id), (two.id, one.id)]
    await asyncio.gather(*(store.run(both(*pair)) for pair in pairs))
    counts = await store.read(lambda w: [messages.count(w, each.id) for each in (one, two)])
    assert counts == [2, 2]


async def test_the_error_of_a_statement_does_not_tell_its_values(store: Store) -> None:
    begun = await conversation(store)
    with pytest.raises(StoreError, match="constraint") as caught:
        await store.run(
            lambda work: work.session.execute(
                text("INSERT INTO conversations (id, source) VALUES (:id, :source)"),
                {"id": begun.id, "source": "told in confidence"},
            )
        )
    printed = "".join(traceback.format_exception(caught.value))
    assert "told in confidence" not in printed
    assert "work.session.execute" in printed


async def test_errors_of_the_floors_above_pass_through(store: Store) -> None:
    with pytest.raises(ConversationNotFoundError):
        await store.run(lambda work: conversations.lock(work, "none"))
