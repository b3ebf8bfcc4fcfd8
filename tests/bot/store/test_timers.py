"""Forms that lie open are found by their columns, and those of an older version are not forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alembic import command
from sqlalchemy import text

from bot.store import conversations, migrating, timers
from bot.store.engines import migration_engine
from bot.store.work import Store, Work
from tests.bot.store.making import NOW, conversation

HOUR = timedelta(hours=1)


async def lies_open(store: Store, person: str, since: datetime, *, reminded: bool = False) -> str:
    """A conversation whose form was last touched then; its id."""
    begun = await conversation(store, person)
    marked = replace(begun, form_since=since, form_unreminded_since=None if reminded else since)
    await store.run(lambda work: conversations.save(work, marked))
    assert await store.read(lambda work: conversations.get(work, begun.id)) == marked
    return begun.id


async def test_those_untouched_come_oldest_first(store: Store) -> None:
    late = await lies_open(store, "late", NOW)
    old = await lies_open(store, "old", NOW - HOUR, reminded=True)
    await lies_open(store, "new", NOW + HOUR)
    await conversation(store, "without")

    def find(work: Work, limit: int = 9) -> list[str]:
        return timers.forms_untouched(work, since=NOW, limit=limit)

    assert await store.read(find) == [old, late]
    assert await store.read(lambda work: find(work, 1)) == [old]


async def test_to_remind_of_are_a_channels_own_within_its_time(store: Store) -> None:
    late = await lies_open(store, "late", NOW)
    await lies_open(store, "reminded", NOW - HOUR, reminded=True)
    old = await lies_open(store, "old", NOW - 2 * HOUR)

    def find(work: Work, after: datetime | None, channel: str = "web") -> list[str]:
        return timers.forms_to_remind_of(
            work, channel=channel, owners=["bot"], since=NOW, after=after, limit=9
        )

    assert await store.read(lambda work: find(work, None)) == [old, late]
    assert await store.read(lambda work: find(work, NOW - 2 * HOUR)) == [late]
    assert await store.read(lambda work: find(work, None, "whatsapp")) == []


async def test_a_form_left_open_under_an_older_version_is_dropped_but_not_reminded_of(
    store: Store,
) -> None:
    open_one = await conversation(store, "open", stage="intake")
    talk = await conversation(store, "talk", stage="answering")
    for each in (open_one, talk):
        written_to = replace(each, last_inbound_at=NOW)
        await store.run(lambda work, c=written_to: conversations.save(work, c))  # type: ignore[misc]
    engine = migration_engine(store.address)
    with engine.begin() as connection:
        command.downgrade(migrating.config(connection), "0002")
        assert connection.scalar(text("SELECT count(*) FROM conversations")) == 2
        command.upgrade(migrating.config(connection), "head")
    engine.dispose()
    found = await store.read(lambda work: conversations.get(work, open_one.id))
    assert (found.form_since, found.form_unreminded_since) == (NOW, None)
    assert (await store.read(lambda work: conversations.get(work, talk.id))).form_since is None
