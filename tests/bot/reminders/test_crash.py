"""kill -9 between the taking of a reminder and its sending: the next process sends it, once."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings
from bot.store.work import Store
from tests.bot.leads.mailserver import MailServer, serving
from tests.bot.store.diaries import until

ROOT = Path(__file__).parents[3]
Start = Callable[..., Awaitable[Process]]
DUE, SOON, LATER = (f"2027-11-16T{time}+00:00" for time in ("04:00", "04:10", "04:30"))
TOMORROW = "2027-11-17T04:00+00:00"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """A mail server for the children."""
    async with serving(MailServer()) as server:
        yield server


@pytest.fixture
async def start(settings: Settings, store: Store, server: MailServer) -> AsyncIterator[Start]:
    """Starts processes that send by that server; those alive at the end are killed."""
    await store.close()  # It has made the key file, so that no child has to say that it did.
    started: list[Process] = []
    values = {
        "DATA_DIR": settings.data_dir,
        "DATABASE_URL": settings.database,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": server.port,
        "SMTP_SECURITY": "none",
        "LEAD_EMAIL_TO": "desk@agency.example",
        "LEAD_EMAIL_FROM": "bot@agency.example",
    }
    environment = os.environ | {PREFIX + name: str(value) for name, value in values.items()}
    environment["PYTHONPATH"] = str(ROOT)

    async def start(*arguments: str) -> Process:
        command = (sys.executable, "-m", "tests.bot.reminders.crash_child", *arguments)
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, env=environment)
        started.append(process)
        assert await line(process) == "running"
        return process

    yield start
    for process in started:
        if process.returncode is None:
            await kill(process)


async def kill(process: Process) -> None:
    """As -9 does: nothing is tidied up."""
    process.kill()
    await process.communicate()


async def line(process: Process) -> str:
    """What it says next."""
    assert process.stdout is not None
    async with asyncio.timeout(30):
        return (await process.stdout.readline()).decode().strip()


async def test_killed_while_the_mail_server_thinks(server: MailServer, start: Start) -> None:
    server.silent = True
    first = await start("new", DUE)
    await until(lambda: server.tried == 1)
    await kill(first)
    server.silent = False
    second = await start(SOON, LATER, TOMORROW)
    assert await line(second) == "sent 0", "it may still be on its way"
    assert await line(second) == "sent 1"
    assert await line(second) == "sent 0"
    assert len(server.taken) == 1
    assert server.taken[0]["Date"] == "Tue, 16 Nov 2027 04:00:00 +0000"
    assert server.taken[0]["X-Tidewaiter-Key"].startswith("reminder:")


async def test_another_replica_leaves_what_one_has_taken(server: MailServer, start: Start) -> None:
    server.silent = True
    await start("new", DUE)
    await until(lambda: server.tried == 1)
    assert await line(await start(DUE)) == "sent 0"
    assert server.tried == 1
