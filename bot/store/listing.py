"""The staff's list as the database reads it: one page at a time, and all counts in one pass over one index.

Nothing sealed is opened to choose, to order or to count; of a page's conversations alone the rows are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, tuple_

from bot.store import conversations
from bot.store.conversations import Conversation
from bot.store.tables import ConversationRow
from bot.store.work import Work

Row = ConversationRow


@dataclass(frozen=True)
class Wanted:
    """Which conversations; what is left out does not narrow."""

    owners: tuple[str, ...] = ()
    staff_id: str | None = None
    """The member of staff who has it."""
    nobodys: bool = False
    """Only those that no member of staff has."""
    on_top: bool = False
    """Only those that are to be seen to first."""
    language: str | None = None
    channel: str | None = None


EVERYTHING = Wanted()


@dataclass(frozen=True)
class Place:
    """Where a page ends: the next one begins after it."""

    on_top: bool
    """Whether it is among those that are to be seen to first."""
    at: datetime
    id: str


@dataclass(frozen=True)
class Tally:
    """How many conversations are alike in all that the list can be narrowed by."""

    owner: str
    staff_id: str | None
    language: str
    channel: str
    on_top: bool
    count: int


def page(work: Work, wanted: Wanted, *, after: Place | None, limit: int) -> list[Conversation]:
    """Those to be seen to first, the oldest on top; then the others, latest on top.

    A chat in which nobody has said anything yet, only the bot its greeting, is left out.
    """
    ids: list[str] = []
    if after is None or after.on_top:
        ids += _ids(work, wanted, _after_on_top(after), (Row.on_top_since, Row.id), limit)
    if len(ids) < limit:
        rest = None if after is None or after.on_top else after
        latest = (Row.listed_at.desc(), Row.id.desc())
        ids += _ids(work, wanted, _after_latest(rest), latest, limit - len(ids))
    return conversations.those(work, ids)


def place(conversation: Conversation) -> Place:
    """Where a page ends that ends with this one."""
    if conversation.on_top_since is not None:
        return Place(on_top=True, at=conversation.on_top_since, id=conversation.id)
    return Place(
        on_top=False, at=conversation.listed_at or conversation.updated_at, id=conversation.id
    )


def tallies(work: Work) -> list[Tally]:
    """Everything that is listed, counted once."""
    on_top = Row.on_top_since.is_not(None).label("on_top")
    alike = (Row.owner, Row.staff_id, Row.language, Row.channel, on_top)
    counted = select(*alike, func.count().label("times")).where(Row.listed_at.is_not(None))
    return [
        Tally(row.owner, row.staff_id, row.language, row.channel, bool(row.on_top), row.times)
        for row in work.session.execute(counted.group_by(*alike))
    ]


def _ids(
    work: Work,
    wanted: Wanted,
    narrowed: Sequence[ColumnElement[bool]],
    order: Sequence[Any],
    limit: int,
) -> list[str]:
    query = select(Row.id).where(Row.listed_at.is_not(None), *narrowed, *_narrowed(wanted))
    return list(work.session.scalars(query.order_by(*order).limit(limit)))


def _after_on_top(after: Place | None) -> list[ColumnElement[bool]]:
    on_top = Row.on_top_since.is_not(None)
    if after is None:
        return [on_top]
    return [on_top, tuple_(Row.on_top_since, Row.id) > (after.at, after.id)]


def _after_latest(after: Place | None) -> list[ColumnElement[bool]]:
    others = Row.on_top_since.is_(None)
    if after is None:
        return [others]
    return [others, tuple_(Row.listed_at, Row.id) < (after.at, after.id)]


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.owners:
        found.append(_not_by_index(Row.owner).in_(wanted.owners))
    if wanted.staff_id is not None:
        found.append(_not_by_index(Row.staff_id) == wanted.staff_id)
    if wanted.nobodys:
        found.append(Row.staff_id.is_(None))
    if wanted.on_top:
        found.append(Row.on_top_since.is_not(None))
    if wanted.language is not None:
        found.append(Row.language == wanted.language)
    if wanted.channel is not None:
        found.append(Row.channel == wanted.channel)
    return found


def _not_by_index(column: Any) -> ColumnElement[str]:
    """The column, so that its own index is not taken: most rows are of one owner, and sorting them all is slow."""
    return func.coalesce(column, "")
