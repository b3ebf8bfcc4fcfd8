"""Leads found by how they are handled: filtered, sorted, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from bot.leads import registry, urgency
from bot.leads.model import Lead, LeadStatus
from bot.store.tables import LeadRow
from bot.store.work import Work

Row = LeadRow
NOBODY = "nobody"
"""Asked for in place of a member of staff: leads that nobody looks after."""
OVER = [status.value for status in LeadStatus if status.is_over]
WEEK = timedelta(days=7)


class Due(StrEnum):
    """When the next step is to be done."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    """Within seven days, or overdue."""
    NONE = "none"
    """Nothing is planned, and the lead is not over."""


class Sort(StrEnum):
    """What stands first."""

    PRESSING = "pressing"
    """Overdue, then urgent, then by the day of the next step."""
    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"
    URGENCY = "urgency"
    STATE = "state"


@dataclass(frozen=True)
class Wanted:
    """Which leads. None is whatever there is."""

    status: LeadStatus | None = None
    owner: str | None = None
    """A member of staff by id, or NOBODY."""
    urgency: str | None = None
    due: Due | None = None


ALL = Wanted()


def found(
    work: Work, wanted: Wanted, today: date, *, sort: Sort, limit: int, offset: int = 0
) -> list[Lead]:
    """The leads in that order."""
    query = select(Row).where(*_conditions(wanted, today)).order_by(*_order(sort, today))
    return registry.read(work, query.limit(limit).offset(offset))


def count(work: Work, wanted: Wanted, today: date) -> int:
    """How many there are."""
    query = select(func.count()).select_from(Row).where(*_conditions(wanted, today))
    return work.session.scalars(query).one()


def counts(work: Work, wanted: Wanted, today: date) -> Mapping[LeadStatus, int]:
    """How many stand where, whatever state is wanted."""
    conditions = _conditions(replace(wanted, status=None), today)
    query = select(Row.status, func.count().label("times")).where(*conditions)
    rows = work.session.execute(query.group_by(Row.status))
    counted = {LeadStatus(row.status): row.times for row in rows}
    return {status: counted.get(status, 0) for status in LeadStatus}


def overdue(work: Work, today: date) -> int:
    """How many next steps should have been done before today."""
    return count(work, Wanted(due=Due.OVERDUE), today)


def is_overdue(lead: Lead, today: date) -> bool:
    """Whether the next step of a lead should have been done before today."""
    handling = lead.handling
    return handling.next_on is not None and handling.next_on < today and not handling.status.is_over


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.status is not None:
        found.append(Row.status == wanted.status.value)
    if wanted.owner is not None:
        nobody = wanted.owner == NOBODY
        found.append(Row.owner_id.is_(None) if nobody else Row.owner_id == wanted.owner)
    if wanted.urgency is not None:
        found.append(Row.urgency == wanted.urgency)
    if wanted.due is not None:
        found += [_due(wanted.due, today), Row.status.not_in(OVER)]
    return found


def _due(due: Due, today: date) -> ColumnElement[bool]:
    if due is Due.OVERDUE:
        return Row.next_on < today
    if due is Due.TODAY:
        return Row.next_on == today
    if due is Due.WEEK:
        return Row.next_on <= today + WEEK
    return Row.next_on.is_(None)


def _order(sort: Sort, today: date) -> list[ColumnElement[Any]]:
    newest: list[ColumnElement[Any]] = [Row.created_at.desc(), Row.id.desc()]
    by_day: list[ColumnElement[Any]] = [Row.next_on.is_(None), Row.next_on.asc()]
    by_urgency = case(
        {name: place for place, name in enumerate(urgency.degrees())}, value=Row.urgency, else_=9
    )
    by_state = case(
        {status.value: place for place, status in enumerate(LeadStatus)}, value=Row.status
    )
    late = case((or_(Row.next_on.is_(None), Row.next_on >= today), 1), else_=0)
    calls = case((Row.urgency.in_(urgency.calling()), 0), else_=1)
    pressing: list[ColumnElement[Any]] = [late, calls, *by_day]
    firsts: Mapping[Sort, list[ColumnElement[Any]]] = {
        Sort.PRESSING: pressing,
        Sort.DUE: by_day,
        Sort.URGENCY: [by_urgency],
        Sort.STATE: [by_state],
        Sort.NEWEST: [],
    }
    if sort is Sort.OLDEST:
        return [Row.created_at.asc(), Row.id.asc()]
    return [*firsts[sort], *newest]
