"""Which number a process has among its replicas: stable, and free again the moment it dies.

Work that was under way belongs to a slot. A process that starts in a slot takes up its work; where
a slot stays empty, whoever lives takes the work over. On PostgreSQL a slot is an advisory lock on a
connection that is kept; on SQLite there is one slot, held by a lock on a file beside the database.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
import structlog
from sqlalchemy import make_url

from bot.errors import SlotTakenError
from bot.settings import MAX_SLOTS
from bot.store.engines import is_sqlite

log = structlog.get_logger(__name__)

FAMILY = 4242
"""Our number among PostgreSQL's advisory locks; 4241 is the migrations'."""
PATIENCE = 10.0
"""Seconds to wait for a process that is just ending."""
KEEPALIVE = "SET tcp_keepalives_idle=10; SET tcp_keepalives_interval=5; SET tcp_keepalives_count=3"
"""Else a replica whose machine lost its power would hold its slot for two hours."""


class Slots(Protocol):
    """The slots of one database. All of it blocks: call it in a thread."""

    def take(self, wanted: int | None, /) -> int:
        """This slot, or the first that is free. Raises SlotTakenError."""

    def keep(self) -> bool:
        """Whether the slot is still ours; a lost connection is mended on the way."""

    def borrow(self, number: int, /) -> AbstractContextManager[bool]:
        """A context: True in it if nobody lives in that slot; then nobody moves in meanwhile."""

    def leave(self) -> None:
        """Give the slot back."""


def slots(address: str) -> Slots:
    """The slots of the database at this address."""
    return FileSlots(address) if is_sqlite(address) else LockSlots(address)


class FileSlots:
    """One slot: a second process on the same file would take the first one's work for orphaned."""

    def __init__(self, address: str) -> None:
        self._path = Path(f"{make_url(address).database}.slot")
        self._held: sqlite3.Connection | None = None

    def take(self, _wanted: int | None, /) -> int:
        """Slot 0, whatever is wanted. Raises SlotTakenError."""
        # An exclusive SQLite transaction is a file lock that every system has and a crash frees.
        held = sqlite3.connect(self._path, timeout=PATIENCE, check_same_thread=False)
        held.isolation_level = None
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            held.close()
            raise SlotTakenError(
                f"another process serves {self._path.stem}; several processes need PostgreSQL"
            ) from None
        self._held = held
        return 0

    def keep(self) -> bool:
        """A file lock does not get lost."""
        return self._held is not None

    @contextmanager
    def borrow(self, _number: int, /) -> Iterator[bool]:
        """There is no other slot to look after."""
        yield False

    def leave(self) -> None:
        """Unlock the file."""
        if self._held is not None:
            self._held.close()
            self._held = None


class LockSlots:
    """Slots by PostgreSQL's advisory locks, which end with the session that holds them.

    Limit: the connection must be a session of its own, so no PgBouncer in transaction mode.
    """

    def __init__(self, address: str) -> None:
        url = make_url(address).set(drivername="postgresql")
        self._address = url.render_as_string(hide_password=False)
        self._held: psycopg.Connection[Any] | None = None
        self._number: int | None = None
        self._lock = threading.Lock()

    def take(self, wanted: int | None) -> int:
        """This slot, or the first that is free. Raises SlotTakenError."""
        self._held = self._connect()
        numbers = range(MAX_SLOTS) if wanted is None else (wanted,)
        end = time.monotonic() + PATIENCE
        while True:
            for number in numbers:
                if _try(self._held, number):
                    self._number = number
                    return number
            if time.monotonic() > end:
                self.leave()
                raise SlotTakenError(f"slot {wanted} is taken: is TIDEWAITER_EXECUTOR_SLOT unique?")
            time.sleep(0.2)

    def keep(self) -> bool:
        """Ask the connection; where it is gone, take the same slot on a new one."""
        with self._lock:
            if self._number is None:
                return False
            return self._answers() or self._take_again(self._number)

    @contextmanager
    def borrow(self, number: int) -> Iterator[bool]:
        """On a connection of its own, so that ours is never blocked."""
        if number == self._number:
            yield False
            return
        with closing(self._connect()) as connection:
            yield _try(connection, number)

    def leave(self) -> None:
        """Close the connection; the lock goes with it."""
        with self._lock:
            if self._held is not None:
                self._held.close()
            self._held, self._number = None, None

    def _answers(self) -> bool:
        if self._held is None:
            return False
        try:
            self._held.execute("SELECT 1")
        except psycopg.Error:
            self._held.close()
            self._held = None
        return self._held is not None

    def _take_again(self, number: int) -> bool:
        try:
            connection = self._connect()
        except psycopg.OperationalError:
            return False
        if _try(connection, number):
            self._held = connection
            return True
        connection.close()
        return False

    def _connect(self) -> psycopg.Connection[Any]:
        connection = psycopg.connect(self._address, autocommit=True, connect_timeout=10)
        try:
            connection.execute(KEEPALIVE)
        except psycopg.Error:
            connection.close()
            raise
        return connection


def _try(connection: psycopg.Connection[Any], number: int) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (FAMILY, number)).fetchone()
    return row is not None and bool(row[0])
