"""The staff's list as the database reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event

from bot.store import conversations, listing, messages, staff
from bot.store.listing import EVERYTHING, Place, Tally, Wanted
from bot.store.work import Store, Work
from tests.bot.store.making import NOW, conversation, hire, say


async def _listed(
    store: Store, name: str, minutes: int, *, waits: datetime | None = None, **values: str | None
) -> str:
    """A conversation in the list, last changed so many minutes after the beginning."""
    begun = await conversation(store, name)
    at = NOW + timedelta(minutes=minutes)
    changed = replace(begun, updated_at=at, listed_at=at, on_top_since=waits, **values)  # type: ignore[arg-type]
    await store.run(lambda work: conversations.save(work, changed))
    return begun.id


async def _pages(store: Store, limit: int, wanted: Wanted = EVERYTHING) -> list[list[str]]:
    """The whole list, page by page."""
    found: list[list[str]] = []
    after: Place | None = None
    while True:
        here = await store.read(lambda work: listing.page(work, wanted, after=after, limit=limit))  # noqa: B023
        if not here:
            return found
        found.append([each.id for each in here])
        after = listing.place(here[-1])


async def test_who_waits_longest_is_first_and_the_others_follow_latest_first(store: Store) -> None:
    await conversation(store, "nobody spoke")
    old = await _listed(store, "old", 1)
    new = await _listed(store, "new", 9)
    later = await _listed(store, "later", 5, waits=NOW + timedelta(minutes=4))
    longest = await _listed(store, "longest", 8, waits=NOW)
    whole = [longest, later, new, old]
    assert await _pages(store, 10) == [whole]
    for limit in (1, 2, 3):
        pages = await _pages(store, limit)
        assert [each for page in pages for each in page] == whole
        assert max(map(len, pages)) == limit


async def test_conversations_of_one_moment_are_each_on_one_page(store: Store) -> None:
    ids = {await _listed(store, f"p{number}", 3) for number in range(5)}
    found = [each for page in await _pages(store, 2) for each in page]
    assert (len(found), set(found)) == (5, ids)


async def test_it_is_narrowed_by_each_thing_and_by_all_at_once(store: Store) -> None:
    ann = await store.run(lambda work: hire(work).id)
    hers = await _listed(store, "hers", 1, owner="person", staff_id=ann, language="zh")
    bots = await _listed(store, "bots", 2, language="zh")
    done = await _listed(store, "done", 3, owner="closed")
    calls = await _listed(store, "calls", 0, owner="waiting", waits=NOW)
    put_off = await _listed(store, "put off", 0, owner="waiting")
    assert await _pages(store, 9, Wanted(owners=("waiting",))) == [[calls, put_off]]
    assert await _pages(store, 9, Wanted(owners=("waiting",), on_top=True)) == [[calls]]
    assert await _pages(store, 9, Wanted(owners=("person", "closed"))) == [[done, hers]]
    assert await _pages(store, 9, Wanted(staff_id=ann)) == [[hers]]
    assert await _pages(store, 9, Wanted(nobodys=True)) == [[calls, done, bots, put_off]]
    assert await _pages(store, 9, Wanted(language="zh")) == [[bots, hers]]
    assert await _pages(store, 9, Wanted(channel="telegram")) == []
    assert await _pages(store, 9, Wanted(owners=("bot",), language="zh", channel="web")) == [[bots]]


async def test_all_that_is_listed_is_counted_once(store: Store) -> None:
    ann = await store.run(lambda work: hire(work).id)
    await conversation(store, "nobody spoke")
    await _listed(store, "hers", 1, owner="person", staff_id=ann, waits=NOW)
    await _listed(store, "one", 2, language="zh")
    await _listed(store, "two", 3, language="zh")
    found = await store.read(listing.tallies)
    assert sorted(found, key=lambda tally: tally.count) == [
        Tally("person", ann, "en", "web", on_top=True, count=1),
        Tally("bot", None, "zh", "web", on_top=False, count=2),
    ]
    await store.run(lambda work: staff.disable(work, ann, now=NOW))
    assert len(await store.read(listing.tallies)) == 2


async def test_the_latest_message_of_each_comes_in_one_query(store: Store) -> None:
    ids = [(await conversation(store, name)).id for name in ("one", "two", "silent")]

    def talk(work: Work) -> None:
        for each in ids[:2]:
            say(work, each, "first")
            say(work, each, f"last of {each}")

    await store.run(talk)
    found = await store.read(lambda work: messages.latest_of(work, ids))
    assert {each: message.body["text"] for each, message in found.items()} == {
        each: f"last of {each}" for each in ids[:2]
    }


async def test_the_list_is_read_from_its_index(store: Store) -> None:
    asked: list[tuple[str, Any]] = []

    def look(work: Work) -> str:
        connection = work.session.connection()
        event.listen(connection, "before_cursor_execute", note)
        listing.page(work, Wanted(owners=("closed",)), after=None, limit=51)
        statement, values = asked[1]
        if store.is_sqlite:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        else:  # An empty table is read as it is unless that is forbidden.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            plan = connection.exec_driver_sql(f"EXPLAIN {statement}", values)
        return str(plan.all())

    def note(_one: object, _two: object, statement: str, values: object, *_more: object) -> None:
        asked.append((statement, values))

    plan = await store.read(look)
    assert "ix_conversations_listed" in plan
    assert ("COVERING INDEX" in plan) == store.is_sqlite
    assert "TEMP B-TREE" not in plan
