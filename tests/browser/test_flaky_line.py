"""An owner and a prospect over a line that is cut ten times: every message once and in order, on both pages."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from tests.browser.chat import chat
from tests.browser.console import ConsolePage, SignIn, latest
from tests.browser.window import OpenWindow
from tests.cutting import FlakyLine
from tests.server import ServerProcess

pytestmark = pytest.mark.timeout(300)

CUTS = 10
NOISE = ("ERR_", "Failed to fetch", "net::")


async def _follows(line: FlakyLine) -> None:
    """Both pages listen again."""
    async with asyncio.timeout(20):
        await line.followed(2)


async def test_every_message_comes_once_and_in_order_however_often_the_line_is_cut(
    harbour: ServerProcess, sign_in: SignIn, open_window: OpenWindow
) -> None:
    async with FlakyLine(harbour.port) as line:
        window = await open_window(line.url)
        window.forgive(*NOISE)
        prospect = await chat(window)
        await prospect.writes("a person please")
        await expect(prospect.bot).to_have_count(2)
        conversation = await latest(harbour)
        li = await sign_in("li")
        li.window.forgive(*NOISE)
        through = ConsolePage(li.window, line.url)
        li.window.hosts.clear()
        await through.opens(conversation)
        await through.button("Take over").click()
        await expect(through.state).to_have_text("With you")
        for number in range(CUTS):
            await _follows(line)
            await prospect.writes(f"question {number}")
            await expect(through.said("prospect").last).to_contain_text(f"question {number}")
            line.cut()
            # The line is down for whoever listens: this is stored before either page is back.
            await _answers(through, f"answer {number}")
        await _follows(line)
        await expect(prospect.page.locator(".line.staff")).to_have_count(CUTS)
        asked = [f"question {number}" for number in range(CUTS)]
        answered = [f"answer {number}" for number in range(CUTS)]
        both = [text for pair in zip(asked, answered, strict=True) for text in pair]
        shown = await prospect.page.locator(
            ".line.prospect .words, .line.staff .words"
        ).all_inner_texts()
        assert [text.strip() for text in shown][1:] == both
        kept = await through.page.locator(
            ".line.prospect .said, .line.staff .said"
        ).all_inner_texts()
        assert [text.strip() for text in kept][1:] == both
        li.window.hosts.clear()


async def _answers(desk: ConsolePage, text: str) -> None:
    await desk.reply.fill(text)
    await desk.page.locator("form.reply button.primary").click()
    await expect(desk.said("staff").last).to_contain_text(text)
