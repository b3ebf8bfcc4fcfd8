"""A browser window of a test, and what went wrong in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import ConsoleMessage, Page, Request

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


class Window:
    """A browser window with a cookie jar of its own, and what went wrong in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: list[str] = []
        self.hosts: set[str] = set()
        self.forgiven: tuple[str, ...] = ()
        """Parts of messages that this test brings about itself."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", self._asked)

    def forgive(self, *parts: str) -> None:
        """Expect console messages with these parts."""
        self.forgiven += parts

    def assert_clean(self, url: str) -> None:
        """Nothing was complained about and nobody else was asked for anything."""
        left = [p for p in self.problems if not any(part in p for part in self.forgiven)]
        assert not left, left
        assert all(url.startswith(host) for host in self.hosts), self.hosts

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.problems.append(message.text)

    def _asked(self, request: Request) -> None:
        if request.url.startswith("http"):
            self.hosts.add("/".join(request.url.split("/")[:3]))


OpenWindow = Callable[..., Awaitable[Window]]
