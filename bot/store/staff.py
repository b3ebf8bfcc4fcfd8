"""The staff's accounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, select, update

from bot.errors import LoginTakenError, StaffNotFoundError
from bot.settings import Role
from bot.store.ids import new_id
from bot.store.tables import StaffRow, StaffSessionRow
from bot.store.upserts import insert_unless_there
from bot.store.work import Work

__all__ = ["Role"]

Row = StaffRow


@dataclass(frozen=True)
class Staff:
    """A member of staff; the password's hash stays here in the store."""

    id: str
    login: str
    """Lower case; nobody else has it."""
    name: str
    """As colleagues read it, and prospects where `shows_name`."""
    role: Role
    created_at: datetime
    disabled_at: datetime | None
    shows_name: bool = False
    """Whether they agreed that prospects read their name."""
    two_factor: bool = False
    """Whether a code is asked for at sign-in, besides the password."""
    last_seen_at: datetime | None = field(default=None, compare=False)

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
    work: Work,
    *,
    login: str,
    name: str,
    role: Role,
    password_hash: str,
    now: datetime,
    shows_name: bool = False,
) -> Staff:
    """A new account. Raises LoginTakenError."""
    staff = Staff(new_id(), plain_login(login), name, role, now, None, shows_name)
    values = vars(staff) | {"role": role.value, "password_hash": password_hash}
    del values["two_factor"]
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


def by_login(work: Work, login: str) -> Staff:
    """An account by its login, disabled ones too. Raises StaffNotFoundError."""
    row = work.session.scalars(select(Row).where(Row.login == plain_login(login))).one_or_none()
    if row is None:
        raise StaffNotFoundError("no member of staff has this login")
    return _read(row)


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


def set_role(work: Work, staff_id: str, role: Role) -> None:
    """Another role, from their next page on. Raises StaffNotFoundError."""
    _change(work, staff_id, role=role.value)


def set_name(work: Work, staff_id: str, name: str, *, shown: bool) -> None:
    """What they are called, and whether prospects read it. Raises StaffNotFoundError."""
    _change(work, staff_id, name=name, shows_name=shown)


def lock_admins(work: Work) -> list[str]:
    """The ids of the administrators who may sign in; until the commit nobody else takes one of them away."""
    query = select(Row.id).where(Row.role == Role.ADMIN.value, Row.disabled_at.is_(None))
    return list(work.session.scalars(query.order_by(Row.id).with_for_update()))


def seen(work: Work, staff_id: str, *, now: datetime) -> None:
    """They did something."""
    change = update(Row).where(Row.id == staff_id).values(last_seen_at=now)
    work.session.execute(change.execution_options(synchronize_session=False))


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


def _change(work: Work, staff_id: str, **values: str | bool | datetime | None) -> None:
    change = update(Row).where(Row.id == staff_id).values(**values).returning(Row.id)
    if work.session.execute(change).first() is None:
        raise StaffNotFoundError(f"no member of staff {staff_id}")


def _sign_out(work: Work, staff_id: str) -> None:
    work.session.execute(delete(StaffSessionRow).where(StaffSessionRow.staff_id == staff_id))


def _read(row: Row) -> Staff:
    return Staff(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        shows_name=row.shows_name,
        two_factor=row.totp_since is not None,
        last_seen_at=row.last_seen_at,
    )
