"""The console on a real store and a real reception; only the understanding is told what to read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from bot.desk import console
from bot.desk.accounts import Accounts
from bot.live import Live
from bot.reception import Inbound, Reception
from bot.settings import Settings
from bot.store import passwords, staff
from bot.store.staff import Staff
from bot.store.work import Job, Store
from tests.bot.told import ToldUnderstanding, key

HERE = "http://127.0.0.1:8000"
PASSWORD = "a harbour at night"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Desk:
    """Everything a test of the console needs."""

    settings: Settings
    store: Store
    reception: Reception
    accounts: Accounts
    clock: Clock
    jobs: list[Job]
    _numbers: count[int] = field(default_factory=count)

    def app(self, settings: Settings | None = None) -> FastAPI:
        return self._usual if settings is None else self._app(settings)

    @cached_property
    def _usual(self) -> FastAPI:
        """Made once: it has many routes, and most tests have several browsers."""
        return self._app(self.settings)

    def _app(self, settings: Settings) -> FastAPI:
        app = FastAPI()
        parts = (self.reception, self.accounts, self.store, settings)
        app.include_router(console.routes(*parts, clock=self.clock))
        return app

    def browser(self, base: str = HERE, settings: Settings | None = None) -> httpx.AsyncClient:
        """A browser without scripts: it keeps cookies and follows what it is told to."""
        transport = httpx.ASGITransport(self.app(settings))
        return httpx.AsyncClient(transport=transport, base_url=base, headers={"Origin": base})

    async def hire(self, login: str, name: str, *, shows_name: bool = True) -> Staff:
        token = (await self.accounts.invite(login)).rsplit("/", 1)[1]
        await self.accounts.set_up(
            token, login="", name=name, password=PASSWORD, shows_name=shows_name
        )
        found = await self.store.read(lambda work: staff.credentials(work, login))
        assert found is not None
        return found.staff

    async def signed_in(self, login: str) -> httpx.AsyncClient:
        browser = self.browser()
        form = {"login": login, "password": PASSWORD}
        assert (await browser.post("/desk/sign-in", data=form)).status_code == 303
        return browser

    async def says(self, *texts: str, person: str = "somebody") -> str:
        """A prospect writes; the conversation's id."""
        for text in texts:
            inbound = Inbound(key(person), f"m{next(self._numbers)}", text)
            receipt = await self.reception.receive(inbound)
        return receipt.conversation_id

    async def said(self, conversation_id: str) -> list[tuple[str, str, str]]:
        lines = await self.reception.transcript(conversation_id, inside=True)
        return [(line.author.value, line.kind, line.reply.text) for line in lines]


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real costs are for those who guess; here they would only make the tests slow."""
    monkeypatch.setattr(
        passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    )
    passwords._nobodys.cache_clear()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def desk(store: Store, settings: Settings, clock: Clock) -> Desk:
    jobs: list[Job] = []
    store.attach(lambda _session, job: jobs.append(job))
    reception = Reception(store, ToldUnderstanding(), settings.agency_name, Live(), clock)
    return Desk(settings, store, reception, Accounts(store, clock), clock, jobs)


@pytest.fixture
async def li(desk: Desk) -> Staff:
    return await desk.hire("li", "Li Na")


@pytest.fixture
async def marco(desk: Desk) -> Staff:
    return await desk.hire("marco", "Marco Rossi")


@pytest.fixture
async def lis(desk: Desk, li: Staff) -> AsyncIterator[httpx.AsyncClient]:
    """Li's browser, signed in."""
    browser = await desk.signed_in("li")
    yield browser
    await browser.aclose()


@pytest.fixture
async def marcos(desk: Desk, marco: Staff) -> AsyncIterator[httpx.AsyncClient]:
    """Marco's browser, signed in."""
    browser = await desk.signed_in("marco")
    yield browser
    await browser.aclose()


@pytest.fixture
async def stranger(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    """A browser nobody is signed in with."""
    async with desk.browser() as browser:
        yield browser
