"""kill -9 in the middle of a delivery: after the restart the lead arrives, once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.leads import deliveries, registry
from bot.leads.model import Delivery, DeliveryState
from bot.settings import Settings
from bot.store.work import Store
from tests.bot.leads.children import Start, children, kill
from tests.bot.leads.mailserver import MailServer, serving
from tests.bot.leads.making import REFERENCE


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """A mail server for the children."""
    async with serving(MailServer()) as server:
        yield server


@pytest.fixture
async def start(settings: Settings, server: MailServer) -> AsyncIterator[Start]:
    """Starts processes that deliver to that server."""
    async with children("tests.bot.leads.crash_child", settings, server) as start:
        yield start


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
