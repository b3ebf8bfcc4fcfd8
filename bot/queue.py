"""The staff's list: every conversation in one line, those that wait for a person first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.conversation.owner import Owner
from bot.conversation.reply import Reply
from bot.conversation.state import Stage, State
from bot.store import conversations, messages
from bot.store.conversations import Conversation
from bot.store.work import Store, Work

PREVIEW = 120
"""Characters of the last message shown in the list."""
SHOWN = 200
"""Conversations in the list, besides those that wait; older ones are found by their lead."""

OTHERS = [owner.value for owner in Owner if owner is not Owner.WAITING]
NOT_WAITING = datetime(9999, 1, 1, tzinfo=UTC)

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


class Queue:
    """Reads the list from the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def entries(self) -> list[QueueEntry]:
        """What came back from being put off and who waits first, the oldest on top; then the others, latest on top.

        A chat in which nobody has said anything yet, only the bot its greeting, is left out.
        """

        def work_on(work: Work) -> list[QueueEntry]:
            waiting = conversations.recent(work, owners=[Owner.WAITING.value], limit=SHOWN)
            others = conversations.recent(work, owners=OTHERS, limit=SHOWN)
            spoken = [found for found in others if found.last_inbound_at or found.staff_id]
            return [_entry(work, found) for found in (*reversed(waiting), *spoken)]

        entries = await self._store.read(work_on)
        return sorted(entries, key=_place)

    async def entry(self, conversation_id: str) -> QueueEntry:
        """One conversation's line. Raises ConversationNotFoundError."""
        return await self._store.read(
            lambda work: _entry(work, conversations.get(work, conversation_id))
        )

    async def seen(self, conversation_id: str) -> None:
        """A member of the staff has looked: nothing is unread any more."""
        await self._store.run(lambda work: conversations.mark_seen(work, conversation_id))


def _place(entry: QueueEntry) -> tuple[int, datetime]:
    """What has come back from being put off, then who waits, each with the oldest on top; then all else."""
    if entry.woken_at is not None:
        return 0, entry.woken_at
    if entry.waiting_since is not None and entry.snoozed_until is None:
        return 1, entry.waiting_since
    return 2, NOT_WAITING


def _entry(work: Work, found: Conversation) -> QueueEntry:
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
        preview=_preview(work, found.id),
        title=f"{CHANNELS.get(found.key.channel, found.key.channel)} · {found.id[-4:].upper()}",
    )


def _preview(work: Work, conversation_id: str) -> str:
    last = messages.last(work, conversation_id)
    if not last:
        return ""
    line = " ".join(Reply.model_validate(last[-1].body["reply"]).text.split())
    return line if len(line) <= PREVIEW else line[: PREVIEW - 1] + "…"
