"""Sign-ins that failed, counted, so that guessing can be slowed down on every replica alike."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

from bot.store.staff import plain_login
from bot.store.tables import SignInAttemptRow
from bot.store.tokens import hash_token
from bot.store.work import Work

Row = SignInAttemptRow


def record(work: Work, login: str, *, now: datetime) -> None:
    """One more that failed for this login, which need not exist."""
    work.session.add(Row(login_hash=hash_token(plain_login(login)), at=now))


def count(work: Work, login: str, *, since: datetime) -> int:
    """How many have failed for this login."""
    query = select(func.count()).select_from(Row).where(Row.at >= since)
    query = query.where(Row.login_hash == hash_token(plain_login(login)))
    return work.session.scalars(query).one()


def count_all(work: Work, *, since: datetime) -> int:
    """How many have failed for all logins together."""
    return work.session.scalars(select(func.count()).select_from(Row).where(Row.at >= since)).one()


def forget(work: Work, login: str) -> None:
    """They signed in, so the count begins anew."""
    work.session.execute(delete(Row).where(Row.login_hash == hash_token(plain_login(login))))


def sweep(work: Work, *, before: datetime) -> None:
    """Take away what no longer counts."""
    work.session.execute(delete(Row).where(Row.at < before))
