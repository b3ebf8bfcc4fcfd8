"""Links by which a password is set, once: for the first account, a new one, a forgotten one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, select, update

from bot.errors import SetupLinkSpentError
from bot.store.staff import Role, plain_login
from bot.store.tables import SetupLinkRow
from bot.store.tokens import hash_token, new_token
from bot.store.work import Work

Row = SetupLinkRow


@dataclass(frozen=True)
class OpenLink:
    """A link that has not been used, without what opens it."""

    id: str
    """By which it can be withdrawn."""
    login: str | None
    role: Role | None
    expires_at: datetime


def make(
    work: Work,
    *,
    now: datetime,
    lasts: timedelta,
    login: str | None = None,
    role: Role | None = None,
) -> str:
    """The token of a new link; without a login its holder chooses one."""
    token = new_token()
    work.session.add(
        Row(
            token_hash=hash_token(token),
            staff_login=None if login is None else plain_login(login),
            role=None if role is None else role.value,
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


def open_ones(work: Work, *, now: datetime) -> list[OpenLink]:
    """The links that may still be used, the first to run out first."""
    query = select(Row).where(Row.used_at.is_(None), Row.expires_at > now).order_by(Row.expires_at)
    return [
        OpenLink(
            id=_id(row.token_hash),
            login=row.staff_login,
            role=Role(row.role) if row.role else None,
            expires_at=row.expires_at,
        )
        for row in work.session.scalars(query)
    ]


def id_of(token: str) -> str:
    """The id of the link with this token."""
    return _id(hash_token(token))


def withdraw(work: Work, link_id: str) -> bool:
    """Take a link back; whether there was such a one."""
    for token_hash in work.session.scalars(select(Row.token_hash)):
        if _id(token_hash) == link_id:
            work.session.execute(delete(Row).where(Row.token_hash == token_hash))
            return True
    return False


def withdraw_all(work: Work, login: str) -> None:
    """No link for this login works any more."""
    work.session.execute(delete(Row).where(Row.staff_login == plain_login(login)))


def sweep(work: Work, *, now: datetime) -> None:
    """Take away what has run out."""
    work.session.execute(delete(Row).where(Row.expires_at <= now))


def _open(token: str, now: datetime) -> ColumnElement[bool]:
    unused = and_(Row.used_at.is_(None), Row.expires_at > now)
    return and_(Row.token_hash == hash_token(token), unused)


def _id(token_hash: str) -> str:
    return hash_token(token_hash)[:24]
