"""The record of each lead's way to its receivers: what was tried, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bot.errors import DeliveryNotFoundError
from bot.leads.model import Delivery, DeliveryState, Lead
from bot.store import events
from bot.store.ids import new_id
from bot.store.tables import DeliveryRow, LeadRow
from bot.store.work import Job, Work

Row = DeliveryRow

FLOW = "deliver_lead"
"""The durable work that carries a delivery out; `delivery.py` registers it."""
AGENCY = "agency"
"""The one receiver so far: the agency's mailbox, or the outbox where there is no mail server."""


def begin(work: Work, lead: Lead, *, now: datetime, target: str = AGENCY) -> Delivery:
    """Note that the lead is to go there, and begin the work, in this transaction."""
    row = Row(
        id=new_id(),
        lead_id=lead.id,
        target=target,
        key=f"{lead.id}:{target}",
        state=DeliveryState.PENDING.value,
        attempts=0,
        created_at=now,
    )
    work.session.add(row)
    work.session.flush()
    _enqueue(work, row, attempt=0)
    return _read(row)


def again(work: Work, delivery_id: str) -> None:
    """A person wants a failed delivery tried anew; others are left alone. DeliveryNotFoundError.

    The key stays the same, so a receiver that did get it drops the repeat.
    """
    row = _locked(work, delivery_id)
    if row.state == DeliveryState.FAILED.value:
        row.state = DeliveryState.PENDING.value
        _enqueue(work, row, attempt=row.attempts)


def get(work: Work, delivery_id: str) -> Delivery:
    """A delivery by its id. Raises DeliveryNotFoundError."""
    row = work.session.get(Row, delivery_id, populate_existing=True)
    if row is None:
        raise DeliveryNotFoundError(f"no delivery {delivery_id}")
    return _read(row)


def of_leads(work: Work, lead_ids: Sequence[str]) -> list[Delivery]:
    """The deliveries of these leads, oldest first."""
    query = select(Row).where(Row.lead_id.in_(lead_ids)).order_by(Row.created_at, Row.id)
    return [_read(row) for row in work.session.scalars(query)]


def in_state(work: Work, state: DeliveryState, *, limit: int = 100) -> list[Delivery]:
    """Deliveries that stand there, oldest first."""
    query = select(Row).where(Row.state == state.value).order_by(Row.created_at).limit(limit)
    return [_read(row) for row in work.session.scalars(query)]


def mark_sent(work: Work, delivery_id: str, *, now: datetime, remark: str | None = None) -> None:
    """It got through; a remark is kept as `last_error`. Raises DeliveryNotFoundError."""
    row = _locked(work, delivery_id)
    row.state, row.sent_at, row.last_error = DeliveryState.SENT.value, now, remark
    row.attempts += 1
    _journal(work, row, "lead.delivered", now)


def mark_tried(work: Work, delivery_id: str, error: str) -> None:
    """It did not get through this time. Raises DeliveryNotFoundError."""
    row = _locked(work, delivery_id)
    row.attempts += 1
    row.last_error = error


def mark_failed(work: Work, delivery_id: str, error: str, *, now: datetime) -> None:
    """It will not get through without a person's help. Raises DeliveryNotFoundError."""
    row = _locked(work, delivery_id)
    row.state, row.last_error = DeliveryState.FAILED.value, error
    _journal(work, row, "lead.delivery_failed", now)


def _enqueue(work: Work, row: Row, *, attempt: int) -> None:
    # Durable work of one id happens once, so a new try by a person needs a new id.
    work.enqueue(Job(FLOW, f"{FLOW}:{row.id}:{attempt}", (row.id,)))


def _locked(work: Work, delivery_id: str) -> Row:
    query = select(Row).where(Row.id == delivery_id).with_for_update()
    row = work.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise DeliveryNotFoundError(f"no delivery {delivery_id}")
    return row


def _journal(work: Work, row: Row, what: str, now: datetime) -> None:
    lead = work.session.get_one(LeadRow, row.lead_id)
    data = {"reference": lead.reference, "attempts": row.attempts, "target": row.target}
    events.record(
        work, what, actor="system", now=now, conversation_id=lead.conversation_id, data=data
    )


def _read(row: Row) -> Delivery:
    return Delivery(
        row.id,
        row.lead_id,
        row.target,
        row.key,
        DeliveryState(row.state),
        row.attempts,
        row.last_error,
        row.sent_at,
        row.created_at,
    )
