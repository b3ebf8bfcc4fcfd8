"""The reminders we have: set in the transaction of a turn, taken one by one, stopped together.

A reminder is taken by moving on the moment from which it may be taken, so no two processes have it at
once, and one whose process died comes back by itself. Nothing of that lies outside the row: the rows
copied to another database are all there is to move.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Select, select

from bot.errors import DecryptionError
from bot.reminders import plan
from bot.reminders.model import Coming, Link, NewReminders, Refused, Reminder, ReminderState
from bot.reminders.plan import Fate, Planned, Recordation, Rules, Which
from bot.store import events
from bot.store.ids import new_id
from bot.store.tables import ReminderRow
from bot.store.tokens import hash_token, new_token
from bot.store.work import Job, Work
from knowledge.model import Language

log = structlog.get_logger(__name__)

Row = ReminderRow
LEASE = timedelta(minutes=30)
"""How long a taken reminder is left to its process; many times what a mail server may take."""
WAITS = tuple(timedelta(hours=hours) for hours in (0.5, 1, 2, 4, 8, 12))
"""After the first, second ... attempt that failed; the last of them from then on, until the window has closed."""
TELL = "tell_refused"
"""The durable work by which people hear of a refused reminder."""
SAME_MAIL = timedelta(days=1)
"""So long an attempt repeats the same mail; later ones speak of their own day."""


def set_all(work: Work, rules: Rules, new: NewReminders, *, now: datetime) -> int:
    """Keep a row for each reminder to come, in this transaction; how many. Earlier ones of the same name go."""
    count = 0
    for recordation in plan.recordations(new.answers):
        _replace(work, new, recordation, now)
        for each in plan.planned(rules, recordation, plan.day_of(now)):
            _add(work, new, recordation, each, now)
            count += 1
    work.session.flush()
    return count


def claim(work: Work, rules: Rules, *, now: datetime) -> Reminder | None:
    """The next that is due, taken for as long as `LEASE`; what makes no sense any more is dropped on the way."""
    today = plan.day_of(now)
    while (row := work.session.scalars(_next(now)).first()) is not None:
        reminder = _opened(work, row, now)
        if reminder is None:
            continue
        fate = plan.fate(rules, reminder.recordation, reminder.which, today)
        if fate is Fate.SEND:
            row.attempts += 1
            row.begun_at, row.due_at = reminder.begun_at, now + LEASE
            work.session.flush()
            return reminder
        _finish(work, row, ReminderState.DROPPED)
        _journal(work, row, "reminder.dropped", now, why=fate.value)
        work.session.flush()
    return None


def mark_sent(work: Work, reminder_id: str, *, now: datetime, remark: str | None = None) -> None:
    """It has left; nothing is done where it was erased meanwhile."""
    row = _locked(work, reminder_id)
    if row is None:
        return
    if row.state == ReminderState.WAITING.value:
        _finish(work, row, ReminderState.SENT)
    row.sent_at, row.last_error = now, remark
    _journal(work, row, "reminder.sent", now, attempts=row.attempts)


def mark_tried(work: Work, reminder_id: str, error: str, *, now: datetime) -> None:
    """It did not get through this time; it may be taken again after a while."""
    row = _locked(work, reminder_id)
    if row is not None and row.state == ReminderState.WAITING.value:
        row.last_error = error
        row.due_at = now + WAITS[min(row.attempts, len(WAITS)) - 1]


def mark_refused(work: Work, reminder_id: str, error: str, *, now: datetime) -> None:
    """It will never get through. What is to be told of it stays until `take_refused`; that it is told begins here."""
    row = _locked(work, reminder_id)
    if row is not None and row.state == ReminderState.WAITING.value:
        row.state, row.last_error = ReminderState.REFUSED.value, error
        _journal(work, row, "reminder.refused", now, attempts=row.attempts)
        work.enqueue(Job(TELL, f"{TELL}:{row.id}", (row.id,)))


def conversation_of(work: Work, reminder_id: str) -> str | None:
    """The conversation a reminder was set from; None where it was erased."""
    row = work.session.get(Row, reminder_id)
    return None if row is None else row.conversation_id


def take_refused(work: Work, reminder_id: str) -> Refused | None:
    """What is to be told of a refused reminder, once: after it nothing personal is kept. Raises DecryptionError."""
    row = _locked(work, reminder_id)
    if row is None or row.state != ReminderState.REFUSED.value:
        return None
    body = work.cipher.open(row.body, _context(row.id))
    if not body:
        return None
    _finish(work, row, ReminderState.REFUSED)
    return Refused(row.number, body["about"], body["email"], row.last_error or "")


def stop(work: Work, conversation_id: str, *, by: str, now: datetime) -> int:
    """Stop all that were set from a conversation and have not left; how many. `by` is `word` or `link`."""
    rows = work.session.scalars(_waiting(conversation_id).with_for_update()).all()
    for row in rows:
        _finish(work, row, ReminderState.STOPPED)
        _journal(work, row, "reminder.stopped", now, by=by)
    return len(rows)


def linked(work: Work, token: str) -> Link | None:
    """What the link with this token leads to; None where we never gave it out, or what it led to is erased."""
    query = select(Row).where(Row.token_hash == hash_token(token))
    row = work.session.scalars(query).one_or_none()
    if row is None:
        return None
    left = len(work.session.scalars(_waiting(row.conversation_id)).all())
    return Link(row.conversation_id, _language(row), left)


def to_come(work: Work, conversation_id: str) -> list[Coming]:
    """The reminders set from a conversation that have not left, the next one first. Raises DecryptionError."""
    rows = work.session.scalars(_waiting(conversation_id))
    found = [_coming(row, work.cipher.open(row.body, _context(row.id))) for row in rows]
    return sorted(found, key=lambda coming: coming.due_at)


def _add(
    work: Work, new: NewReminders, recordation: Recordation, planned: Planned, now: datetime
) -> None:
    row_id, token = new_id(), new_token()
    body = {
        "about": recordation.about,
        "valid_until": recordation.valid_until.isoformat(),
        "right_until": recordation.right_until and recordation.right_until.isoformat(),
        "email": new.answers["email"],
        "token": token,
        "consent_version": new.consent_version,
        "consent_at": new.consent_at.isoformat(),
    }
    row = Row(
        id=row_id,
        conversation_id=new.conversation_id,
        reference=new.reference,
        number=recordation.number,
        which=planned.which.value,
        language=new.language,
        state=ReminderState.WAITING.value,
        due_at=plan.morning(planned.on),
        attempts=0,
        token_hash=hash_token(token),
        body=work.cipher.seal(body, _context(row_id)),
        created_at=now,
    )
    work.session.add(row)
    _journal(work, row, "reminder.set", now, consent=new.consent_version)


def _replace(work: Work, new: NewReminders, recordation: Recordation, now: datetime) -> None:
    """A recordation that is named again is set anew: its earlier days were wrong."""
    name = recordation.about.strip().casefold()
    for row in work.session.scalars(_waiting(new.conversation_id).with_for_update()):
        body = work.cipher.open(row.body, _context(row.id))
        is_same = name and body["about"].strip().casefold() == name
        if is_same and row.reference != new.reference:
            _finish(work, row, ReminderState.STOPPED)
            _journal(work, row, "reminder.replaced", now)


def _opened(work: Work, row: Row, now: datetime) -> Reminder | None:
    """A row with its body; one that cannot be opened is put off, so that it does not stand in others' way."""
    try:
        body = work.cipher.open(row.body, _context(row.id))
    except DecryptionError:
        log.exception("a reminder cannot be opened", reminder_id=row.id)
        row.due_at, row.last_error = now + WAITS[-1], "cannot be opened"
        work.session.flush()
        return None
    begun = row.begun_at
    return Reminder(
        id=row.id,
        reference=row.reference,
        which=Which(row.which),
        recordation=_recordation(row, body),
        language=_language(row),
        email=body["email"],
        token=body["token"],
        begun_at=begun if begun is not None and now - begun < SAME_MAIL else now,
    )


def _coming(row: Row, body: dict[str, Any]) -> Coming:
    return Coming(Which(row.which), _recordation(row, body), body["email"], row.due_at)


def _recordation(row: Row, body: dict[str, Any]) -> Recordation:
    right = body["right_until"]
    return Recordation(
        number=row.number,
        about=body["about"],
        valid_until=date.fromisoformat(body["valid_until"]),
        right_until=date.fromisoformat(right) if right else None,
    )


def _finish(work: Work, row: Row, state: ReminderState) -> None:
    """Nothing more is to be done, so nothing personal is kept; the link goes on to work."""
    row.state = state.value
    row.body = work.cipher.seal({}, _context(row.id))


def _next(now: datetime) -> Select[Row]:
    due = Row.state == ReminderState.WAITING.value, Row.due_at <= now
    query = select(Row).where(*due).order_by(Row.due_at, Row.id).limit(1)
    return _anew(query.with_for_update(skip_locked=True))


def _waiting(conversation_id: str) -> Select[Row]:
    mine = Row.conversation_id == conversation_id, Row.state == ReminderState.WAITING.value
    return _anew(select(Row).where(*mine).order_by(Row.id))


def _locked(work: Work, reminder_id: str) -> Row | None:
    query = select(Row).where(Row.id == reminder_id).with_for_update()
    return work.session.scalars(_anew(query)).one_or_none()


def _anew(query: Select[Row]) -> Select[Row]:
    """Read from the database even where the session has seen the row before."""
    return query.execution_options(populate_existing=True)


def _journal(work: Work, row: Row, what: str, now: datetime, **more: Any) -> None:
    data = {"reference": row.reference, "number": row.number, "which": row.which} | more
    events.record(
        work, what, actor="system", now=now, conversation_id=row.conversation_id, data=data
    )


def _language(row: Row) -> Language:
    return "zh" if row.language == "zh" else "en"


def _context(reminder_id: str) -> str:
    return f"reminders.body:{reminder_id}"
