"""Who is signed in, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from bot.store import staff
from bot.store.staff import Staff
from bot.store.tables import StaffRow, StaffSessionRow
from bot.store.tokens import hash_token, new_token
from bot.store.work import Work

Row = StaffSessionRow


@dataclass(frozen=True)
class Session:
    """A browser that is signed in, as its holder sees it."""

    id: str
    """By which it can be ended; it signs nobody in."""
    browser: str | None
    begun_at: datetime
    last_seen_at: datetime


def begin(
    work: Work, staff_id: str, *, now: datetime, lasts: timedelta, browser: str | None = None
) -> str:
    """Sign somebody in: the token for their cookie, which is not kept here."""
    token = new_token()
    work.session.add(
        Row(
            token_hash=hash_token(token),
            staff_id=staff_id,
            created_at=now,
            expires_at=now + lasts,
            last_seen_at=now,
            browser=browser,
        )
    )
    staff.seen(work, staff_id, now=now)
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
    holder = work.session.scalars(change.values(**values).returning(Row.staff_id)).first()
    if holder is not None:
        staff.seen(work, holder, now=now)


def of(work: Work, staff_id: str, *, now: datetime) -> list[Session]:
    """Where somebody is signed in, the latest seen first."""
    query = select(Row).where(Row.staff_id == staff_id, Row.expires_at > now)
    rows = work.session.scalars(query.order_by(Row.last_seen_at.desc(), Row.token_hash))
    return [
        Session(_id(row.token_hash), row.browser, row.created_at, row.last_seen_at) for row in rows
    ]


def count(work: Work, *, now: datetime) -> Counter[str]:
    """In how many browsers each is signed in, by their ids."""
    query = select(Row.staff_id, func.count().label("times")).where(Row.expires_at > now)
    return Counter(
        {row.staff_id: row.times for row in work.session.execute(query.group_by(Row.staff_id))}
    )


def id_of(token: str) -> str:
    """The id of the session with this token."""
    return _id(hash_token(token))


def end_one(work: Work, staff_id: str, session_id: str) -> bool:
    """Sign one of somebody's own browsers out; whether there was such a one."""
    for token_hash in work.session.scalars(select(Row.token_hash).where(Row.staff_id == staff_id)):
        if _id(token_hash) == session_id:
            work.session.execute(delete(Row).where(Row.token_hash == token_hash))
            return True
    return False


def end_others(work: Work, staff_id: str, token: str) -> int:
    """Sign somebody out everywhere but here; how many sessions that ended."""
    gone = delete(Row).where(Row.staff_id == staff_id, Row.token_hash != hash_token(token))
    return len(work.session.execute(gone.returning(Row.token_hash)).all())


def present(work: Work, *, since: datetime, now: datetime, roles: Sequence[str]) -> list[str]:
    """Ids of active members of staff of these roles whose browser was heard of since, latest first."""
    seen_at = func.max(Row.last_seen_at)
    query = (
        select(Row.staff_id)
        .join(StaffRow, StaffRow.id == Row.staff_id)
        .where(StaffRow.disabled_at.is_(None), StaffRow.role.in_(roles))
        .where(Row.last_seen_at >= since, Row.expires_at > now)
        .group_by(Row.staff_id)
        .order_by(seen_at.desc(), Row.staff_id)
    )
    return list(work.session.scalars(query))


def end(work: Work, token: str) -> None:
    """Sign this browser out."""
    work.session.execute(delete(Row).where(Row.token_hash == hash_token(token)))


def end_all(work: Work, staff_id: str) -> None:
    """Sign somebody out everywhere."""
    work.session.execute(delete(Row).where(Row.staff_id == staff_id))


def sweep(work: Work, *, now: datetime) -> None:
    """Take away what has run out."""
    work.session.execute(delete(Row).where(Row.expires_at <= now))


def _id(token_hash: str) -> str:
    """A hash of the hash: what stands in a page need not be what the token is looked up by."""
    return hash_token(token_hash)[:24]
