"""Changing keys: seals with the first key whatever another one sealed, a batch a transaction.

To change keys: put the new one before the old one, start, `reseal_all`, then take the old one away.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from bot.store.checks import CONTEXT
from bot.store.tables import (
    ConversationRow,
    FileChunkRow,
    FileRow,
    KeyCheckRow,
    LeadRow,
    MessageRow,
    ReminderRow,
    ReviewDraftRow,
    ReviewLineRow,
    StaffRow,
)
from bot.store.work import Store, Work

SEALED: tuple[tuple[InstrumentedAttribute[Any], str], ...] = (
    (ConversationRow.state, "conversations.state:{id}"),
    (MessageRow.body, "messages.body:{id}"),
    (LeadRow.body, "leads.body:{id}"),
    (ReminderRow.body, "reminders.body:{id}"),
    (ReviewLineRow.body, "review_lines.body:{id}"),
    (ReviewDraftRow.body, "review_drafts.body:{id}"),
    (FileRow.body, "files.body:{id}"),
    (FileChunkRow.content, "file_chunks.content:{id}"),
    (StaffRow.totp, "staff.totp:{id}"),
    (KeyCheckRow.sealed, CONTEXT),
)
"""Every sealed column, and the context its values are sealed in."""
BATCH = 200
LARGE_BATCH = 8
"""Of pieces of files: each may be a megabyte."""


async def reseal_all(store: Store) -> int:
    """Everything, while the house stays open; how many values. Raises KeyMissingError."""
    total = 0
    while count := await store.run(reseal):
        total += count
    return total


def reseal(work: Work) -> int:
    """One batch; how many values. Raises KeyMissingError where a key is not there any more."""
    return sum(_reseal(work, column, context) for column, context in SEALED)


def _reseal(work: Work, column: InstrumentedAttribute[Any], context: str) -> int:
    head = work.cipher.head
    old = func.substr(column, 1, len(head)) != head
    most = min(BATCH, LARGE_BATCH) if column.class_ is FileChunkRow else BATCH
    rows: Any = work.session.scalars(
        select(column.class_).where(old).limit(most).with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        place = context.format(id=row.id)
        value = work.cipher.open_bytes(getattr(row, column.key), place)
        setattr(row, column.key, work.cipher.seal_bytes(value, place))
    return len(rows)
