"""Messages: numbered without gaps, kept once, sealed."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import ConversationNotFoundError, DecryptionError, MessageNotFoundError
from bot.store import conversations, messages
from bot.store.messages import Draft, Message
from bot.store.tables import MessageRow
from bot.store.work import Store, Work
from tests.bot.store.making import NOW, conversation, hire, key, say


async def test_a_message_is_kept_as_it_was(store: Store) -> None:
    begun = await conversation(store)
    ann = await store.run(hire)
    draft = Draft("staff", {"text": "您好 👋"}, "note", ann.id, "another", "k1")
    kept = await store.run(lambda work: messages.append(work, begun.id, draft, now=NOW))
    assert kept is not None
    assert (kept.seq, kept.author, kept.kind, kept.body) == (1, "staff", "note", draft.body)
    assert (kept.staff_id, kept.in_reply_to, kept.inbound_key) == (ann.id, "another", "k1")
    assert await store.read(lambda work: messages.get(work, kept.id)) == kept
    assert await store.read(lambda work: messages.since(work, begun.id)) == [kept]


async def test_numbers_have_no_gaps_however_many_write_at_once(store: Store) -> None:
    begun = await conversation(store)

    def two(work: Work) -> None:
        say(work, begun.id)
        say(work, begun.id)

    await asyncio.gather(*(store.run(two) for _ in range(20)))
    found = await store.read(lambda work: messages.since(work, begun.id))
    assert [message.seq for message in found] == list(range(1, 41))


async def test_a_message_rolled_back_leaves_no_gap(store: Store) -> None:
    begun = await conversation(store)

    def fail(work: Work) -> None:
        say(work, begun.id)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await store.run(fail)
    kept = await store.run(lambda work: say(work, begun.id))
    assert kept is not None
    assert kept.seq == 1


async def test_a_repeated_delivery_has_one_effect(store: Store) -> None:
    begun = await conversation(store)
    effects: list[int] = []

    def receive(work: Work) -> Message | None:
        kept = say(work, begun.id, inbound_key="update-7")
        if kept is not None:
            work.after_commit(lambda: effects.append(1))
        return kept

    results = await asyncio.gather(*(store.run(receive) for _ in range(20)))
    assert sum(kept is not None for kept in results) == 1
    assert effects == [1]
    assert await store.read(lambda work: messages.count(work, begun.id)) == 1
    after = await store.run(lambda work: say(work, begun.id))
    assert after is not None
    assert after.seq == 2


async def test_a_key_seen_in_another_conversation_is_a_repeat_too(store: Store) -> None:
    one, two = await conversation(store, "one"), await conversation(store, "two")
    assert await store.run(lambda work: say(work, one.id, inbound_key="k")) is not None
    assert await store.run(lambda work: say(work, two.id, inbound_key="k")) is None


async def test_keys_of_different_channels_do_not_meet(store: Store) -> None:
    web = await conversation(store)
    other = await store.run(
        lambda work: conversations.find_or_create(work, key(channel="telegram"), now=NOW)
    )
    for each in (web, other):
        assert (
            await store.run(lambda work, e=each: say(work, e.id, inbound_key="k"))  # type: ignore[misc]
            is not None
        )

    def seen(work: Work) -> list[bool]:
        places = (("web", "k"), ("telegram", "k"), ("whatsapp", "k"), ("web", "l"))
        return [messages.inbound_seen(work, *place) for place in places]

    assert await store.read(seen) == [True, True, False, False]
    found = await store.read(lambda work: messages.inbound(work, "telegram", "k"))
    assert found is not None
    assert found.conversation_id == other.id


async def test_messages_without_a_key_do_not_meet(store: Store) -> None:
    begun = await conversation(store)
    for _ in range(2):
        assert await store.run(lambda work: say(work, begun.id)) is not None


async def test_since_and_last(store: Store) -> None:
    begun = await conversation(store)
    for number in range(1, 6):
        await store.run(lambda work, n=number: say(work, begun.id, str(n)))  # type: ignore[misc]

    def look(work: Work) -> list[list[str]]:
        lists = (
            messages.since(work, begun.id, 3),
            messages.since(work, begun.id, limit=2),
            messages.since(work, begun.id, 5),
            messages.last(work, begun.id),
            messages.last(work, begun.id, 3),
            messages.last(work, "none", 3),
        )
        return [[message.body["text"] for message in each] for each in lists]

    assert await store.read(look) == [["4", "5"], ["1", "2"], [], ["5"], ["3", "4", "5"], []]


async def test_what_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(MessageNotFoundError, match="none"):
        await store.read(lambda work: messages.get(work, "none"))
    with pytest.raises(ConversationNotFoundError, match="none"):
        await store.run(lambda work: say(work, "none"))


async def test_a_body_moved_to_another_row_does_not_open(store: Store) -> None:
    begun = await conversation(store)
    one = await store.run(lambda work: say(work, begun.id, "one"))
    two = await store.run(lambda work: say(work, begun.id, "two"))
    assert one is not None
    assert two is not None

    def copy(work: Work) -> None:
        rows = [work.session.get_one(MessageRow, each.id) for each in (one, two)]
        rows[0].body = rows[1].body

    await store.run(copy)
    with pytest.raises(DecryptionError):
        await store.read(lambda work: messages.since(work, begun.id))
