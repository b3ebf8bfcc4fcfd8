"""The store under test: every test that asks for it runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, make_url
from sqlalchemy.orm import Session

from bot.settings import Settings, variables
from bot.store import migrating
from bot.store.durable import Durable
from bot.store.flows import Pace
from bot.store.work import Job, Store
from tests.bot.postgres import NoPostgresError, shared_server

HURRIED = Pace(listener=0.02, scheduler=0.1, rescue=0.2, grace=2)
DATABASES = ("sqlite", "postgresql")
PAGES = ("tests/bot/desk/", "tests/bot/channels/")
NO_POSTGRES = "NO POSTGRESQL, half of the store's tests did not run"
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _own_settings_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the developer's environment reaches a test."""
    for name in variables():
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server to make databases on; without one the test is skipped, loudly."""
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    try:
        with shared_server(run / "postgres") as address:
            yield address
    except NoPostgresError as error:
        if os.environ.get("REQUIRE_POSTGRES") == "1":
            raise
        pytest.skip(f"{NO_POSTGRES}: {error}")


@pytest.fixture(scope="session")
def postgres_template(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database that has all tables and no rows."""
    name = f"tw_{os.getpid()}_template"
    _admin(postgres, f"CREATE DATABASE {name}")
    _furnish(_named(postgres, name), tmp_path_factory.mktemp("template"))
    yield name
    _admin(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that has all tables and no rows."""
    folder = tmp_path_factory.mktemp("template")
    path = folder / "template.db"
    _furnish(f"sqlite:///{path}", folder)
    return path


@pytest.fixture
def new_sqlite(sqlite_template: Path, tmp_path: Path) -> Callable[[], str]:
    """Makes fresh SQLite databases and gives their addresses."""

    def make() -> str:
        path = tmp_path / f"{next(_numbers)}.db"
        shutil.copy(sqlite_template, path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture
def new_postgres(postgres: str, postgres_template: str) -> Iterator[Callable[[], str]]:
    """Makes fresh PostgreSQL databases and gives their addresses; drops them after the test."""
    made: list[str] = []
    strategy = _quickest_copy(postgres)

    def make() -> str:
        name = f"tw_{os.getpid()}_{next(_numbers)}"
        _admin(postgres, f"CREATE DATABASE {name} TEMPLATE {postgres_template} {strategy}")
        made.append(name)
        return _named(postgres, name)

    yield make
    for name in made:
        _admin(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database with our tables: the test runs once on each kind."""
    short = {"sqlite": "new_sqlite", "postgresql": "new_postgres"}[request.param]
    make: Callable[[], str] = request.getfixturevalue(short)
    return make()


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """Settings for that database, with a data folder and a key file of their own."""
    return Settings(_env_file=None, data_dir=tmp_path / "var", database_url=database)


@pytest.fixture
def jobs() -> list[Job]:
    """The durable work that was begun by committed transactions of `store`, in order."""
    return []


@pytest.fixture
async def store(settings: Settings, jobs: list[Job]) -> AsyncIterator[Store]:
    """The store on that database, migrated; closed after the test.

    Durable work is only noted, in `jobs`; attach a real engine to have it done.
    """
    opened = Store.open(settings)
    opened.attach(lambda session, job: _note_at_commit(session, jobs, job))
    await opened.migrate()
    yield opened
    await opened.close()


@pytest.fixture
async def durable(settings: Settings, store: Store) -> AsyncIterator[Durable]:
    """The durable engine in a hurry, to which `store` gives its work.

    Register what the test needs, then `start` it; it is stopped after the test.
    """
    engine = Durable(settings, HURRIED)
    store.attach(engine.enqueue)
    yield engine
    await engine.stop()


def _note_at_commit(session: Session, jobs: list[Job], job: Job) -> None:
    event.listen(session, "after_commit", lambda _: jobs.append(job), once=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pages and channels ask the store alone: a second database is for whoever requires it."""
    if os.environ.get("REQUIRE_POSTGRES") == "1":
        return
    left = [item for item in items if _is_page(item) and _database_of(item) == "postgresql"]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]


def _is_page(item: pytest.Item) -> bool:
    return item.nodeid.startswith(PAGES)


def _database_of(item: pytest.Item) -> object:
    called = getattr(item, "callspec", None)
    return called.params.get("database") if called else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A skip for want of PostgreSQL must not look like success."""
    skips = terminalreporter.stats.get("skipped", [])
    if any(NO_POSTGRES in str(report.longrepr) for report in skips):
        terminalreporter.section("PostgreSQL", red=True, bold=True)
        terminalreporter.line(NO_POSTGRES, red=True, bold=True)
    elif os.environ.get("REQUIRE_POSTGRES") != "1":
        terminalreporter.line(
            "Pages and channels ran on SQLite; REQUIRE_POSTGRES=1 adds PostgreSQL."
        )


def _furnish(address: str, folder: Path) -> None:
    """Make our tables and the durable engine's, so that each test does not have to."""
    migrating.upgrade(address)
    settings = Settings(_env_file=None, data_dir=folder, database_url=address)

    async def start_once() -> None:
        durable = Durable(settings, HURRIED)
        await durable.start()
        await durable.stop()

    asyncio.run(start_once())


@cache
def _quickest_copy(address: str) -> str:
    """Half the time for a database as small as ours; before version 15 there is no other way."""
    with psycopg.connect(address) as connection:
        return "STRATEGY file_copy" if connection.info.server_version >= 150000 else ""


def _admin(address: str, statement: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


def _named(address: str, name: str) -> str:
    return make_url(address).set(database=name).render_as_string(hide_password=False)
