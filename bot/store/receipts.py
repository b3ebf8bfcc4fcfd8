"""How far a prospect's open page has a conversation: what it has, and what somebody had before them on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from bot.store.tables import ReceiptRow
from bot.store.upserts import insert_unless_there
from bot.store.work import Work

Row = ReceiptRow


@dataclass(frozen=True)
class PageReceipt:
    """The numbers of the last lines."""

    delivered: int = 0
    seen: int = 0


def get(work: Work, conversation_id: str) -> PageReceipt:
    """What the page has said last; nothing where it never said anything."""
    row = work.session.get(Row, conversation_id, populate_existing=True)
    return PageReceipt() if row is None else PageReceipt(row.delivered, row.seen)


def keep(work: Work, conversation_id: str, said: PageReceipt, *, now: datetime) -> bool:
    """What a page says; of several tabs the furthest counts. Whether it was news."""
    before = get(work, conversation_id)
    after = PageReceipt(max(before.delivered, said.delivered), max(before.seen, said.seen))
    if after == before:
        return False
    values = {**vars(after), "updated_at": now}
    there = insert_unless_there(work, Row, "conversation_id")
    work.session.execute(there.values(conversation_id=conversation_id, **values))
    work.session.execute(update(Row).where(Row.conversation_id == conversation_id).values(**values))
    return True
