"""What the database complains of, in words that hold no values.

SQLAlchemy is told to hide parameters, but PostgreSQL's own details quote whole rows.
"""

from __future__ import annotations

import psycopg
from sqlalchemy.exc import SQLAlchemyError, StatementError

CLASHES = frozenset({"40001", "40P01"})
"""PostgreSQL: serialization failure, deadlock. Both ask for the transaction to be run again."""


def is_clash(error: SQLAlchemyError) -> bool:
    """Whether two transactions got in each other's way and this one may simply be run again."""
    return isinstance(error, StatementError) and getattr(error.orig, "sqlstate", None) in CLASHES


def told(error: SQLAlchemyError) -> str:
    """The complaint and the statement it is about. Do not chain the error itself."""
    if not isinstance(error, StatementError):
        return str(error)
    return f"{_complaint(error.orig)} [{error.statement}]"


def _complaint(orig: BaseException | None) -> str:
    if isinstance(orig, psycopg.Error) and orig.diag.message_primary:
        return f"{type(orig).__name__}: {orig.diag.message_primary}"
    return f"{type(orig).__name__}: {orig}"
