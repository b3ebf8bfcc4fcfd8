"""The chat page as a test uses it."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

from tests.browser.window import Window

FEE = "Is there an official fee for recordation?"
VALID = "How long is a recordation valid?"


class ChatPage:
    """Writes, presses and looks."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.page: Page = window.page
        self.log = self.page.get_by_role("log")
        self.box = self.page.locator("#words")
        self.lines = self.log.locator(".line")
        self.own = self.log.locator(".line.prospect")
        self.bot = self.log.locator(".line.bot")
        self.staff = self.log.locator(".line.staff")
        self.system = self.log.locator(".line.system")
        self.choices = self.log.locator(".choice")
        self.banner = self.page.locator("#banner")
        self.again = self.log.get_by_role("button", name="Try again")

    async def ready(self) -> ChatPage:
        """Wait until the greeting stands there."""
        await expect(self.bot.first).to_be_visible()
        await expect(self.log).to_have_attribute("aria-busy", "false")
        return self

    async def asks(self, text: str) -> Locator:
        """Write a message and wait for what the bot says to it: its last line."""
        before = await self.bot.count()
        await self.writes(text)
        await expect(self.bot.nth(before)).to_be_visible()
        return self.bot.last

    async def writes(self, text: str) -> None:
        """Write a message."""
        await self.box.fill(text)
        await self.box.press("Enter")

    def choice(self, label: str) -> Locator:
        """A button under the last message."""
        return self.choices.filter(has_text=label)


async def chat(window: Window) -> ChatPage:
    """The chat page of a window, ready."""
    return await ChatPage(window).ready()
