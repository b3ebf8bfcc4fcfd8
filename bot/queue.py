"""The staff's list: every conversation in one line, those that wait for a person first, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.owner import Owner
from bot.conversation.reply import Reply
from bot.conversation.state import Stage, State
from bot.store import conversations, listing, messages
from bot.store.conversations import Conversation
from bot.store.listing import EVERYTHING, Place, Tally, Wanted
from bot.store.messages import Message
from bot.store.work import Store, Work

PREVIEW = 120
"""Characters of the last message shown in the list."""
SHOWN = 50
"""Conversations of a page."""

CHANNELS = {"web": "Web", "terminal": "Terminal", "telegram": "Telegram", "whatsapp": "WhatsApp"}


@dataclass(frozen=True)
class QueueEntry:
    """One line of the list."""

    id: str
    owner: Owner
    stage: Stage
    channel: str
    language: str
    staff_id: str | None
    staff_name: str | None
    waiting_since: datetime | None
    unread: int
    updated_at: datetime
    preview: str
    title: str
    """A short name for a chat whose person has given none: the channel and a piece of the id."""
    snoozed_until: datetime | None = None
    """Until when it is put off."""
    woken_at: datetime | None = None
    """When it came back from that; nobody has attended to it since."""
    reply_due_at: datetime | None = None
    """When a reply is due; None where none is owed, or its clock stands."""
    closed_for: str | None = None
    """The id of the reason for which it was closed."""


@dataclass(frozen=True)
class QueuePage:
    """A page of the list, and what all of it counts."""

    entries: Sequence[QueueEntry]
    older: Place | None
    """Where the next page begins; None where there is none."""
    tallies: Sequence[Tally]


class Queue:
    """Reads the list from the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def page(self, wanted: Wanted = EVERYTHING, after: Place | None = None) -> QueuePage:
        """What has come back from being put off and who waits first, the oldest on top; then the others, latest on top.

        A chat in which nobody has said anything yet, only the bot its greeting, is left out.
        """

        def work_on(work: Work) -> QueuePage:
            found = listing.page(work, wanted, after=after, limit=SHOWN + 1)
            shown = found[:SHOWN]
            return QueuePage(
                entries=_entries(work, shown),
                older=listing.place(shown[-1]) if len(found) > SHOWN else None,
                tallies=listing.tallies(work),
            )

        return await self._store.read(work_on)

    async def entry(self, conversation_id: str) -> QueueEntry:
        """One conversation's line. Raises ConversationNotFoundError."""
        return await self._store.read(
            lambda work: _entries(work, [conversations.get(work, conversation_id)])[0]
        )

    async def seen(self, conversation_id: str) -> None:
        """A member of the staff has looked: nothing is unread any more."""
        await self._store.run(lambda work: conversations.mark_seen(work, conversation_id))


def title_of(conversation: Conversation) -> str:
    """A short name for a chat whose person has given none."""
    channel = conversation.key.channel
    return f"{CHANNELS.get(channel, channel)} · {conversation.id[-4:].upper()}"


def _entries(work: Work, found: Sequence[Conversation]) -> list[QueueEntry]:
    latest = messages.latest_of(work, [each.id for each in found])
    return [_entry(each, latest.get(each.id)) for each in found]


def _entry(found: Conversation, latest: Message | None) -> QueueEntry:
    state = State.model_validate(found.state)
    return QueueEntry(
        id=found.id,
        owner=state.owner,
        stage=state.stage,
        channel=found.key.channel,
        language=state.language,
        staff_id=state.staff_id,
        staff_name=state.staff_name,
        waiting_since=state.waiting_since,
        snoozed_until=state.snoozed_until,
        woken_at=state.woken_at,
        reply_due_at=state.owed.due_at if state.owed else None,
        closed_for=state.closed_for,
        unread=found.unread_by_staff,
        updated_at=found.updated_at,
        preview=_preview(latest),
        title=title_of(found),
    )


def _preview(latest: Message | None) -> str:
    if latest is None:
        return ""
    line = " ".join(Reply.model_validate(latest.body["reply"]).text.split())
    return line if len(line) <= PREVIEW else line[: PREVIEW - 1] + "…"
