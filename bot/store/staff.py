"""The staff's accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, select, update

from bot.errors import LoginTakenError, StaffNotFoundError
from bot.store.ids import new_id
from bot.store.tables import StaffRow, StaffSessionRow
from bot.store.upserts import insert_unless_there
from bot.store.work import Work

Row = StaffRow


class Role(StrEnum):
    """What a member of staff may do."""

    ADMIN = "admin"
    """Everything, the accounts too."""
    AGENT = "agent"
    """Talks with prospects and follows up their inquiries."""
    REVIEWER = "reviewer"
    """Looks after what the bot knows and understands; sees no personal data."""
    READER = "reader"
    """Looks on; sees no personal data and changes nothing."""


@dataclass(frozen=True)
class Staff:
    """A member of staff; the password's hash stays here in the store."""

    id: str
    login: str
    """Lower case; nobody else has it."""
    name: str
    """As prospects read it."""
    role: Role
    created_at: datetime
    disabled_at: datetime | None

    @property
    def is_active(self) -> bool:
        """Whether they may sign in."""
        return self.disabled_at is None


@dataclass(frozen=True)
class Credentials:
    """What a sign-in is checked against."""

    staff: Staff
    password_hash: str


def create(
    work: Work, *, login: str, name: str, role: Role, password_hash: str, now: datetime
) -> Staff:
    """A new account. Raises LoginTakenError."""
    staff = Staff(new_id(), plain_login(login), name, role, now, None)
    values = vars(staff) | {"role": role.value, "password_hash": password_hash}
    insert = insert_unless_there(work, Row, "login").values(**values).returning(Row.id)
    if work.session.execute(insert).first() is None:
        raise LoginTakenError(f"a member of staff with the login of {staff.id} exists")
    return staff


def get(work: Work, staff_id: str) -> Staff:
    """An account by its id, disabled ones too. Raises StaffNotFoundError."""
    row = work.session.get(Row, staff_id, populate_existing=True)
    if row is None:
        raise StaffNotFoundError(f"no member of staff {staff_id}")
    return _read(row)


def credentials(work: Work, login: str) -> Credentials | None:
    """Whom a login belongs to and what their password is checked against; only who is active."""
    query = select(Row).where(Row.login == plain_login(login), Row.disabled_at.is_(None))
    row = work.session.scalars(query).one_or_none()
    return None if row is None else Credentials(_read(row), row.password_hash)


def everyone(work: Work) -> list[Staff]:
    """All accounts, disabled ones too, by name."""
    return [_read(row) for row in work.session.scalars(select(Row).order_by(Row.name, Row.login))]


def count_active(work: Work, role: Role | None = None) -> int:
    """How many may sign in, of one role or of all."""
    query = select(func.count()).select_from(Row).where(Row.disabled_at.is_(None))
    if role is not None:
        query = query.where(Row.role == role.value)
    return work.session.scalars(query).one()


def set_password(work: Work, staff_id: str, password_hash: str) -> None:
    """A new password; whoever is signed in by the old one is signed out. StaffNotFoundError."""
    _change(work, staff_id, password_hash=password_hash)
    _sign_out(work, staff_id)


def set_profile(work: Work, staff_id: str, *, name: str, role: Role) -> None:
    """A new name or role. Raises StaffNotFoundError."""
    _change(work, staff_id, name=name, role=role.value)


def disable(work: Work, staff_id: str, *, now: datetime) -> None:
    """No more sign-ins, and out at once; what they wrote keeps their name. StaffNotFoundError."""
    _change(work, staff_id, disabled_at=now)
    _sign_out(work, staff_id)


def enable(work: Work, staff_id: str) -> None:
    """They may sign in again. Raises StaffNotFoundError."""
    _change(work, staff_id, disabled_at=None)


def plain_login(text: str) -> str:
    """A login as it is kept and compared."""
    return text.strip().lower()


def _change(work: Work, staff_id: str, **values: str | datetime | None) -> None:
    change = update(Row).where(Row.id == staff_id).values(**values).returning(Row.id)
    if work.session.execute(change).first() is None:
        raise StaffNotFoundError(f"no member of staff {staff_id}")


def _sign_out(work: Work, staff_id: str) -> None:
    work.session.execute(delete(StaffSessionRow).where(StaffSessionRow.staff_id == staff_id))


def _read(row: Row) -> Staff:
    return Staff(row.id, row.login, row.name, Role(row.role), row.created_at, row.disabled_at)
