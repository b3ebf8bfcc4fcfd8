"""Connections to the two databases, with the manners each of them needs.

SQLite: WAL, and every writing transaction begins with BEGIN IMMEDIATE. Without that SQLAlchemy on
aiosqlite loses updates silently: 300 concurrent read-add-write transactions ended at 23 (measured).
Statements' parameters are kept out of error texts, because they hold what people wrote.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

BUSY_MS = 30_000
"""How long SQLite waits for another writer."""
POOL_WAIT = 60.0
"""Seconds a unit of work waits for a connection when there are more units than connections."""
POSTGRES_CONNECTIONS = 10
READERS = 4

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA secure_delete=ON",
)
"""The last overwrites what is erased: not every build of SQLite does so unasked."""

NEEDS_SHIM = sqlite3.sqlite_version_info < (3, 42)
"""DBOS says unixepoch('subsec'), which older versions answer with NULL."""


def is_sqlite(address: str) -> bool:
    """Whether the address is of a SQLite file."""
    return address.startswith("sqlite")


def sync_url(address: str) -> URL:
    """The address for a driver that blocks."""
    return make_url(address).set(drivername="sqlite" if is_sqlite(address) else _PSYCOPG)


def async_url(address: str) -> URL:
    """The address for a driver that does not block."""
    return make_url(address).set(drivername="sqlite+aiosqlite" if is_sqlite(address) else _PSYCOPG)


_PSYCOPG = "postgresql+psycopg"


def writer_engine(address: str) -> AsyncEngine:
    """For units of work. SQLite gets one connection: its writers are serial anyway."""
    if not is_sqlite(address):
        return _postgres(address)
    engine = _sqlite(address, connections=1)
    _prepare(engine.sync_engine, foreign_keys=True)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def reader_engine(address: str) -> AsyncEngine:
    """For reading beside the writer: SQLite's readers never wait for it. Writing is refused."""
    engine = _sqlite(address, connections=READERS)
    _prepare(engine.sync_engine, foreign_keys=True, extra=("PRAGMA query_only=ON",))
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def migration_engine(address: str) -> Engine:
    """For changing tables: no pool, and on SQLite no foreign keys, since tables are remade."""
    engine = create_engine(sync_url(address), poolclass=NullPool, hide_parameters=True)
    if is_sqlite(address):
        _prepare(engine, foreign_keys=False)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def durable_engine(address: str) -> Engine:
    """For the durable engine, which blocks in threads of its own."""
    if not is_sqlite(address):
        return create_engine(
            sync_url(address),
            pool_size=POSTGRES_CONNECTIONS,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
        )
    engine = create_engine(
        sync_url(address), connect_args={"check_same_thread": False}, hide_parameters=True
    )
    _prepare(engine, foreign_keys=True, isolation="IMMEDIATE")
    return engine


def _sqlite(address: str, connections: int) -> AsyncEngine:
    return create_async_engine(
        async_url(address),
        pool_size=connections,
        max_overflow=0,
        pool_timeout=POOL_WAIT,
        hide_parameters=True,
    )


def _postgres(address: str) -> AsyncEngine:
    return create_async_engine(
        async_url(address),
        pool_size=POSTGRES_CONNECTIONS,
        max_overflow=0,
        pool_timeout=POOL_WAIT,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def _prepare(
    engine: Engine, *, foreign_keys: bool, isolation: str | None = None, extra: tuple[str, ...] = ()
) -> None:
    keys = f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}"

    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # Else the driver begins transactions on its own.
        cursor = connection.cursor()
        for pragma in (*PRAGMAS, keys, *extra):
            cursor.execute(pragma)
        cursor.close()
        _add_shim(connection)
        connection.isolation_level = isolation

    event.listen(engine, "connect", connected)


def _add_shim(connection: Any) -> None:
    if NEEDS_SHIM:
        connection.create_function("unixepoch", -1, lambda *_: time.time())


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
