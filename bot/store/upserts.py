"""An INSERT that a taken unique key stops quietly, said the same to both databases."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import Base
from bot.store.work import Work


def insert_unless_there(
    work: Work, table: type[Base], *columns: str
) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that does nothing where these columns' values are taken; others' clashes raise."""
    if work.dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing(index_elements=columns)
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=columns)
