"""Links by which a password is set, once: for the first account, a new one, a forgotten one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, select, update

from bot.errors import SetupLinkSpentError
from bot.store.staff import plain_login
from bot.store.tables import SetupLinkRow
from bot.store.tokens import hash_token, new_token
from bot.store.work import Work

Row = SetupLinkRow


def make(work: Work, *, now: datetime, lasts: timedelta, login: str | None = None) -> str:
    """The token of a new link; without a login it is for the first account."""
    token = new_token()
    work.session.add(
        Row(
            token_hash=hash_token(token),
            staff_login=None if login is None else plain_login(login),
            created_at=now,
            expires_at=now + lasts,
        )
    )
    return token


def is_open(work: Work, token: str, *, now: datetime) -> bool:
    """Whether the link may still be used."""
    query = select(Row.token_hash).where(_open(token, now))
    return work.session.scalars(query).first() is not None


def spend(work: Work, token: str, *, now: datetime) -> str | None:
    """Use the link up: the login it is for. Of two at once one gets it; SetupLinkSpentError."""
    used = update(Row).where(_open(token, now)).values(used_at=now).returning(Row.staff_login)
    row = work.session.execute(used).first()
    if row is None:
        raise SetupLinkSpentError("a set-up link was used that is not open")
    login: str | None = row.staff_login
    return login


def sweep(work: Work, *, now: datetime) -> None:
    """Take away what has run out."""
    work.session.execute(delete(Row).where(Row.expires_at <= now))


def _open(token: str, now: datetime) -> ColumnElement[bool]:
    unused = and_(Row.used_at.is_(None), Row.expires_at > now)
    return and_(Row.token_hash == hash_token(token), unused)
