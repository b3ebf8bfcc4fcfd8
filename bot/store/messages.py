"""Messages of a conversation, numbered without gaps; what came in twice is kept once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from bot.errors import ConversationNotFoundError, MessageNotFoundError
from bot.store import indexing
from bot.store.ids import new_id
from bot.store.tables import ConversationRow, MessageRow
from bot.store.upserts import insert_unless_there
from bot.store.work import Work

Row = MessageRow


@dataclass(frozen=True)
class Draft:
    """A message before it has its number."""

    author: str
    """prospect, bot, staff or system."""
    body: dict[str, Any]
    """What is in it, as JSON; sealed at rest."""
    kind: str = "message"
    """message (both sides see it), note (staff only), edit (the new words of an earlier message, staff only)."""
    staff_id: str | None = None
    """Who of the staff wrote it."""
    in_reply_to: str | None = None
    """Id of the message it answers."""
    inbound_key: str | None = None
    """The channel's own id of what came in: the same key again is the same message."""


@dataclass(frozen=True)
class Message:
    """A message as it is kept."""

    id: str
    conversation_id: str
    seq: int
    """Its number in the conversation, from 1."""
    author: str
    kind: str
    body: dict[str, Any]
    created_at: datetime
    staff_id: str | None
    in_reply_to: str | None
    inbound_key: str | None


def append(work: Work, conversation_id: str, draft: Draft, *, now: datetime) -> Message | None:
    """The message with the next number; None where its inbound key is known: then do nothing more.

    The conversation is locked until the commit. Raises ConversationNotFoundError.
    """
    channel, seq = _next_seq(work, conversation_id)
    message = Message(
        id=new_id(), conversation_id=conversation_id, seq=seq, created_at=now, **vars(draft)
    )
    sealed = work.cipher.seal(draft.body, _context(message.id))
    values = vars(message) | {"channel": channel, "body": sealed}
    insert = insert_unless_there(work, Row, "channel", "inbound_key").values(**values)
    if work.session.execute(insert.returning(Row.id)).first() is None:
        _set_seq(work, conversation_id, seq - 1)
        return None
    if draft.author in indexing.AUTHORS:
        indexing.index_message(work, conversation_id, seq, draft.body, now.date())
    return message


def inbound_seen(work: Work, channel: str, inbound_key: str) -> bool:
    """Whether this came in before. It saves work; what makes sure is `append`."""
    return inbound(work, channel, inbound_key) is not None


def inbound(work: Work, channel: str, inbound_key: str) -> Message | None:
    """The message that was kept for this key, if any."""
    query = select(Row).where(Row.channel == channel, Row.inbound_key == inbound_key)
    row = work.session.scalars(query).one_or_none()
    return None if row is None else _read(work, row)


def get(work: Work, message_id: str) -> Message:
    """A message by its id. Raises MessageNotFoundError."""
    row = work.session.get(Row, message_id)
    if row is None:
        raise MessageNotFoundError(f"no message {message_id}")
    return _read(work, row)


def numbered(work: Work, conversation_id: str, seq: int) -> Message | None:
    """The message of that number, if there is one."""
    query = select(Row).where(Row.conversation_id == conversation_id, Row.seq == seq)
    row = work.session.scalars(query).one_or_none()
    return None if row is None else _read(work, row)


def edits(work: Work, message_id: str) -> list[Message]:
    """The later wordings of a message, in order."""
    query = select(Row).where(Row.in_reply_to == message_id, Row.kind == "edit").order_by(Row.seq)
    return [_read(work, row) for row in work.session.scalars(query)]


def since(
    work: Work, conversation_id: str, seq: int = 0, *, limit: int | None = None
) -> list[Message]:
    """The messages after that number, in order."""
    query = select(Row).where(Row.conversation_id == conversation_id, Row.seq > seq)
    rows = work.session.scalars(query.order_by(Row.seq).limit(limit))
    return [_read(work, row) for row in rows]


def last(work: Work, conversation_id: str, count: int = 1) -> list[Message]:
    """The latest messages, in order."""
    query = select(Row).where(Row.conversation_id == conversation_id)
    rows = work.session.scalars(query.order_by(Row.seq.desc()).limit(count)).all()
    return [_read(work, row) for row in reversed(rows)]


def latest_of(work: Work, conversation_ids: Sequence[str]) -> dict[str, Message]:
    """The latest message of each of these conversations that has one, in one query."""
    table = ConversationRow
    query = (
        select(Row)
        .join(table, (table.id == Row.conversation_id) & (table.last_seq == Row.seq))
        .where(table.id.in_(conversation_ids))
    )
    return {row.conversation_id: _read(work, row) for row in work.session.scalars(query)}


def count(work: Work, conversation_id: str) -> int:
    """How many there are."""
    query = select(func.count()).select_from(Row).where(Row.conversation_id == conversation_id)
    return work.session.scalars(query).one()


def _next_seq(work: Work, conversation_id: str) -> tuple[str, int]:
    """The channel, and the number that is now ours; the row stays locked until the commit."""
    table = ConversationRow
    taken = (
        update(table)
        .where(table.id == conversation_id)
        .values(last_seq=table.last_seq + 1)
        .returning(table.channel, table.last_seq)
        .execution_options(synchronize_session=False)
    )
    row = work.session.execute(taken).first()
    if row is None:
        raise ConversationNotFoundError(f"no conversation {conversation_id}")
    return row.channel, row.last_seq


def _set_seq(work: Work, conversation_id: str, seq: int) -> None:
    table = ConversationRow
    work.session.execute(
        update(table)
        .where(table.id == conversation_id)
        .values(last_seq=seq)
        .execution_options(synchronize_session=False)
    )


def _read(work: Work, row: Row) -> Message:
    return Message(
        id=row.id,
        conversation_id=row.conversation_id,
        seq=row.seq,
        author=row.author,
        kind=row.kind,
        body=work.cipher.open(row.body, _context(row.id)),
        created_at=row.created_at,
        staff_id=row.staff_id,
        in_reply_to=row.in_reply_to,
        inbound_key=row.inbound_key,
    )


def _context(message_id: str) -> str:
    return f"messages.body:{message_id}"
