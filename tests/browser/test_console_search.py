"""Searching and the page of one person: by keys, without scripts, on small screens, by day and night."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.bot.told import INTAKE
from tests.browser.colours import contrast
from tests.browser.conftest import PHONE
from tests.browser.console import SignIn, prospect_writes
from tests.browser.test_console_looks import _fits_small_screens
from tests.server import ServerProcess

pytestmark = pytest.mark.timeout(300)

FEE = "Is there an official fee for recording our Yangtze lanterns?"


async def test_a_search_by_the_keyboard_leads_to_the_line(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, FEE)
    li = await sign_in("li")
    await li.page.keyboard.press("s")
    await li.page.keyboard.type("lantern yangtze")
    await li.page.keyboard.press("Enter")
    await expect(li.page.locator("mark").first).to_have_text("Yangtze")
    await li.page.locator(".excerpt a").first.click()
    await expect(li.page.locator("#talk-title")).to_be_visible()
    assert conversation in li.page.url


async def test_search_and_person_without_scripts(harbour: ServerProcess, sign_in: SignIn) -> None:
    first = await prospect_writes(harbour, "start an inquiry", *INTAKE, "send")
    second = await prospect_writes(harbour, "start an inquiry", *INTAKE, "send")
    li = await sign_in("li", java_script_enabled=False)
    await li.page.get_by_label("Search all conversations and leads").fill("name@example.com")
    await li.button("Search").click()
    await expect(li.page.get_by_role("heading", name="Leads")).to_be_visible()
    await li.page.goto(f"{harbour.url}/desk/contacts/{first}")
    await li.page.locator(f"form.suggested:has(input[value='{second}']) button").click()
    await expect(li.button("Somebody else: unlink")).to_have_count(2)
    await li.button("Block").click()
    await expect(li.page.locator(".page-top .tag")).to_have_text("Blocked")
    await li.button("Take messages again").click()
    await expect(li.button("Block")).to_be_visible()


async def test_on_small_screens_nothing_is_cut_or_too_small(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, "start an inquiry", *INTAKE, "send", FEE)
    li = await sign_in("li", viewport=PHONE)
    for path in ("", "/search?q=lanterns", f"/contacts/{conversation}", "/search?q=example"):
        await li.page.goto(f"{harbour.url}/desk{path}")
        await _fits_small_screens(li.page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_stand_out_from_their_ground(
    harbour: ServerProcess, sign_in: SignIn, scheme: str
) -> None:
    await prospect_writes(harbour, FEE)
    li = await sign_in("li", color_scheme=scheme)
    await li.page.goto(f"{harbour.url}/desk/search?q=lanterns")
    for selector in (".found mark", ".found-top time", ".found-top .soft", ".excerpt a"):
        assert await contrast(li.page, selector) >= 4.5, (scheme, selector)
