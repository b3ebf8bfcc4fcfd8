"""The console as a test uses it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from playwright.async_api import Locator, Page, expect

from bot.desk.accounts import Accounts
from bot.settings import Settings
from bot.store.conversations import recent
from bot.store.work import Store
from tests.browser.window import OpenWindow, Window
from tests.server import ServerProcess, Visitor

PASSWORD = "a harbour at night"
STAFF = {"li": "Li Na", "marco": "Marco Rossi"}

SignIn = Callable[..., Awaitable["ConsolePage"]]
"""Opens the console for a colleague: `await sign_in("li", viewport=PHONE)`."""


class ConsolePage:
    """Signs in, opens, presses and looks."""

    def __init__(self, window: Window, url: str) -> None:
        self.window = window
        self.url = url
        self.page: Page = window.page
        self.entries = self.page.locator("a.entry")
        self.lines = self.page.locator(".lines .line")
        self.state = self.page.locator(".talk-name .state")
        self.reply = self.page.locator("#reply")
        self.note = self.page.locator("#note")
        self.notice = self.page.locator("#notice")

    async def signs_in(self, login: str) -> ConsolePage:
        """Through the door, by hand."""
        await self.page.fill("[name=login]", login)
        await self.page.fill("[name=password]", PASSWORD)
        await self.button("Sign in").click()
        await expect(self.page.locator("#main.room, #main.page")).to_be_visible()
        await self.page.wait_for_load_state()
        return self

    async def opens(self, conversation: str) -> ConsolePage:
        """A conversation by its address."""
        await self.page.goto(f"{self.url}/desk/conversations/{conversation}")
        await expect(self.page.locator("#talk-title")).to_be_visible()
        return self

    async def sends(self, text: str) -> None:
        """Write a reply and send it by the button."""
        await self.reply.fill(text)
        await self.page.locator("form.reply button").click()
        await expect(self.said("staff").last).to_contain_text(text)

    def said(self, kind: str) -> Locator:
        """The lines of one kind: prospect, bot, staff, system, note."""
        return self.page.locator(f".lines .line.{kind}")

    def button(self, name: str) -> Locator:
        """A button by its whole name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def entry(self, conversation: str) -> Locator:
        """A conversation's line in the list."""
        return self.page.locator(f"#entry-{conversation} a")

    async def focused(self) -> str:
        """The id of what has the focus, or its kind."""
        found = await self.page.evaluate(
            "document.activeElement.id || document.activeElement.tagName"
        )
        return str(found)


@asynccontextmanager
async def opened(site: ServerProcess) -> AsyncIterator[Store]:
    """The server's own database, opened beside it."""
    store = Store.open(Settings(_env_file=None, data_dir=site.folder / "var"))
    yield store
    await store.close()


async def hire(site: ServerProcess) -> None:
    """The colleagues get their accounts."""
    async with opened(site) as store:
        accounts = Accounts(store)
        for login, name in STAFF.items():
            token = (await accounts.invite(login)).rsplit("/", 1)[1]
            await accounts.set_up(token, login=login, name=name, password=PASSWORD, shows_name=True)


@asynccontextmanager
async def staffed(folder: Path) -> AsyncIterator[ServerProcess]:
    """A server whose two colleagues have their accounts."""
    server = ServerProcess(folder)
    server.start()
    await hire(server)
    yield server
    server.end()


async def prospect_writes(site: ServerProcess, *texts: str) -> str:
    """A new prospect writes; the conversation's id."""
    with Visitor(site.url) as visitor:
        visitor.opens()
        for text in texts:
            visitor.writes(text)
    return await latest(site)


async def latest(site: ServerProcess) -> str:
    """The conversation in which something happened last."""
    async with opened(site) as store:
        return (await store.read(lambda work: recent(work, limit=1)))[0].id


def signing_in(site: ServerProcess, open_window: OpenWindow) -> SignIn:
    """What the fixture `sign_in` gives: a window that is signed in already. By hand it is done in tests of its own."""

    async def one(login: str, **context: object) -> ConsolePage:
        kept = {"storage_state": await session(site.url, login), **context}
        window = await open_window(f"{site.url}/desk", **kept)
        await expect(window.page.locator("#main.room")).to_be_visible()
        await window.page.wait_for_load_state()
        return ConsolePage(window, site.url)

    return one


async def session(url: str, login: str) -> dict[str, object]:
    """Sign in without a browser; what a browser then keeps."""
    form = {"login": login, "password": PASSWORD}
    async with httpx.AsyncClient(headers={"Origin": url}) as client:
        await client.post(f"{url}/desk/sign-in", data=form)
        kept = [
            {"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}
            for name, value in client.cookies.items()
        ]
    assert kept, "not let in"
    return {"cookies": kept, "origins": []}
