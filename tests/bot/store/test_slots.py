"""A process's number among its replicas."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from bot.errors import SlotTakenError
from bot.store import slots as slots_module
from bot.store.slots import FileSlots, LockSlots, Slots, slots

HOLD = """
import sys, time
from bot.store.slots import slots
held = slots(sys.argv[1])
print(held.take(None), flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots_module, "PATIENCE", 0.3)


Replica = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def replica() -> Iterator[Replica]:
    """Starts other processes that take a slot and keep it."""
    started: list[subprocess.Popen[str]] = []

    def start(address: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLD, address]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline().strip().isdigit()
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_each_database_has_its_kind(new_sqlite: Callable[[], str]) -> None:
    assert isinstance(slots(new_sqlite()), FileSlots)
    assert isinstance(slots("postgresql://h/d"), LockSlots)


def test_taken_and_given_back(database: str) -> None:
    ours = slots(database)
    assert not ours.keep()
    assert ours.take(None) == 0
    assert ours.keep()
    ours.leave()
    ours.leave()
    assert not ours.keep()
    again = slots(database)
    assert again.take(0) == 0
    again.leave()


def test_the_slot_of_a_killed_process_is_free(database: str, replica: Replica) -> None:
    process = replica(database)
    ours = slots(database)
    if isinstance(ours, FileSlots):
        with pytest.raises(SlotTakenError, match="PostgreSQL"):
            ours.take(None)
    process.kill()
    process.wait()
    assert ours.take(0) == 0
    ours.leave()


def test_our_own_slot_is_not_borrowed(database: str) -> None:
    ours = slots(database)
    number = ours.take(None)
    with ours.borrow(number) as is_empty:
        assert not is_empty
    ours.leave()


class TestOnPostgreSQL:
    """What only several replicas have."""

    @pytest.fixture
    def address(self, new_postgres: Callable[[], str]) -> str:
        """A fresh database."""
        return new_postgres()

    def test_the_first_free_one(self, address: str) -> None:
        replicas: list[Slots] = [slots(address) for _ in range(3)]
        assert [each.take(None) for each in replicas] == [0, 1, 2]
        replicas[1].leave()
        fourth = slots(address)
        assert fourth.take(None) == 1
        for each in (*replicas, fourth):
            each.leave()

    def test_a_wanted_one_that_is_taken(self, address: str) -> None:
        first, second = slots(address), slots(address)
        assert first.take(7) == 7
        with pytest.raises(SlotTakenError, match="EXECUTOR_SLOT"):
            second.take(7)
        first.leave()

    def test_borrowing_tells_the_living_from_the_dead(self, address: str, replica: Replica) -> None:
        ours = slots(address)
        process = replica(address)
        assert ours.take(None) == 1
        with ours.borrow(0) as is_empty:
            assert not is_empty
        process.kill()
        process.wait()
        with ours.borrow(0) as is_empty:
            assert is_empty
            with pytest.raises(SlotTakenError):
                slots(address).take(0)
        newcomer = slots(address)
        assert newcomer.take(None) == 0
        newcomer.leave()
        ours.leave()

    def test_a_connection_that_will_not_do_is_closed(
        self, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(slots_module, "KEEPALIVE", "SET nothing = 1")
        with pytest.raises(psycopg.Error):
            slots(address).take(None)

    def test_a_lost_connection_is_mended(self, address: str) -> None:
        ours = slots(address)
        assert ours.take(3) == 3
        _cut(address)
        assert ours.keep()
        with pytest.raises(SlotTakenError):
            slots(address).take(3)
        ours.leave()

    def test_a_slot_lost_to_another_is_told(self, address: str) -> None:
        ours, other = slots(address), slots(address)
        assert ours.take(3) == 3
        _cut(address)
        assert other.take(3) == 3
        assert not ours.keep()
        other.leave()
        assert ours.keep()
        ours.leave()

    def test_a_server_that_has_gone_is_told(
        self, address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        ours = LockSlots(address)
        assert ours.take(3) == 3
        _cut(address)
        monkeypatch.setattr(ours, "_address", f"postgresql://nobody@/none?host={tmp_path}")
        assert not ours.keep()
        assert not ours.keep()
        ours.leave()


def _cut(address: str) -> None:
    """End every other session of this database."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
