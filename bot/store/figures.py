"""Counts and times out of the journal, the conversations and the leads: sums of SQL, nothing of anybody.

In: a span of time, and how it is parted. Out: plain rows. Days, weeks and months are Beijing's: no summer time there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, Subquery, case, extract, func, literal, select
from sqlalchemy.orm import aliased

from bot.store.tables import ConversationRow, EventRow, LeadRow, MessageRow
from bot.store.work import Work

Row = EventRow
OWNER = ("owner",)
"""The kinds of line that say whose a conversation is now: `{"from": ..., "to": ...}`."""
BEIJING, AHEAD = "Asia/Shanghai", "+8 hours"


class Unit(StrEnum):
    """What a span is parted into."""

    DAY = "day"
    WEEK = "week"
    """From Monday."""
    MONTH = "month"


@dataclass(frozen=True)
class Span:
    """From a moment to before another."""

    start: datetime
    end: datetime
    unit: Unit = Unit.DAY


class Spread(NamedTuple):
    """How long something took, in seconds."""

    times: int
    """How often it happened."""
    median: float | None
    ninetieth: float | None
    """Nine of ten took no longer."""


Counts = dict[tuple[str, ...], int]
"""How often, by names."""


def events(
    work: Work, span: Span, kind: str, *by: str, kinds: Mapping[str, Sequence[str]] = {}
) -> Counts:
    """How often something happened, by what its lines say; only those whose data are among `kinds`."""
    columns = [_said(name).label(name) for name in by]
    query = select(*columns, func.count().label("times")).where(*_within(span, kind))
    query = query.where(*(_said(name).in_(allowed) for name, allowed in kinds.items()))
    return _counts(work, query.group_by(*columns))


def by_time(work: Work, span: Span, kind: str) -> dict[str, int]:
    """How often something happened in each part of the span, by the first day of the part."""
    part = _part(work, Row.at, span.unit).label("part")
    query = select(part, func.count().label("times")).where(*_within(span, kind)).group_by(part)
    return {name: times for (name,), times in _counts(work, query).items()}


def conversations(work: Work, span: Span, kind: str, *by: str) -> Counts:
    """In how many conversations something happened, by what its lines say."""
    columns = [_said(name).label(name) for name in by]
    times = func.count(Row.conversation_id.distinct()).label("times")
    return _counts(work, select(*columns, times).where(*_within(span, kind)).group_by(*columns))


def latest(work: Work, span: Span, kind: str, by: str) -> Counts:
    """The same, of each conversation only the last line."""
    last = select(func.max(Row.id)).where(*_within(span, kind)).group_by(Row.conversation_id)
    column = _said(by).label(by)
    query = select(column, func.count().label("times")).where(Row.id.in_(last))
    return _counts(work, query.group_by(column))


def answered_by(work: Work, span: Span, kind: str, answers: Sequence[str]) -> Counts:
    """Conversations by whether the bot answered a question ("1", "0") and whether a person did.

    A person did where one took it over within the span and wrote.
    """
    by_bot = (
        select(Row.conversation_id, literal(1).label("bot"), literal(0).label("person"))
        .where(*_within(span, kind), _said("kind").in_(answers))
        .distinct()
    )
    by_person = (
        select(Row.conversation_id, literal(0).label("bot"), literal(1).label("person"))
        .where(*_within(span, *OWNER), _said("to") == "person")
        .where(_replies(Row).with_only_columns(literal(1)).exists())
        .distinct()
    )
    each = by_bot.union_all(by_person).subquery()
    flags = (
        select(func.max(each.c.bot).label("bot"), func.max(each.c.person).label("person"))
        .group_by(each.c.conversation_id)
        .subquery()
    )
    query = select(flags.c.bot, flags.c.person, func.count().label("times"))
    return _counts(work, query.group_by(flags.c.bot, flags.c.person))


def waits(work: Work, span: Span) -> dict[str, Spread]:
    """How long prospects waited until a person came, by parts of the span; `""` is the whole span.

    Only of those who were called for within it and did come.
    """
    calls = _calls(work, span)
    took = _seconds(work, calls.c.at, calls.c.next_at)
    came = select(calls.c.part, took.label("seconds")).where(calls.c.next_to == "person")
    return _spreads(work, came.subquery())


def first_replies(work: Work, span: Span) -> dict[str, Spread]:
    """How long it took from the call until a person wrote, as `waits` tells it."""
    calls = _calls(work, span)
    reply = _replies(calls).scalar_subquery()
    replied = select(calls.c.part, calls.c.at, reply.label("reply")).subquery()
    took = _seconds(work, replied.c.at, replied.c.reply)
    written = select(replied.c.part, took.label("seconds")).where(replied.c.reply.is_not(None))
    return _spreads(work, written.subquery())


def calls(work: Work, span: Span) -> Counts:
    """How often a person was called, by what came next: `person`, `bot`, `closed`, or empty where one waits still."""
    found = _calls(work, span)
    next_to = func.coalesce(found.c.next_to, "").label("next_to")
    query = select(next_to, func.count().label("times")).select_from(found)
    return _counts(work, query.group_by(next_to))


class Form(NamedTuple):
    """How far a form came."""

    begun: int
    reached: Mapping[str, int]
    """In how many conversations, by the question."""
    sent: int
    left_at: Mapping[str, int]
    """Where those stand that were not sent, by the question they came to last."""


def form(work: Work, span: Span, form_id: str, *, begun: str, step: str, sent: str) -> Form:
    """Conversations that began a form within the span, and what became of them until now."""
    began = (
        select(Row.conversation_id, func.min(Row.id).label("since"))
        .where(*_within(span, begun), _said("form") == form_id)
        .group_by(Row.conversation_id)
        .subquery()
    )
    later = (Row.conversation_id == began.c.conversation_id) & (Row.id >= began.c.since)
    steps = select(Row).join(began, later).where(Row.kind == step, _said("form") == form_id)
    at = _said("at").label("at")
    reached = steps.with_only_columns(
        at, func.count(Row.conversation_id.distinct()).label("times")
    ).group_by(at)
    gone = select(Row.conversation_id).join(began, later).where(Row.kind == sent).distinct()
    last = steps.with_only_columns(func.max(Row.id)).group_by(Row.conversation_id)
    left = select(at, func.count().label("times")).where(
        Row.id.in_(last), Row.conversation_id.not_in(gone)
    )
    total = select(func.count()).select_from(began)
    return Form(
        begun=work.session.scalars(total).one(),
        reached=_singles(_counts(work, reached)),
        sent=work.session.scalars(select(func.count()).select_from(gone.subquery())).one(),
        left_at=_singles(_counts(work, left.group_by(at))),
    )


def stated(work: Work, kind: str, since: datetime) -> Counts:
    """How often answers stated which facts since then, by the facts of an answer together and the day."""
    said, day = _said("facts").label("facts"), _part(work, Row.at, Unit.DAY).label("day")
    query = select(said, day, func.count().label("times"))
    query = query.where(Row.kind == kind, Row.at >= since)
    return _counts(work, query.group_by(said, day))


def leads(work: Work, span: Span) -> Counts:
    """Leads that came in within the span, by source (empty where it is not known) and state."""
    source = func.coalesce(ConversationRow.source, "").label("source")
    query = (
        select(source, LeadRow.status, func.count().label("times"))
        .outerjoin(ConversationRow, ConversationRow.id == LeadRow.conversation_id)
        .where(LeadRow.created_at >= span.start, LeadRow.created_at < span.end)
    )
    return _counts(work, query.group_by(source, LeadRow.status))


def lost(work: Work, span: Span) -> Counts:
    """Those that are lost, by the reason."""
    query = select(LeadRow.lost_reason, func.count().label("times")).where(
        LeadRow.created_at >= span.start,
        LeadRow.created_at < span.end,
        LeadRow.lost_reason.is_not(None),
    )
    return _counts(work, query.group_by(LeadRow.lost_reason))


def _within(span: Span, *kinds: str) -> list[ColumnElement[bool]]:
    return [Row.kind.in_(kinds), Row.at >= span.start, Row.at < span.end]


def _said(name: str) -> Any:
    return Row.data[name].as_string()


def _counts(work: Work, query: Any) -> Counts:
    return {
        tuple("" if each is None else str(each) for each in names): times
        for *names, times in work.session.execute(query)
    }


def _singles(counts: Counts) -> dict[str, int]:
    return {name: times for (name,), times in counts.items()}


def _part(work: Work, at: Any, unit: Unit) -> Any:
    """The first day of the part of a span that a moment lies in."""
    if work.dialect == "postgresql":
        local = func.date_trunc(unit.value, func.timezone(BEIJING, at))
        return func.to_char(local, "YYYY-MM-DD", type_=String)
    back = {
        Unit.DAY: (),
        Unit.WEEK: ("weekday 0", "-6 days"),
        Unit.MONTH: ("start of month",),
    }
    return func.date(at, AHEAD, *back[unit], type_=String)


def _seconds(work: Work, start: Any, end: Any) -> Any:
    if work.dialect == "postgresql":
        return extract("epoch", end - start)
    return (func.julianday(end) - func.julianday(start)) * 86400


def _calls(work: Work, span: Span) -> Subquery:
    """Every call of a person within the span, and what became of the conversation next."""
    in_order: dict[str, Any] = {"partition_by": Row.conversation_id, "order_by": Row.id}
    moves = (
        select(
            Row.conversation_id,
            Row.at,
            _said("to").label("to"),
            _said("from").label("before"),
            _part(work, Row.at, span.unit).label("part"),
            func.lead(Row.at).over(**in_order).label("next_at"),
            func.lead(_said("to")).over(**in_order).label("next_to"),
        )
        .where(Row.kind.in_(OWNER), Row.at >= span.start)
        .subquery()
    )
    query = select(moves).where(moves.c.to == "waiting", moves.c.before != "waiting")
    return query.where(moves.c.at < span.end).subquery()


def _replies(call: Any) -> Select[Any]:
    """The first message of a person in that conversation from that moment on."""
    column = call if call is Row else call.c
    written = aliased(MessageRow)
    query = select(func.min(written.created_at)).where(
        written.conversation_id == column.conversation_id,
        written.author == "staff",
        written.kind == "message",
        written.created_at >= column.at,
    )
    return query.correlate(call)


def _spreads(work: Work, took: Subquery) -> dict[str, Spread]:
    """Count, median and ninetieth of each part, and of all."""
    return _spread(work, took, whole=True) | _spread(work, took, whole=False)


def _spread(work: Work, took: Subquery, *, whole: bool) -> dict[str, Spread]:
    part = literal("") if whole else took.c.part
    by: dict[str, Any] = {} if whole else {"partition_by": took.c.part}
    ranked = select(
        part.label("part"),
        took.c.seconds,
        func.row_number().over(order_by=took.c.seconds, **by).label("place"),
        func.count().over(**by).label("total"),
    ).subquery()

    def at(share: int) -> Any:
        place = (ranked.c.total * share + 99) // 100
        return func.max(case((ranked.c.place == place, ranked.c.seconds)))

    query = select(ranked.c.part, func.max(ranked.c.total), at(50), at(90)).group_by(ranked.c.part)
    return {
        name: Spread(count, _number(median), _number(ninetieth))
        for name, count, median, ninetieth in work.session.execute(query)
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
