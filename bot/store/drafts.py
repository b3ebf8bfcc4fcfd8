"""Drafts of reviewers: what is to be changed in the data, kept until somebody has taken it as a patch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from bot.store.tables import ReviewDraftRow
from bot.store.upserts import insert_unless_there
from bot.store.work import Work

Row = ReviewDraftRow


@dataclass(frozen=True)
class NewDraft:
    """What is to be kept; what sorts there are the floors above say."""

    kind: str
    says: dict[str, str]
    """Words and names, as the sort wants them; what prospects typed may be among them."""

    @property
    def mark(self) -> str:
        """What two drafts that say the same have in common."""
        return "\0".join([self.kind, *(f"{name}={self.says[name]}" for name in sorted(self.says))])


@dataclass(frozen=True)
class Draft:
    """A draft as it is kept."""

    id: int
    kind: str
    says: dict[str, str]
    staff_id: str
    made_on: date


def keep(work: Work, new: NewDraft, *, staff_id: str, on: date) -> bool:
    """Keep a draft; False where one that says the same is kept already."""
    prints = work.cipher.fingerprints(new.mark, Row.__tablename__)
    if work.session.scalars(select(Row.id).where(Row.fingerprint.in_(prints))).first():
        return False
    values = {"kind": new.kind, "fingerprint": prints[0], "staff_id": staff_id, "made_on": on}
    insert = insert_unless_there(work, Row, "fingerprint").values(**values, body=b"")
    number = work.session.execute(insert.returning(Row.id)).scalar_one_or_none()
    if number is None:
        return False
    work.session.get_one(Row, number).body = work.cipher.seal(new.says, _context(number))
    return True


def everything(work: Work) -> list[Draft]:
    """All of them, oldest first."""
    rows = work.session.scalars(select(Row).order_by(Row.id))
    return [
        Draft(
            row.id,
            row.kind,
            work.cipher.open(row.body, _context(row.id)),
            row.staff_id,
            row.made_on,
        )
        for row in rows
    ]


def drop(work: Work, *numbers: int) -> int:
    """Take some away for good; how many there were."""
    gone = delete(Row).where(Row.id.in_(numbers)).returning(Row.id)
    return len(work.session.execute(gone).all())


def forget(work: Work, *, before: date) -> int:
    """Take away those made before that day; how many."""
    gone = delete(Row).where(Row.made_on < before).returning(Row.id)
    return len(work.session.execute(gone).all())


def _context(number: int) -> str:
    return f"review_drafts.body:{number}"
