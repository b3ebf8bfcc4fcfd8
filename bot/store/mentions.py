"""Who of the staff was named in a note, and whether they have seen it; of the note nothing is kept here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from bot.store.ids import new_id
from bot.store.messages import Message
from bot.store.tables import MentionRow, StaffRow
from bot.store.work import Work

Row = MentionRow
SHOWN = 100
_NAMED = re.compile(r"(?<![\w@.])@([a-z0-9][a-z0-9._@-]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """That a colleague named somebody in a note."""

    conversation_id: str
    seq: int
    """The number of the note."""
    by_name: str
    created_at: datetime
    seen_at: datetime | None


def logins_in(text: str) -> set[str]:
    """What may be logins in a note: `@marco, please look` names marco."""
    return {login for found in _NAMED.findall(text.lower()) for login in _readings(found)}


def keep(work: Work, note: Message, text: str) -> list[str]:
    """Keep who is named in a note, besides its writer; their ids."""
    named = logins_in(text)
    if not named:
        return []
    query = select(StaffRow.id).where(StaffRow.login.in_(named), StaffRow.disabled_at.is_(None))
    found = [staff_id for staff_id in work.session.scalars(query) if staff_id != note.staff_id]
    for staff_id in found:
        row = Row(
            id=new_id(),
            conversation_id=note.conversation_id,
            seq=note.seq,
            staff_id=staff_id,
            by_id=note.staff_id,
            created_at=note.created_at,
        )
        work.session.add(row)
    return found


def unseen(work: Work, staff_id: str) -> int:
    """How many a member of the staff has not seen."""
    query = select(func.count()).select_from(Row)
    return work.session.scalars(query.where(Row.staff_id == staff_id, Row.seen_at.is_(None))).one()


def see(work: Work, staff_id: str, conversation_id: str, *, now: datetime) -> None:
    """They have looked at the conversation."""
    work.session.execute(
        update(Row)
        .where(Row.staff_id == staff_id, Row.conversation_id == conversation_id)
        .where(Row.seen_at.is_(None))
        .values(seen_at=now)
    )


def latest(work: Work, staff_id: str) -> list[Mention]:
    """The latest of a member of the staff: what was not seen first, then the newest."""
    query = (
        select(Row, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == Row.by_id)
        .where(Row.staff_id == staff_id)
        .order_by(Row.seen_at.is_not(None), Row.created_at.desc())
        .limit(SHOWN)
    )
    return [
        Mention(row.conversation_id, row.seq, name or "A colleague", row.created_at, row.seen_at)
        for row, name in work.session.execute(query)
    ]


def _readings(found: str) -> Iterator[str]:
    """A login may end as a sentence does."""
    yield found
    yield found.rstrip("._@-")
