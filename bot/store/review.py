"""Lines kept for review: what was not understood or answered wrongly, apart from who wrote it.

One row a line: of lines that are the same to the matcher the first is kept, and the others are counted.
Limit: once a key is taken away, a line sealed with it and the same line typed later are two rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from bot.errors import ReviewLineNotFoundError
from bot.store.tables import ReviewLineRow
from bot.store.upserts import insert_unless_there
from bot.store.work import Work

Row = ReviewLineRow


@dataclass(frozen=True)
class Mark:
    """One message and what came of it. Whoever makes one has masked the text."""

    text: str
    likeness: str
    """What all messages of this line have in common; the same text in another language is another line."""
    language: str
    why: str
    """Why it is kept; the floors above say what reasons there are."""
    was: str | None = None
    """Why this same message was kept a moment ago: it then counts for its later reason alone."""
    said: tuple[str, ...] = ()
    """The intents that were answered, or offered."""
    chosen: str | None = None
    """The intent that was wanted instead."""


@dataclass(frozen=True)
class ReviewLine:
    """A line as it is kept."""

    number: int
    text: str
    language: str
    why: Counter[str]
    """Each reason with the messages it holds for."""
    said: Counter[str]
    chosen: Counter[str]
    kept_on: date
    """The last day on which it was kept."""

    @property
    def times(self) -> int:
        """How many messages it stands for."""
        return self.why.total()


def keep(work: Work, mark: Mark, *, on: date) -> None:
    """Count a message to its line; begin the line if it is the first."""
    row = _locked(work, mark, on)
    kept = _read(work, row) if row.body else _begun(row, mark)
    body = {
        "text": kept.text,
        "why": kept.why + Counter([mark.why]) - Counter([mark.was] if mark.was else []),
        "said": kept.said + Counter(mark.said),
        "chosen": kept.chosen + Counter([mark.chosen] if mark.chosen else []),
    }
    row.body = work.cipher.seal(body, _context(row.id))
    row.kept_on = max(on, row.kept_on)


def lines(work: Work) -> list[ReviewLine]:
    """All of them, the most frequent first, of these the latest."""
    found = [_read(work, row) for row in work.session.scalars(select(Row))]
    return sorted(found, key=lambda line: (-line.times, -line.kept_on.toordinal(), line.number))


def get(work: Work, number: int) -> ReviewLine:
    """One by its number. Raises ReviewLineNotFoundError."""
    row = work.session.get(Row, number)
    if row is None:
        raise ReviewLineNotFoundError(f"there is no line {number} to review")
    return _read(work, row)


def drop(work: Work, number: int) -> bool:
    """Take one away for good; whether there was one."""
    gone = delete(Row).where(Row.id == number).returning(Row.id)
    return work.session.execute(gone).first() is not None


def forget(work: Work, *, before: date) -> int:
    """Take away the lines that were last kept before that day; how many."""
    gone = delete(Row).where(Row.kept_on < before).returning(Row.id)
    return len(work.session.execute(gone).all())


def _locked(work: Work, mark: Mark, on: date) -> Row:
    """The row of this line, ours until the commit; without a body where it has just been begun."""
    prints = work.cipher.fingerprints(f"{mark.language}\0{mark.likeness}", Row.__tablename__)
    found = select(Row).where(Row.fingerprint.in_(prints))
    found = found.order_by(Row.fingerprint != prints[0], Row.id).limit(1)
    found = found.with_for_update().execution_options(populate_existing=True)
    row = work.session.scalars(found).first()
    if row is None:
        begun = {"fingerprint": prints[0], "language": mark.language, "kept_on": on, "body": b""}
        work.session.execute(insert_unless_there(work, Row, "fingerprint").values(**begun))
        row = work.session.scalars(found).one()
    row.fingerprint = prints[0]
    return row


def _begun(row: Row, mark: Mark) -> ReviewLine:
    return ReviewLine(row.id, mark.text, row.language, Counter(), Counter(), Counter(), row.kept_on)


def _read(work: Work, row: Row) -> ReviewLine:
    body: dict[str, Any] = work.cipher.open(row.body, _context(row.id))
    counts = {name: Counter(body[name]) for name in ("why", "said", "chosen")}
    return ReviewLine(row.id, body["text"], row.language, kept_on=row.kept_on, **counts)


def _context(number: int) -> str:
    return f"review_lines.body:{number}"
