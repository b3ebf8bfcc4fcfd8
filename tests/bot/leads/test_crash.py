"""kill -9 in the middle of a delivery: after the restart the lead arrives, once."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.leads import deliveries, registry
from bot.leads.model import Delivery, DeliveryState
from bot.settings import PREFIX, Settings
from bot.store.work import Store
from tests.bot.leads.mailserver import MailServer, serving
from tests.bot.leads.making import REFERENCE

ROOT = Path(__file__).parents[3]
Start = Callable[..., Awaitable[Process]]


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """A mail server for the children."""
    async with serving(MailServer()) as server:
        yield server


@pytest.fixture
async def start(settings: Settings, server: MailServer) -> AsyncIterator[Start]:
    """Starts processes that deliver to that server; those alive at the end are killed."""
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
        command = (sys.executable, "-m", "tests.bot.leads.crash_child", *arguments)
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, env=environment)
        started.append(process)
        assert process.stdout is not None
        async with asyncio.timeout(30):
            assert await process.stdout.readline() == b"running\n"
        return process

    yield start
    for process in started:
        if process.returncode is None:
            await kill(process)


async def kill(process: Process) -> None:
    """As -9 does: nothing is tidied up."""
    process.kill()
    await process.communicate()


async def until(look: Callable[[], Awaitable[bool] | bool]) -> None:
    """Wait for what the children do."""
    async with asyncio.timeout(30):
        while True:
            found = look()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.02)


@pytest.fixture
async def looking(settings: Settings) -> AsyncIterator[Callable[[], Awaitable[Delivery]]]:
    """The delivery, seen from outside."""
    store = Store.open(settings)

    async def look() -> Delivery:
        lead = await store.read(lambda work: registry.find(work, REFERENCE))
        return (await store.read(lambda work: deliveries.of_leads(work, [lead.id])))[0]

    yield look
    await store.close()


Looking = Callable[[], Awaitable[Delivery]]


async def sent(looking: Looking) -> bool:
    """Whether it is noted as sent."""
    return (await looking()).state is DeliveryState.SENT


async def test_killed_while_it_waits_for_the_next_attempt(
    server: MailServer, start: Start, looking: Looking
) -> None:
    server.answers = ["451 later"]
    first = await start("new")

    async def noted() -> bool:
        return (await looking()).attempts == 1

    await until(noted)
    await kill(first)
    assert server.taken == []
    await start()
    await until(lambda: sent(looking))
    await asyncio.sleep(0.5)
    assert len(server.taken) == 1
    assert (await looking()).attempts == 2


async def test_killed_in_the_middle_of_an_attempt(
    server: MailServer, start: Start, looking: Looking
) -> None:
    server.silent = True
    first = await start("new")
    await until(lambda: server.tried == 1)
    await kill(first)
    server.silent = False
    await start()
    await until(lambda: sent(looking))
    await asyncio.sleep(0.5)
    assert len(server.taken) == 1
    assert server.taken[0]["Message-ID"] == f"<{REFERENCE.lower()}@agency.example>"


@pytest.mark.soak
async def test_killed_again_and_again(server: MailServer, start: Start, looking: Looking) -> None:
    server.answers = ["451 later"] * 3
    await kill(await start("new"))
    for tries in (1, 2):
        child = await start()
        await until(lambda n=tries: server.tried >= n)  # type: ignore[misc]
        await kill(child)
    await start()
    await until(lambda: sent(looking))
    await asyncio.sleep(0.5)
    assert len(server.taken) == 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_another_replica_takes_over(
    server: MailServer, start: Start, looking: Looking
) -> None:
    server.silent = True
    first = await start("new")
    await until(lambda: server.tried == 1)
    await start()
    server.silent = False
    await kill(first)
    await until(lambda: sent(looking))
    await asyncio.sleep(0.5)
    assert len(server.taken) == 1
