"""The chat on a real store, its engine told what each message means, and people to talk to it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from bot.channels import guards, web
from bot.live import Live
from bot.reception import Reception
from bot.settings import Settings
from bot.store.work import Store
from tests.bot.told import ToldUnderstanding

AGENCY = "AAA IPRIGHT"


@pytest.fixture
def reception(store: Store) -> Reception:
    return Reception(store, ToldUnderstanding(), AGENCY, Live())


def make_app(reception: Reception, settings: Settings) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None)
    guards.protect(app, settings)
    web.mount(app, reception, settings)
    return app


@pytest.fixture
def app(reception: Reception, settings: Settings) -> FastAPI:
    return make_app(reception, settings)


@dataclass
class Caller:
    """Somebody who talks to the API, keeping the cookie."""

    http: httpx.AsyncClient
    last: int = 0
    answer: dict[str, Any] = field(default_factory=dict)

    async def opens(self, **opening: str) -> dict[str, Any]:
        return await self._take(await self.http.post("/api/chat/open", json=opening))

    async def writes(self, text: str, choice: str | None = None, **more: Any) -> dict[str, Any]:
        return await self._take(await self.posts(text, choice, **more))

    async def posts(self, text: str, choice: str | None = None, **more: Any) -> httpx.Response:
        body = {"message_id": str(uuid.uuid4()), "text": text, "choice": choice, **more}
        return await self.http.post("/api/chat/messages", json=body)

    async def reads(self, after: int = 0) -> dict[str, Any]:
        return await self._take(await self.http.get("/api/chat/lines", params={"after": after}))

    async def _take(self, response: httpx.Response) -> dict[str, Any]:
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        self.last = found["last"]
        return found


def texts(chat: dict[str, Any], author: str = "bot") -> list[str]:
    """What one side said."""
    return [line["text"] for line in chat["lines"] if line["author"] == author]


NewCaller = Callable[[], Caller]


@pytest.fixture
async def new_caller(app: FastAPI) -> AsyncIterator[NewCaller]:
    """Makes visitors, each with a cookie jar of their own."""
    async with contextlib.AsyncExitStack() as stack:
        made: list[httpx.AsyncClient] = []

        def make() -> Caller:
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            made.append(httpx.AsyncClient(transport=transport, base_url="http://chat.test"))
            stack.push_async_callback(made[-1].aclose)
            return Caller(made[-1])

        yield make


@pytest.fixture
def caller(new_caller: NewCaller) -> Caller:
    return new_caller()


async def until(true: Callable[[], bool]) -> None:
    """Wait for something that nobody can wake us for."""
    async with asyncio.timeout(8):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


class QuietServer(uvicorn.Server):
    """uvicorn within a test: signals stay pytest's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@pytest.fixture
async def url(app: FastAPI, reception: Reception) -> AsyncIterator[str]:
    """The app on a real server, for streams."""
    config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=3)
    server = QuietServer(config)
    listening = socket.create_server(("127.0.0.1", 0))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    await until(lambda: server.started)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    reception.live.close()
    server.should_exit = True
    await running
    listening.close()


@dataclass(frozen=True)
class Event:
    """A server-sent event as a browser would see it."""

    name: str
    data: Any
    id: str | None = None


async def events(response: httpx.Response) -> AsyncIterator[Event]:
    """The events of a stream; comments and pings are left out."""
    found: dict[str, str] = {}
    async for line in response.aiter_lines():
        if line:
            key, _, value = line.partition(": ")
            found[key] = value
            continue
        if "data" in found:
            yield Event(found.get("event", "message"), json.loads(found["data"]), found.get("id"))
        found = {}
