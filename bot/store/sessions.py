"""Who is signed in, and where."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from bot.store import staff
from bot.store.staff import Staff
from bot.store.tables import StaffRow, StaffSessionRow
from bot.store.tokens import hash_token, new_token
from bot.store.work import Work

Row = StaffSessionRow


def begin(work: Work, staff_id: str, *, now: datetime, lasts: timedelta) -> str:
    """Sign somebody in: the token for their cookie, which is not kept here."""
    token = new_token()
    work.session.add(
        Row(
            token_hash=hash_token(token),
            staff_id=staff_id,
            created_at=now,
            expires_at=now + lasts,
            last_seen_at=now,
        )
    )
    return token


def whose(work: Work, token: str, *, now: datetime) -> Staff | None:
    """Who holds this token, unless it has run out or they may not sign in any more."""
    query = (
        select(Row.staff_id)
        .join(StaffRow, StaffRow.id == Row.staff_id)
        .where(Row.token_hash == hash_token(token), Row.expires_at > now)
        .where(StaffRow.disabled_at.is_(None))
    )
    staff_id = work.session.scalars(query).one_or_none()
    return None if staff_id is None else staff.get(work, staff_id)


def seen(work: Work, token: str, *, now: datetime, lasts: timedelta | None = None) -> None:
    """They did something; with `lasts` the session runs that long from now."""
    values = {"last_seen_at": now} | ({"expires_at": now + lasts} if lasts else {})
    change = update(Row).where(Row.token_hash == hash_token(token), Row.expires_at > now)
    work.session.execute(change.values(**values))


def end(work: Work, token: str) -> None:
    """Sign this browser out."""
    work.session.execute(delete(Row).where(Row.token_hash == hash_token(token)))


def end_all(work: Work, staff_id: str) -> None:
    """Sign somebody out everywhere."""
    work.session.execute(delete(Row).where(Row.staff_id == staff_id))


def sweep(work: Work, *, now: datetime) -> None:
    """Take away what has run out."""
    work.session.execute(delete(Row).where(Row.expires_at <= now))
