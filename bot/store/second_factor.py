"""The second factor of an account: a sealed secret for codes, and codes for the day the telephone is lost.

A secret is kept from its first showing on, and asked for only once a code of it has confirmed that it works.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update

from bot.store.tables import RecoveryCodeRow, StaffRow
from bot.store.tokens import hash_token
from bot.store.work import Work

Row = StaffRow


def propose(work: Work, staff_id: str, secret: str) -> bool:
    """Keep a secret that waits for its confirmation; False where one is in use."""
    sealed = work.cipher.seal(secret, _context(staff_id))
    change = update(Row).where(Row.id == staff_id, Row.totp_since.is_(None))
    kept = change.values(totp=sealed, totp_step=None).returning(Row.id)
    return work.session.execute(kept).first() is not None


def secret(work: Work, staff_id: str) -> str | None:
    """The secret, confirmed or not, if there is one."""
    query = select(Row.totp).where(Row.id == staff_id)
    sealed = work.session.scalars(query).one_or_none()
    return None if sealed is None else str(work.cipher.open(sealed, _context(staff_id)))


def confirm(work: Work, staff_id: str, *, now: datetime) -> bool:
    """From now on a code is asked for; False where there is no secret or it is asked for already."""
    change = update(Row).where(Row.id == staff_id, Row.totp.is_not(None), Row.totp_since.is_(None))
    return work.session.execute(change.values(totp_since=now).returning(Row.id)).first() is not None


def take_step(work: Work, staff_id: str, step: int) -> bool:
    """Use the code of a half minute up, with all before it; of two at once one may, and none twice."""
    fresh = or_(Row.totp_step.is_(None), Row.totp_step < step)
    change = update(Row).where(Row.id == staff_id, fresh).values(totp_step=step)
    return work.session.execute(change.returning(Row.id)).first() is not None


def remove(work: Work, staff_id: str) -> None:
    """No code is asked for any more, and none that was given works."""
    work.session.execute(
        update(Row).where(Row.id == staff_id).values(totp=None, totp_since=None, totp_step=None)
    )
    work.session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.staff_id == staff_id))


def set_codes(work: Work, staff_id: str, codes: Iterable[str]) -> None:
    """New recovery codes in the place of all before them."""
    work.session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.staff_id == staff_id))
    work.session.add_all(
        RecoveryCodeRow(code_hash=_code_hash(staff_id, code), staff_id=staff_id) for code in codes
    )


def use_code(work: Work, staff_id: str, code: str, *, now: datetime) -> bool:
    """Use a recovery code up; False where it is none of theirs, or was used."""
    unused = RecoveryCodeRow.used_at.is_(None)
    fits = RecoveryCodeRow.code_hash == _code_hash(staff_id, code)
    change = update(RecoveryCodeRow).where(fits, unused).values(used_at=now)
    return work.session.execute(change.returning(RecoveryCodeRow.code_hash)).first() is not None


def codes_left(work: Work, staff_id: str) -> int:
    """How many recovery codes are unused."""
    query = select(func.count()).select_from(RecoveryCodeRow)
    mine = query.where(RecoveryCodeRow.staff_id == staff_id, RecoveryCodeRow.used_at.is_(None))
    return work.session.scalars(mine).one()


def _context(staff_id: str) -> str:
    return f"staff.totp:{staff_id}"


def _code_hash(staff_id: str, code: str) -> str:
    """Eighty random bits need no salt; the id keeps a code from passing for another's."""
    return hash_token(f"{staff_id} {code}")
