"""The stream over a real socket: it tells of changes, carries no data, and ends when it should."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import uvicorn

from bot.desk import stream
from bot.store.staff import Staff
from tests.bot.desk.conftest import PASSWORD, Desk

WAIT = 10.0


@asynccontextmanager
async def _served(desk: Desk) -> AsyncIterator[str]:
    """The console on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(desk.app(), log_config=None, lifespan="off")
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            desk.reception.live.close()
            server.should_exit = True
            await running


@asynccontextmanager
async def _followed(base: str) -> AsyncIterator[tuple[httpx.AsyncClient, AsyncIterator[str]]]:
    """A signed-in browser, and the events it gets from the stream."""
    async with httpx.AsyncClient(base_url=base, headers={"Origin": base}) as browser:
        form = {"login": "li", "password": PASSWORD}
        assert (await browser.post("/desk/sign-in", data=form)).status_code == 303
        async with browser.stream("GET", "/desk/stream", timeout=WAIT) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            yield browser, _events(answer)


async def _events(answer: httpx.Response) -> AsyncIterator[str]:
    async for line in answer.aiter_lines():
        if line.startswith("event: "):
            yield line.removeprefix("event: ")


async def test_a_change_is_told_without_saying_what(desk: Desk, li: Staff) -> None:
    async with _served(desk) as base, _followed(base) as (_, events):
        assert await anext(events) == "ready"
        await desk.says("? cost")
        assert await asyncio.wait_for(anext(events), WAIT) == "changed"


async def test_the_stream_ends_with_the_process(desk: Desk, li: Staff) -> None:
    async with _served(desk) as base, _followed(base) as (_, events):
        assert await anext(events) == "ready"
        desk.reception.live.close()
        assert [event async for event in events] == []


async def test_the_stream_ends_with_the_session(
    desk: Desk, li: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "LOOK", 0.05)
    async with _served(desk) as base, _followed(base) as (browser, events):
        assert await anext(events) == "ready"
        await asyncio.sleep(0.2)
        await browser.post("/desk/sign-out")
        assert [event async for event in events] == []
