"""The forms about who has a conversation: reached by hand, within the window, in light and dark."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.console import SignIn, prospect_writes
from tests.browser.window import DESK, PHONE
from tests.server import ServerProcess


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")])
async def test_a_conversation_is_given_on_and_put_off(
    harbour: ServerProcess, sign_in: SignIn, size: dict[str, int], scheme: str
) -> None:
    conversation = await prospect_writes(harbour, "ask a person")
    li = await sign_in("li", viewport=size, color_scheme=scheme)
    await li.page.goto(f"{harbour.url}/desk/conversations/{conversation}")
    await li.button("Take over").click()
    await expect(li.state).to_have_text("With you")
    more = li.page.locator("summary", has_text="More")
    await more.click()
    box = await li.page.locator(".more-box").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    if folder := os.environ.get("SHOTS"):
        await li.page.screenshot(path=Path(folder) / f"owner-{scheme}.png")
    await li.button("Put off").click()
    await expect(li.page.locator(".talk-top")).to_contain_text("Put off until")
    await li.button("Take up now").click()
    await expect(li.page.locator(".talk-top")).to_contain_text("Is back")
    await li.button("Give").click()
    await expect(li.page.locator(".anothers")).to_contain_text("has this conversation")
    await expect(more).to_have_count(0)
