"""Who is one person: channel accounts linked by the staff, and those that are blocked.

Linking adds a row of membership and changes nothing else: conversations stay where they are, and unlinking takes the
row away again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select, update

from bot.store.conversations import ConversationKey
from bot.store.ids import new_id
from bot.store.tables import BlockedIdentityRow, ContactMemberRow, ContactRow
from bot.store.work import Work

Member = ContactMemberRow
Block = BlockedIdentityRow


class Identity(NamedTuple):
    """A person's account on a channel."""

    channel: str
    account: str
    """Which of our accounts it wrote to."""
    person: str

    @classmethod
    def of(cls, key: ConversationKey) -> Identity:
        """Who talks under this key."""
        return cls(key.channel, key.account, key.person)


@dataclass(frozen=True)
class Blocked:
    """That an identity is blocked."""

    at: datetime
    by: str | None
    told_at: datetime | None
    """When it was told so: once."""


def linked(work: Work, identity: Identity) -> list[Identity]:
    """Everyone this identity is linked with, itself first."""
    contact = _contact(work, identity)
    if contact is None:
        return [identity]
    rows = select(Member).where(Member.contact_id == contact).order_by(Member.linked_at)
    found = [_identity(row) for row in work.session.scalars(rows)]
    return [identity, *(each for each in found if each != identity)]


def link(work: Work, one: Identity, other: Identity, *, by: str, now: datetime) -> str:
    """Say that both are one person; the id of the contact. All that are linked with the other come along."""
    theirs = linked(work, other)
    contact = _contact(work, one)
    if contact is None:
        contact = new_id()
        work.session.add(ContactRow(id=contact, created_at=now))
        work.session.flush()
        _join(work, contact, one, by, now)
    for each in theirs:
        if _contact(work, each) != contact:
            _leave(work, each)
            _join(work, contact, each, by, now)
    return contact


def unlink(work: Work, identity: Identity) -> bool:
    """Say that this one is somebody else after all; whether it was linked. Whoever is left alone is no contact."""
    contact = _contact(work, identity)
    if contact is None:
        return False
    _leave(work, identity)
    return True


def blocked(work: Work, identity: Identity) -> Blocked | None:
    """Whether it is blocked."""
    row = work.session.get(Block, identity, populate_existing=True)
    return None if row is None else Blocked(row.blocked_at, row.blocked_by, row.told_at)


def block(work: Work, identity: Identity, *, by: str, now: datetime) -> bool:
    """Take no more messages from it; whether that is new."""
    if blocked(work, identity) is not None:
        return False
    work.session.add(Block(**identity._asdict(), blocked_at=now, blocked_by=by))
    work.session.flush()
    return True


def unblock(work: Work, identity: Identity) -> bool:
    """Take messages from it again; whether it was blocked."""
    gone = delete(Block).filter_by(**identity._asdict()).returning(Block.person)
    return work.session.execute(gone).first() is not None


def mark_told(work: Work, identity: Identity, *, now: datetime) -> None:
    """It knows that it is blocked."""
    work.session.execute(update(Block).filter_by(**identity._asdict()).values(told_at=now))


def forget(work: Work, identity: Identity) -> None:
    """Take away that it was linked or blocked."""
    unlink(work, identity)
    unblock(work, identity)


def _contact(work: Work, identity: Identity) -> str | None:
    return work.session.scalars(
        select(Member.contact_id).filter_by(**identity._asdict())
    ).one_or_none()


def _join(work: Work, contact: str, identity: Identity, by: str, now: datetime) -> None:
    work.session.add(Member(**identity._asdict(), contact_id=contact, linked_at=now, linked_by=by))
    work.session.flush()


def _leave(work: Work, identity: Identity) -> None:
    """Out of its contact, which goes when fewer than two are left."""
    contact = _contact(work, identity)
    work.session.execute(delete(Member).filter_by(**identity._asdict()))
    left = select(func.count()).select_from(Member).where(Member.contact_id == contact)
    if work.session.scalars(left).one() < 2:
        work.session.execute(delete(Member).where(Member.contact_id == contact))
        work.session.execute(delete(ContactRow).where(ContactRow.id == contact))


def _identity(row: Member) -> Identity:
    return Identity(row.channel, row.account, row.person)
