"""Short ways to make what the store's tests need."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.store import conversations, messages, staff
from bot.store.conversations import Beginning, Conversation, ConversationKey
from bot.store.messages import Draft, Message
from bot.store.staff import Role, Staff
from bot.store.work import Store, Work

NOW = datetime(2026, 11, 23, 8, 30, 15, 123456, tzinfo=UTC)


def key(person: str = "p1", *, channel: str = "web", thread: str = "") -> ConversationKey:
    """Who talks where."""
    return ConversationKey(channel, "main", person, person, thread)


async def conversation(store: Store, person: str = "p1", **beginning: Any) -> Conversation:
    """A conversation, begun if there was none."""
    begin = Beginning(**beginning)
    return await store.run(
        lambda work: conversations.find_or_create(work, key(person), now=NOW, beginning=begin)
    )


def say(
    work: Work, conversation_id: str, text: str = "hello", inbound_key: str | None = None
) -> Message | None:
    """A message of the prospect."""
    draft = Draft("prospect", {"text": text}, inbound_key=inbound_key)
    return messages.append(work, conversation_id, draft, now=NOW)


def hire(work: Work, login: str = "ann", role: Role = Role.AGENT) -> Staff:
    """A member of staff; the hash is no hash, for argon2 is slow."""
    return staff.create(
        work, login=login, name=login.title(), role=role, password_hash=f"hash of {login}", now=NOW
    )
