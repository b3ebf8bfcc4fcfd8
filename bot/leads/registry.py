"""The leads we have: a lead and the work of delivering it begin in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, tuple_

from bot.errors import (
    DecryptionError,
    LeadChangedError,
    LeadNotFoundError,
    LostWithoutReasonError,
    ReferenceTakenError,
)
from bot.leads import deliveries, history
from bot.leads.model import Handling, Lead, LeadStatus, LostReason, NewLead, plain
from bot.store import indexing
from bot.store.ids import new_id
from bot.store.tables import LeadRow
from bot.store.upserts import insert_unless_there
from bot.store.work import Work

Row = LeadRow
SEALED = ("answers", "put_off", "consent_version", "consent_at")
NEXT = "next_action"
"""Lies in the sealed body too: what is to be done next may name somebody."""


def create(work: Work, new: NewLead, *, now: datetime) -> Lead:
    """Keep the lead and begin its delivery: both, or neither. Raises ReferenceTakenError."""
    fresh = {"id": new_id(), "created_at": now, "updated_at": now}
    lead = Lead(**new.model_dump(), **fresh)
    insert = insert_unless_there(work, Row, "reference").values(**_row(work, lead))
    if work.session.execute(insert.returning(Row.id)).first() is None:
        raise ReferenceTakenError(f"another lead bears the reference {lead.reference}")
    indexing.index_lead(work, lead.id, (lead.reference, *lead.answers.values()))
    deliveries.begin(work, lead, now=now)
    return lead


def get(work: Work, lead_id: str) -> Lead:
    """A lead by its id. Raises LeadNotFoundError, DecryptionError."""
    return _one(work, select(Row).where(Row.id == lead_id), lead_id)


def find(work: Work, reference: str) -> Lead:
    """A lead by its reference as we write it. Raises LeadNotFoundError, DecryptionError."""
    return _one(work, select(Row).where(Row.reference == reference), reference)


def latest(
    work: Work, *, status: LeadStatus | None = None, before: Lead | None = None, limit: int = 50
) -> list[Lead]:
    """The newest first, of one status or of all; `before` turns the page."""
    query = select(Row).order_by(Row.created_at.desc(), Row.id.desc()).limit(limit)
    if status is not None:
        query = query.where(Row.status == status.value)
    if before is not None:
        query = query.where(tuple_(Row.created_at, Row.id) < (before.created_at, before.id))
    return _all(work, query)


def of_conversation(work: Work, conversation_id: str) -> list[Lead]:
    """The leads that came out of a conversation, oldest first."""
    query = select(Row).where(Row.conversation_id == conversation_id)
    return _all(work, query.order_by(Row.created_at, Row.id))


def count_by_status(work: Work) -> dict[LeadStatus, int]:
    """How many leads stand where."""
    query = select(Row.status, func.count().label("times")).group_by(Row.status)
    return {LeadStatus(row.status): row.times for row in work.session.execute(query)}


def change(work: Work, reference: str, new: Handling, *, seen: int, by: str, now: datetime) -> Lead:
    """Handle a lead otherwise, and write down what has changed; the lead as it is then.

    `seen` is the version that whoever wants it has seen; `by` is `staff:<id>`. The same once more, by the same person,
    changes nothing. Raises LeadNotFoundError, LeadChangedError where somebody else was faster,
    LostWithoutReasonError.
    """
    query = select(Row).where(Row.reference == reference).with_for_update()
    row = work.session.scalars(_anew(query)).one_or_none()
    if row is None:
        raise LeadNotFoundError(f"no lead {reference}")
    before, wanted = _read(work, row), new.settled()
    if wanted.status is LeadStatus.LOST and wanted.lost_reason is None:
        raise LostWithoutReasonError(f"{reference}: lost without a reason")
    if wanted == before.handling and (seen == row.version or history.last_by(work, before) == by):
        return before
    if seen != row.version:
        raise LeadChangedError(f"{reference}: version {row.version}, not {seen}")
    changed = before.model_copy(
        update={"handling": wanted, "version": row.version + 1, "updated_at": now}
    )
    for name, value in _row(work, changed).items():
        setattr(row, name, value)
    work.session.flush()
    history.write_changes(work, before, wanted, by=by, now=now)
    return changed


def note_urgency(work: Work, limit: int = 200) -> int:
    """Write the urgency of leads beside them that were kept before it stood there; how many."""
    query = select(Row).where(Row.urgency.is_(None)).limit(limit)
    rows = work.session.scalars(query.with_for_update(skip_locked=True)).all()
    for row in rows:
        try:
            row.urgency = _read(work, row).urgency
        except DecryptionError:
            row.urgency = ""
    return len(rows)


def erase(work: Work, lead_id: str) -> bool:
    """Take a lead and the record of its deliveries away for good; whether there was one.

    A mail that has left is out of our hands; the agency has to delete it on its side.
    """
    gone = delete(Row).where(Row.id == lead_id).returning(Row.id)
    return work.session.execute(gone).first() is not None


def export(work: Work) -> Iterator[Mapping[str, Any]]:
    """Every lead as a flat row of plain values, oldest first; answers become `answer.<field>`."""
    rows = work.session.scalars(select(Row).order_by(Row.created_at, Row.id))
    return (plain(_read(work, row)) for row in rows)


def _one(work: Work, query: Select[Row], name: str) -> Lead:
    row = work.session.scalars(_anew(query)).one_or_none()
    if row is None:
        raise LeadNotFoundError(f"no lead {name}")
    return _read(work, row)


def _all(work: Work, query: Select[Row]) -> list[Lead]:
    return [_read(work, row) for row in work.session.scalars(_anew(query))]


def _anew(query: Select[Row]) -> Select[Row]:
    """Read from the database even where the session has seen the row before."""
    return query.execution_options(populate_existing=True)


def read(work: Work, query: Select[Row]) -> list[Lead]:
    """The leads of a query of their rows. Raises DecryptionError."""
    return _all(work, query)


def _row(work: Work, lead: Lead) -> dict[str, Any]:
    handling = lead.handling
    values = lead.model_dump(exclude={*SEALED, "handling"})
    body = lead.model_dump(mode="json", include=set(SEALED)) | {NEXT: handling.next_action}
    return values | {
        "status": handling.status.value,
        "owner_id": handling.owner_id,
        "next_on": handling.next_on,
        "lost_reason": handling.lost_reason and handling.lost_reason.value,
        "urgency": lead.urgency,
        "body": work.cipher.seal(body, _context(lead.id)),
    }


def _read(work: Work, row: Row) -> Lead:
    body = work.cipher.open(row.body, _context(row.id))
    handling = Handling(
        status=LeadStatus(row.status),
        owner_id=row.owner_id,
        next_action=body.pop(NEXT, ""),
        next_on=row.next_on,
        lost_reason=LostReason(row.lost_reason) if row.lost_reason else None,
    )
    return Lead(
        id=row.id,
        reference=row.reference,
        conversation_id=row.conversation_id,
        form=row.form,
        language=row.language,
        handling=handling,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        **body,
    )


def _context(lead_id: str) -> str:
    return f"leads.body:{lead_id}"
