"""The journal: what happened, when and by whom, without a word of what anybody wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from bot.store.tables import EventRow
from bot.store.work import Work

Row = EventRow


@dataclass(frozen=True)
class Event:
    """One line of the journal."""

    id: int
    conversation_id: str | None
    at: datetime
    actor: str
    """bot, prospect, system, operator, or staff:<id>."""
    kind: str
    """What happened, as `handover.claimed`."""
    data: dict[str, Any]
    """Ids, counts and names of things; nothing personal."""


def record(
    work: Work,
    kind: str,
    *,
    actor: str,
    now: datetime,
    conversation_id: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Write one line. Nothing personal goes into `data`: it is not sealed and outlives erasure."""
    line = {"conversation_id": conversation_id, "at": now, "actor": actor, "kind": kind}
    work.session.add(Row(**line, data=dict(data or {})))


def of(work: Work, conversation_id: str) -> list[Event]:
    """A conversation's lines, in order."""
    query = select(Row).where(Row.conversation_id == conversation_id).order_by(Row.id)
    return [_read(row) for row in work.session.scalars(query)]


def between(
    work: Work, start: datetime, end: datetime, *, kinds: Sequence[str] = ()
) -> list[Event]:
    """The lines from `start` to before `end`, of these kinds or of all, in order."""
    query = select(Row).where(Row.at >= start, Row.at < end).order_by(Row.id)
    if kinds:
        query = query.where(Row.kind.in_(kinds))
    return [_read(row) for row in work.session.scalars(query)]


def found(work: Work, query: Select[Row]) -> list[Event]:
    """The lines of a query of the journal's rows."""
    return [_read(row) for row in work.session.scalars(query)]


def last_of(work: Work, conversation_id: str, kind: str, limit: int) -> list[Event]:
    """The last lines of a kind in one conversation, latest first."""
    query = select(Row).where(Row.conversation_id == conversation_id, Row.kind == kind)
    return found(work, query.order_by(Row.id.desc()).limit(limit))


def latest(work: Work, kind: str, limit: int) -> list[dict[str, Any]]:
    """What the last lines of a kind say, latest first."""
    query = select(Row.data).where(Row.kind == kind).order_by(Row.id.desc()).limit(limit)
    return list(work.session.scalars(query))


def count_by_kind(work: Work, start: datetime, end: datetime) -> dict[str, int]:
    """How often each kind of thing happened from `start` to before `end`."""
    counted = select(Row.kind, func.count().label("times"))
    query = counted.where(Row.at >= start, Row.at < end).group_by(Row.kind)
    return {row.kind: row.times for row in work.session.execute(query)}


@dataclass(frozen=True)
class Sought:
    """Which lines of what people of the agency did are wanted; what is None narrows nothing."""

    actor: str | None = None
    kind: str | None = None
    start: datetime | None = None
    end: datetime | None = None


def of_staff(
    work: Work, sought: Sought, *, before: int | None = None, limit: int = 100
) -> list[Event]:
    """What the staff and the operator did, the latest first; `before` is an id, and turns the page."""
    query = select(Row).where(_by_staff()).order_by(Row.id.desc()).limit(limit)
    if sought.actor is not None:
        query = query.where(Row.actor == sought.actor)
    if sought.kind is not None:
        query = query.where(Row.kind == sought.kind)
    if sought.start is not None:
        query = query.where(Row.at >= sought.start)
    if sought.end is not None:
        query = query.where(Row.at < sought.end)
    if before is not None:
        query = query.where(Row.id < before)
    return [_read(row) for row in work.session.scalars(query)]


def kinds_of_staff(work: Work) -> list[str]:
    """Every kind of thing the staff has done."""
    return sorted(work.session.scalars(select(Row.kind).where(_by_staff()).distinct()))


def done_since(
    work: Work, kind: str, actor: str, since: datetime, conversation_id: str | None
) -> list[Event]:
    """What somebody has done of one kind since then, about one conversation."""
    query = select(Row).where(Row.actor == actor, Row.kind == kind, Row.at >= since)
    query = query.where(Row.conversation_id == conversation_id)
    return [_read(row) for row in work.session.scalars(query)]


def _by_staff() -> ColumnElement[bool]:
    return or_(Row.actor.startswith("staff:"), Row.actor == OPERATOR)


OPERATOR = "operator"
"""Who acts by the command: whoever may call it owns the machine."""
ANSWERED = "answered"
"""The kind of line that says which facts an answer stated: `{"facts": "cn.fee.current cn.fee.history"}`."""


def facts_stated(work: Work) -> Counter[str]:
    """How often each fact was stated in answers."""
    rows = work.session.scalars(select(Row.data).where(Row.kind == ANSWERED))
    return Counter(fact for data in rows for fact in str(data["facts"]).split())


def _read(row: Row) -> Event:
    return Event(row.id, row.conversation_id, row.at, row.actor, row.kind, row.data)
