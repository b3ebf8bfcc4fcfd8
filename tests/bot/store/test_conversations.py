"""Conversations: found by who talks where, changed under a lock, sealed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import ConversationNotFoundError, DecryptionError
from bot.store import conversations, events, messages
from bot.store.conversations import Beginning, ConversationKey
from bot.store.tables import ConversationRow
from bot.store.work import Store, Work
from tests.bot.store.making import NOW, conversation, hire, key, say


async def test_a_conversation_begins_as_it_is_told(store: Store) -> None:
    begun = await conversation(
        store, owner="waiting", stage="intake", language="zh", state={"a": [1, "工资"]}, source="/x"
    )
    found = await store.read(lambda work: conversations.get(work, begun.id))
    assert found == begun
    assert (found.owner, found.stage, found.language) == ("waiting", "intake", "zh")
    assert found.state == {"a": [1, "工资"]}
    assert (found.last_seq, found.unread_by_staff, found.staff_id) == (0, 0, None)
    assert (found.created_at, found.updated_at, found.last_inbound_at) == (NOW, NOW, None)


async def test_the_second_time_it_is_found(store: Store) -> None:
    first = await conversation(store, language="zh")
    second = await conversation(store, language="en")
    assert second == first


async def test_of_many_first_messages_at_once_one_begins_it(store: Store) -> None:
    begun = await asyncio.gather(*(conversation(store) for _ in range(20)))
    assert len({each.id for each in begun}) == 1


@pytest.mark.parametrize("part", ["channel", "account", "chat", "person", "thread"])
async def test_every_part_of_the_key_counts(store: Store, part: str) -> None:
    other = replace(key(), **{part: "another"})
    begun = await conversation(store)
    assert await store.read(lambda work: conversations.find(work, other)) is None
    second = await store.run(lambda work: conversations.find_or_create(work, other, now=NOW))
    assert second.id != begun.id
    assert second.key == other


async def test_what_is_saved_is_kept(store: Store) -> None:
    begun = await conversation(store)
    ann = await store.run(hire)
    later = NOW + timedelta(hours=1)
    changed = replace(
        begun,
        owner="person",
        stage="with_a_person",
        language="zh",
        state={"n": 1},
        unread_by_staff=3,
        staff_id=ann.id,
        source="/page",
        updated_at=later,
        last_inbound_at=later,
    )
    await store.run(lambda work: conversations.save(work, changed))
    assert await store.read(lambda work: conversations.get(work, begun.id)) == changed


async def test_saving_does_not_move_the_number_of_messages(store: Store) -> None:
    begun = await conversation(store)

    def do(work: Work) -> None:
        found = conversations.lock(work, begun.id)
        say(work, begun.id)
        conversations.save(work, replace(found, last_seq=0, created_at=NOW + timedelta(days=1)))
        assert conversations.get(work, begun.id).last_seq == 1

    await store.run(do)
    found = await store.read(lambda work: conversations.get(work, begun.id))
    assert (found.last_seq, found.created_at) == (1, NOW)


async def test_a_state_moved_to_another_row_does_not_open(store: Store) -> None:
    one, two = await conversation(store, "one"), await conversation(store, "two")

    def swap(work: Work) -> None:
        rows = [work.session.get_one(ConversationRow, each.id) for each in (one, two)]
        rows[0].state, rows[1].state = rows[1].state, rows[0].state

    await store.run(swap)
    with pytest.raises(DecryptionError):
        await store.read(lambda work: conversations.get(work, one.id))


@pytest.mark.parametrize("way", [conversations.get, conversations.lock])
async def test_what_is_not_there_is_said(store: Store, way: object) -> None:
    with pytest.raises(ConversationNotFoundError, match="none"):
        await store.run(lambda work: way(work, "none"))  # type: ignore[operator]


async def test_what_is_not_there_cannot_be_saved(store: Store) -> None:
    begun = await conversation(store)
    with pytest.raises(ConversationNotFoundError):
        await store.run(lambda work: conversations.save(work, replace(begun, id="none")))


async def test_seen_by_staff(store: Store) -> None:
    begun = await conversation(store)
    await store.run(lambda work: conversations.save(work, replace(begun, unread_by_staff=2)))
    await store.run(lambda work: conversations.mark_seen(work, begun.id))
    found = await store.read(lambda work: conversations.get(work, begun.id))
    assert found == begun


async def _several(store: Store, count: int = 5) -> list[str]:
    """Conversations p0, p1, ... each a minute later than the one before; even ones wait."""
    ids = []
    for number in range(count):
        owner = "bot" if number % 2 else "waiting"
        moment = NOW + timedelta(minutes=number)
        begun = await store.run(
            lambda work, n=number, o=owner, m=moment: conversations.find_or_create(  # type: ignore[misc]
                work, key(f"p{n}"), now=m, beginning=Beginning(owner=o)
            )
        )
        ids.append(begun.id)
    return ids


async def test_the_latest_come_first_and_pages_join(store: Store) -> None:
    ids = await _several(store)

    def pages(work: Work) -> list[list[str]]:
        first = conversations.recent(work, limit=2)
        second = conversations.recent(work, limit=2, before=first[-1])
        third = conversations.recent(work, limit=2, before=second[-1])
        return [[each.id for each in page] for page in (first, second, third)]

    assert await store.read(pages) == [[ids[4], ids[3]], [ids[2], ids[1]], [ids[0]]]


async def test_pages_join_where_moments_are_equal(store: Store) -> None:
    for number in range(5):
        await conversation(store, f"p{number}")

    def walk(work: Work) -> list[str]:
        seen: list[str] = []
        page = conversations.recent(work, limit=2)
        while page:
            seen += [each.id for each in page]
            page = conversations.recent(work, limit=2, before=page[-1])
        return seen

    assert len(set(await store.read(walk))) == 5


async def test_of_some_owners_or_one_member_of_staff(store: Store) -> None:
    ids = await _several(store)
    ann = await store.run(hire)

    def take(work: Work) -> None:
        found = conversations.lock(work, ids[1])
        conversations.save(work, replace(found, owner="person", staff_id=ann.id))

    await store.run(take)
    listed = await store.read(
        lambda work: [
            [each.id for each in conversations.recent(work, owners=["waiting", "person"])],
            [each.id for each in conversations.recent(work, staff_id=ann.id)],
        ]
    )
    assert listed == [[ids[4], ids[2], ids[1], ids[0]], [ids[1]]]
    counted = await store.read(conversations.count_by_owner)
    assert counted == {"waiting": 3, "person": 1, "bot": 1}


async def test_idle_ones_oldest_first(store: Store) -> None:
    ids = await _several(store)
    moment = NOW + timedelta(minutes=3)
    idle = await store.read(lambda work: conversations.idle_since(work, moment, owners=["waiting"]))
    assert idle == [ids[0], ids[2]]
    first = await store.read(
        lambda work: conversations.idle_since(work, moment, owners=["waiting"], limit=1)
    )
    assert first == ids[:1]


async def test_all_of_one_person(store: Store) -> None:
    ours = [
        await store.run(
            lambda work, t=thread: conversations.find_or_create(work, key(thread=t), now=NOW)  # type: ignore[misc]
        )
        for thread in ("", "topic")
    ]
    await conversation(store, "somebody else")
    found = await store.read(lambda work: conversations.of_person(work, "web", "main", "p1"))
    assert {each.id for each in found} == {each.id for each in ours}


async def test_erasing_takes_messages_along_and_leaves_the_journal(store: Store) -> None:
    begun, other = await conversation(store), await conversation(store, "other")
    await store.run(lambda work: [say(work, begun.id), say(work, other.id)])
    await store.run(
        lambda work: events.record(work, "x", actor="bot", now=NOW, conversation_id=begun.id)
    )
    assert await store.run(lambda work: conversations.erase(work, begun.id))
    assert not await store.run(lambda work: conversations.erase(work, begun.id))

    def left(work: Work) -> tuple[int, int, int]:
        counted = (messages.count(work, each.id) for each in (begun, other))
        return (*counted, len(events.of(work, begun.id)))  # type: ignore[return-value]

    assert await store.read(left) == (0, 1, 1)


def test_a_key_is_a_value() -> None:
    assert hash(key()) == hash(key())
    assert ConversationKey("a", "b", "c", "d") == ConversationKey("a", "b", "c", "d", "")
