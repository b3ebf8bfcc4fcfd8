"""Accounts in the browser: codes, an invitation, a role, a browser signed out; and how the pages look."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.desk import totp
from tests.browser.colours import contrast
from tests.browser.conftest import PHONE, OpenWindow
from tests.browser.console import PASSWORD, SignIn, signing_in, staffed
from tests.browser.test_console_looks import SMALL
from tests.server import ServerProcess

pytestmark = pytest.mark.timeout(300)

PATHS = ("/desk/people", "/desk/people/audit", "/desk/account")
UNNAMED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter((one) => !one.labels?.length && !one.getAttribute('aria-label')).map((one) => one.outerHTML)"""
"""Fields that a screen reader could not name."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def harbour(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ServerProcess]:
    """A server of its own: what is done to accounts here would lock other tests out."""
    async with staffed(tmp_path_factory.mktemp("people")) as server:
        yield server


@pytest.fixture
def sign_in(harbour: ServerProcess, open_window: OpenWindow) -> SignIn:
    """Opens the console for a colleague on it."""
    return signing_in(harbour, open_window)


async def _code(page: Page, secret: str, late: int = 0) -> str:
    now = int(await page.evaluate("Date.now() / 1000"))
    return totp.code(secret, now // totp.STEP_SECONDS + late)


async def test_codes_and_browsers(
    harbour: ServerProcess, sign_in: SignIn, open_window: OpenWindow
) -> None:
    li = await sign_in("li")
    await li.page.locator("summary:has(.me)").click()
    await li.page.get_by_role("link", name="Your account").click()

    await li.page.get_by_label("Your password").fill(PASSWORD)
    await li.button("Set it up").click()
    secret = (await li.page.locator("#secret").inner_text()).replace(" ", "")
    link = await li.page.get_by_role("link", name="Open the app").get_attribute("href")
    assert link is not None
    assert secret in link
    await li.page.get_by_label("Code", exact=True).fill(await _code(li.page, secret, -1))
    await li.button("Turn on").click()
    codes = await li.page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    window = await open_window(f"{harbour.url}/desk/leads")
    window.forgive("401")
    door = window.page
    await door.fill("[name=login]", "li")
    await door.fill("[name=password]", PASSWORD)
    await door.get_by_role("button", name="Sign in").click()
    await expect(door.get_by_label("Code")).to_be_focused()
    await door.get_by_label("Code").fill("000 000")
    await door.get_by_role("button", name="Sign in").click()
    await expect(door.get_by_role("alert")).to_contain_text("does not fit")
    await door.get_by_label("Code").fill(await _code(door, secret))
    await door.get_by_role("button", name="Sign in").click()
    await expect(door.get_by_role("heading", name="Leads")).to_be_visible()

    # The other browser is signed out
    await li.page.get_by_role("link", name="I have kept them").click()
    here = li.page.locator(".sessions li")
    await expect(here.filter(has_text="here")).to_have_count(1)
    await door.goto(
        "about:blank"
    )  # An open page goes to the door by itself, and no second way may cross that.
    await li.button("Sign out all others").click()
    await expect(here).to_have_count(1)
    await door.goto(f"{harbour.url}/desk")
    await expect(door.get_by_label("Password")).to_be_visible()

    # Off again, by a recovery code
    await li.page.goto(f"{harbour.url}/desk/account")
    await li.page.get_by_label("Code", exact=True).fill(codes[0])
    await li.button("Turn off").click()
    await expect(li.page.get_by_role("status").filter(has_text="No code")).to_be_visible()


async def test_an_invitation_a_role_and_what_the_log_says(
    harbour: ServerProcess, sign_in: SignIn, open_window: OpenWindow
) -> None:
    li = await sign_in("li")
    await li.page.goto(f"{harbour.url}/desk/people")
    invite = li.page.locator("form.invite")
    await invite.get_by_label("Login").fill("newcomer")
    await invite.get_by_label("Role").select_option("reader")
    await invite.get_by_role("button").click()
    path = await li.page.get_by_label("Link").input_value()
    newcomer = (await open_window(path)).page
    await newcomer.get_by_label("Name", exact=True).fill("New Comer")
    for field in ("password", "again"):
        await newcomer.fill(f"[name={field}]", PASSWORD)
    await newcomer.get_by_role("button", name="Save and sign in").click()
    await expect(newcomer.locator(".me")).to_have_text("New Comer")
    await expect(newcomer.get_by_role("link", name="People")).to_have_count(0)

    await li.page.goto(f"{harbour.url}/desk/people")
    member = li.page.locator(".member", has_text="New Comer")
    await member.get_by_label("Role").first.select_option("agent")
    await li.button("Save the role of New Comer").click()
    await li.page.get_by_role("link", name="Audit log").click()
    for line in ("from reader, to agent", "Invited somebody", "Signed in"):
        await expect(li.page.locator(".journal tr", has_text=line).first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_pages_can_be_read_and_touched(
    harbour: ServerProcess, sign_in: SignIn, scheme: str
) -> None:
    li = await sign_in("li", color_scheme=scheme, viewport=PHONE)
    for path in PATHS:
        await li.page.goto(harbour.url + path)
        wide = await li.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} wider than the phone"
        assert await li.page.evaluate(SMALL) == [], path
        assert await li.page.evaluate(UNNAMED) == [], path
        for selector in ("h1", "main .soft", "main label", ".tag", ".journal td b", ".danger"):
            if await li.page.locator(selector).count():
                assert await contrast(li.page, selector) >= 4.5, (path, selector)
