"""Connections with the manners each database needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.store import engines
from bot.store.engines import async_url, durable_engine, sync_url, writer_engine


@pytest.mark.parametrize(
    ("address", "blocking", "other"),
    [
        ("sqlite:///a.db", "sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("postgres://h/d", "postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
        ("postgresql://u:p%40@h/d?sslmode=require",)
        + ("postgresql+psycopg://u:p%40@h/d?sslmode=require",) * 2,
    ],
)
def test_addresses_get_their_drivers(address: str, blocking: str, other: str) -> None:
    assert sync_url(address).render_as_string(hide_password=False) == blocking
    assert async_url(address).render_as_string(hide_password=False) == other


async def test_sqlite_is_told_its_manners(tmp_path: Path) -> None:
    engine = writer_engine(f"sqlite:///{tmp_path}/a.db")
    wanted = {"journal_mode": "wal", "synchronous": 1, "busy_timeout": 30_000, "foreign_keys": 1}
    wanted |= {"secure_delete": 1}
    async with engine.connect() as connection:
        told = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one() for name in wanted
        }
    await engine.dispose()
    assert told == wanted


async def test_a_writer_begins_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PRAGMAS", ("PRAGMA busy_timeout=50",))
    address = f"sqlite:///{tmp_path}/a.db"
    one, two = writer_engine(address), writer_engine(address)
    async with one.begin() as first:
        await first.execute(text("SELECT 1"))
        with pytest.raises(OperationalError, match="locked"):
            async with two.begin() as second:
                await second.execute(text("SELECT 1"))
    await one.dispose()
    await two.dispose()


def test_unixepoch_knows_fractions_on_every_version(tmp_path: Path) -> None:
    assert _now(tmp_path) > 1_700_000_000


@pytest.mark.parametrize("shim", [True, False])
def test_it_is_put_in_place_where_it_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shim: bool
) -> None:
    monkeypatch.setattr(engines, "NEEDS_SHIM", shim)
    monkeypatch.setattr("time.time", lambda: 7.5)
    assert (_now(tmp_path) == 7.5) is shim


def _now(folder: Path) -> Any:
    engine = durable_engine(f"sqlite:///{folder}/a.db")
    with engine.connect() as connection:
        now = connection.execute(text("SELECT unixepoch('subsec')")).scalar_one()
    engine.dispose()
    return now
