"""kill -9 between the taking of a reminder and its sending: the next process sends it, once."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from bot.store.work import Store
from tests.bot.leads.children import Start, children, kill, line
from tests.bot.leads.mailserver import MailServer, serving
from tests.bot.store.diaries import until

DUE, SOON, LATER = (f"2027-11-16T{time}+00:00" for time in ("04:00", "04:10", "04:30"))
TOMORROW = "2027-11-17T04:00+00:00"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """A mail server for the children."""
    async with serving(MailServer()) as server:
        yield server


@pytest.fixture
async def start(settings: Settings, store: Store, server: MailServer) -> AsyncIterator[Start]:
    """Starts processes that send by that server."""
    await store.close()  # It has made the key file, so that no child has to say that it did.
    async with children("tests.bot.reminders.crash_child", settings, server) as start:
        yield start


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
