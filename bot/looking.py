"""What is only looked at: transcripts, what a conversation remembers, the staff's list."""

from __future__ import annotations

from bot.conversation.state import State
from bot.inbound import Line, line_of
from bot.live import DESK, Live
from bot.queue import Queue, QueueEntry, QueuePage
from bot.store import conversations, messages
from bot.store.conversations import ConversationKey
from bot.store.listing import EVERYTHING, Place, Wanted
from bot.store.work import Store, Work

INSIDE = ("note", "edit")
"""Kinds of lines that only the staff sees."""


class Looking:
    """The half of the reception that changes nothing but what is unread."""

    def __init__(self, store: Store, live: Live) -> None:
        self.live = live
        self._store = store
        self._queue = Queue(store)

    async def transcript(
        self, conversation_id: str, after: int = 0, *, inside: bool = False
    ) -> list[Line]:
        """The lines after a number, in order; `inside` adds the staff's notes and what was changed."""

        def work_on(work: Work) -> list[Line]:
            kept = messages.since(work, conversation_id, after)
            return [line_of(message) for message in kept if inside or message.kind not in INSIDE]

        return await self._store.read(work_on)

    async def find(self, key: ConversationKey) -> str | None:
        """The id of the conversation with this key, if there is one."""

        def work_on(work: Work) -> str | None:
            found = conversations.find(work, key)
            return found.id if found else None

        return await self._store.read(work_on)

    async def state(self, conversation_id: str) -> State:
        """What a conversation remembers. Raises ConversationNotFoundError."""

        def work_on(work: Work) -> State:
            return State.model_validate(conversations.get(work, conversation_id).state)

        return await self._store.read(work_on)

    async def queue(self, wanted: Wanted = EVERYTHING, after: Place | None = None) -> QueuePage:
        """A page of the staff's list, those that wait for a person first."""
        return await self._queue.page(wanted, after)

    async def entry(self, conversation_id: str) -> QueueEntry:
        """One conversation's line. Raises ConversationNotFoundError."""
        return await self._queue.entry(conversation_id)

    async def seen_by_staff(self, conversation_id: str) -> None:
        """A member of the staff has looked at a conversation."""
        await self._queue.seen(conversation_id)
        self.live.publish(DESK)
