"""The tables and the steps by which they came to their shape say the same, on both databases."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bot.errors import MigrationError
from bot.settings import Settings
from bot.store import migrating
from bot.store.durable import Durable
from bot.store.engines import migration_engine
from bot.store.flows import Pace
from bot.store.tables import DURABLE_TABLES, Base
from bot.store.work import Store

FAST = Pace(listener=0.02)


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - DURABLE_TABLES


def _differences(address: str) -> list[object]:
    engine = migration_engine(address)
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts=migrating.options())
        found = compare_metadata(context, Base.metadata)
    engine.dispose()
    return list(found)


def test_tables_and_migrations_agree(database: str) -> None:
    assert _differences(database) == []


async def test_they_agree_beside_the_durable_engine(settings: Settings) -> None:
    durable = Durable(settings, FAST)
    await durable.start()
    await durable.stop()
    assert _differences(settings.database) == []
    engine = migration_engine(settings.database)
    schema = None if settings.database.startswith("sqlite") else "dbos"
    with engine.begin() as connection:
        theirs = set(inspect(connection).get_table_names(schema=schema))
    engine.dispose()
    ours = {*Base.metadata.tables, "alembic_version"}
    assert theirs - ours <= DURABLE_TABLES
    assert not ours & DURABLE_TABLES


def test_down_and_up_again(database: str) -> None:
    engine = migration_engine(database)
    with engine.begin() as connection:
        command.downgrade(migrating.config(connection), "base")
        assert _tables(connection) == {"alembic_version"}
    migrating.upgrade(database)
    with engine.begin() as connection:
        assert _tables(connection) == {*Base.metadata.tables, "alembic_version"}
    engine.dispose()
    assert _differences(database) == []


async def test_several_replicas_may_start_at_once(database: str) -> None:
    engine = migration_engine(database)
    with engine.begin() as connection:
        command.downgrade(migrating.config(connection), "base")
    engine.dispose()
    await asyncio.gather(*(asyncio.to_thread(migrating.upgrade, database) for _ in range(4)))
    assert _differences(database) == []


def test_a_step_that_fails_leaves_nothing_behind(database: str) -> None:
    engine = migration_engine(database)
    with engine.begin() as connection:
        command.downgrade(migrating.config(connection), "base")
        connection.execute(text("CREATE TABLE leads (id INTEGER)"))
    with pytest.raises(MigrationError, match="leads"):
        migrating.upgrade(database)
    with engine.begin() as connection:
        assert _tables(connection) == {"alembic_version", "leads"}
    engine.dispose()


def test_a_database_of_a_later_version_is_refused(database: str) -> None:
    engine = migration_engine(database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(MigrationError, match="another version"):
        migrating.upgrade(database)


async def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        database_url=f"postgresql://nobody:hunter2@/none?host={tmp_path}",
    )
    store = Store.open(settings)
    with pytest.raises(MigrationError) as caught:
        await store.migrate()
    assert "hunter2" not in str(caught.value)
    await store.close()


async def test_a_folder_with_odd_signs_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "50% & more 工资"
    settings = Settings(_env_file=None, data_dir=folder)
    store = Store.open(settings)
    await store.migrate()
    await store.close()
    assert (folder / "tidewaiter.db").exists()
