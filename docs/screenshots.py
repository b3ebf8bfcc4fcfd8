"""Draws the pictures of the README: `make screenshots`. A real server, real pages, a real browser."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bot.doctor import find_chromium
from tests.server import ServerProcess, Visitor

HERE = Path(__file__).parent
CHAT_SIZE = {"width": 1000, "height": 1100}
DESK_SIZE = {"width": 1440, "height": 900}
PASSWORD = "a tide that turns twice"  # noqa: S105

PROSPECT = (
    "what does it cost to record a trademark with China customs",
    "customs stopped goods worth RMB 150,000, how much security do I have to give?",
)
OTHERS = (
    ("Is a parallel import an infringement?",),
    ("how long is a recordation valid", "and when can I renew it?"),
    ("start an inquiry", "trademark", "skip", "Example Ltd"),
    ("备案需要哪些文件", "人工"),
)
REPLY = (
    "Please have RMB 75,000 ready: the three working days run from the notice. "
    "May I see the notice? Then I prepare the application with you today."
)
NOTE = "The holder is recorded; the notice came this morning."


def main() -> None:
    """Draw both pictures."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit("screenshots: no Chromium on this machine (Debian: apt install chromium)")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tidewaiter-"))
        server = stack.enter_context(serving(Path(folder)))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        stack.callback(browser.close)
        draw(browser, server)


@contextmanager
def serving(folder: Path) -> Iterator[ServerProcess]:
    """A server with a data folder of its own, for as long as the block lasts."""
    server = ServerProcess(folder)
    try:
        server.start()
        yield server
    finally:
        server.end()


def draw(browser: Browser, server: ServerProcess) -> None:
    """The chat as a prospect sees it, then the console of the colleague who takes it over."""
    for texts in OTHERS:
        with Visitor(server.url) as visitor:
            visitor.opens()
            for text in texts:
                visitor.writes(text)
    chat = open_page(browser, server.url, CHAT_SIZE)
    for count, text in enumerate(PROSPECT, start=2):
        say(chat, text, count)
    chat.locator(".line.bot details").last.locator("summary").click()
    chat.locator("#log").evaluate("log => log.scrollTo(0, log.scrollHeight)")
    chat.focus("#words")
    chat.screenshot(path=HERE / "chat.png")
    desk = open_page(browser, server.setup_link, DESK_SIZE)
    set_up(desk)
    take_over(desk)
    desk.screenshot(path=HERE / "console.png")


def open_page(browser: Browser, address: str, size: dict[str, int]) -> Page:
    """A page of its own, in English, in daylight."""
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale="en-GB",
        timezone_id="Asia/Shanghai",
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    return page


def say(chat: Page, text: str, answers: int) -> None:
    """Write a message and wait until the assistant has so many lines."""
    chat.fill("#words", text)
    chat.press("#words", "Enter")
    chat.locator(".line.bot").nth(answers - 1).wait_for()


def set_up(desk: Page) -> None:
    """The first administrator's account."""
    desk.fill("[name=login]", "desk")
    desk.fill("[name=name]", "The IP desk")
    desk.fill("[name=password]", PASSWORD)
    desk.fill("[name=again]", PASSWORD)
    desk.click("button.primary")


def take_over(desk: Page) -> None:
    """The conversation about stopped goods: taken, answered, with a note for colleagues."""
    desk.locator(".entry", has_text="150,000").click()
    desk.get_by_role("button", name="Take over", exact=True).click()
    desk.get_by_role("button", name="Hand back").wait_for()
    desk.locator("summary", has_text="Note").click()
    desk.fill("#note", NOTE)
    desk.get_by_role("button", name="Save note").click()
    desk.locator(".line.note").wait_for()
    desk.locator("summary", has_text="Note").click()
    desk.fill("#reply", REPLY)
    desk.get_by_role("button", name="Send", exact=True).click()
    desk.locator(".line.staff").wait_for()


if __name__ == "__main__":
    main()
