"""One browser and one real server for all page tests; every test has windows, and so visitors, of its own.

All tests below this folder run in one event loop, because browser and pages live in it; they are marked
`browser` and stay on one worker by themselves. Write plain `async def test_...(open_window)`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.chat import ChatPage, chat
from tests.browser.chromium import ARGUMENTS, MISSING, executable
from tests.browser.console import SignIn, signing_in, staffed
from tests.browser.window import DESK, PHONE, OpenWindow, Window
from tests.server import ServerProcess

__all__ = ["DESK", "PHONE", "OpenWindow", "Window"]

HERE = Path(__file__).parent
PATIENCE = 10_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every page test its marks."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # The first of them may have to wait for the language model to be trained.
            item.add_marker(pytest.mark.timeout(600))
            if "open_window" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, or a loud skip."""
    async with async_playwright() as playwright:
        path = executable(playwright.chromium.executable_path)
        if path is None:
            pytest.skip(MISSING)
        started = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        await started.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """The real server: `site.url`, `site.setup_link`. Each module has its own: sixty visitors in ten minutes are what
    the server takes from one address."""
    server = ServerProcess(tmp_path_factory.mktemp("site"))
    server.start()
    yield server
    server.end()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def harbour(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ServerProcess]:
    """A server with two colleagues, Li and Marco, who have their accounts."""
    async with staffed(tmp_path_factory.mktemp("harbour")) as server:
        yield server


@pytest.fixture
def sign_in(harbour: ServerProcess, open_window: OpenWindow) -> SignIn:
    """Opens the console for a colleague: `await sign_in("li", viewport=PHONE)`."""
    return signing_in(harbour, open_window)


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[ServerProcess]:
    """A server of this test's own, to be stopped and started again."""
    server = ServerProcess(tmp_path)
    server.start()
    yield server
    server.end()


@pytest_asyncio.fixture(loop_scope="session")
async def open_window(
    browser: Browser, request: pytest.FixtureRequest
) -> AsyncIterator[OpenWindow]:
    """Opens windows: `await open_window(url, locale="zh-CN", viewport=PHONE, ...)`.

    At the end of the test no window may have complained or asked another host.
    """
    opened: list[tuple[Window, str]] = []

    async def open_one(url: str, **context: Any) -> Window:
        given = {"locale": "en-GB", "viewport": DESK, **context}
        new = await browser.new_context(**given)
        new.set_default_timeout(PATIENCE)
        window = Window(await new.new_page())
        opened.append((window, url))
        await window.page.goto(url)
        return window

    yield open_one
    for window, _ in opened:
        await window.page.context.close()
    for window, url in opened:
        window.assert_clean(url)


@pytest_asyncio.fixture(loop_scope="session")
async def en(site: ServerProcess, open_window: OpenWindow) -> ChatPage:
    """An English visitor on the chat page, at a desk."""
    return await chat(await open_window(site.url))
