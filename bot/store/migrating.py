"""Brings the tables to this version's shape. Several processes may start at once: one does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import MigrationError
from bot.store.engines import migration_engine
from bot.store.faults import told
from bot.store.tables import DURABLE_TABLES

SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 4241
"""Our number among PostgreSQL's advisory locks; 4242 is the slots'."""


def upgrade(address: str) -> None:
    """Run what is missing, in one transaction. It blocks. Raises MigrationError."""
    engine = migration_engine(address)
    try:
        with engine.begin() as connection:
            _lock(connection)
            command.upgrade(config(connection), "head")
    except SQLAlchemyError as error:
        raise MigrationError(
            f"the database could not be brought up to date: {told(error)}"
        ) from None
    except CommandError as error:
        raise MigrationError(f"the database was made by another version: {error}") from error
    finally:
        engine.dispose()


def config(connection: Connection) -> Config:
    """Alembic's configuration, without a file."""
    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def options() -> dict[str, Any]:
    """How Alembic looks at both databases; the comparing test uses the same."""
    return {
        "render_as_batch": True,
        "compare_type": True,
        "transactional_ddl": True,
        "include_object": include_object,
    }


def include_object(_obj: Any, name: str | None, kind: str, *_more: Any) -> bool:
    """Leave the durable engine's tables alone."""
    return not (kind == "table" and name in DURABLE_TABLES)


def _lock(connection: Connection) -> None:
    """Until the commit no other process migrates; on SQLite BEGIN IMMEDIATE has seen to it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
