"""The console's look and reach: without scripts, on small screens, by day and night, and the files it gives."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from bot.desk.accounts import Accounts
from bot.leads import registry
from tests.bot.told import INTAKE
from tests.browser.colours import contrast
from tests.browser.conftest import PHONE, OpenWindow
from tests.browser.console import (
    PASSWORD,
    ConsolePage,
    SignIn,
    opened,
    prospect_writes,
)
from tests.server import ServerProcess

pytestmark = pytest.mark.timeout(300)

FEE = "Is there an official fee for recordation?"
NARROW = {"width": 320, "height": 640}

SMALL = """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), textarea')]
  .filter((one) => one.checkVisibility() && !one.closest('.skip, .visually-hidden'))
  .map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect()])
  .filter(([one, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)"""
"""What is too small for a finger."""

# Without scripts


async def test_everything_works_without_scripts(harbour: ServerProcess, sign_in: SignIn) -> None:
    conversation = await prospect_writes(harbour, "a person please")
    li = await sign_in("li", java_script_enabled=False)
    await li.entry(conversation).click()
    await li.button("Take over").click()
    await expect(li.state).to_have_text("With you")
    await li.sends("Sent by a plain form.")
    await li.page.locator("summary", has_text="Note for colleagues").click()
    await li.note.fill("A plain note.")
    await li.button("Save note").click()
    await expect(li.said("note")).to_contain_text("A plain note.")
    await li.button("Hand back").click()
    await expect(li.state).to_have_text("The bot answers")
    await li.page.locator("summary", has_text="More").click()
    await li.page.get_by_label("Close it: why?").select_option("answered")
    await li.button("Close").click()
    await expect(li.state).to_have_text("Closed: The question is answered")
    await li.page.locator("summary:has(.me)").click()
    await li.button("Sign out").click()
    await expect(li.button("Sign in")).to_be_visible()


# The door


async def test_the_set_up_link_by_hand(harbour: ServerProcess, open_window: OpenWindow) -> None:
    async with opened(harbour) as store:
        path = await Accounts(store).invite()
    window = await open_window(harbour.url + path)
    window.forgive("422")
    page = window.page
    await page.get_by_label("Login").fill("anna@example.com")
    await page.get_by_label("Name", exact=True).fill("Anna")
    await page.get_by_label("Password", exact=True).fill("anna@example.com")
    await page.get_by_label("Password once more").fill("anna@example.com")
    await page.get_by_role("button", name="Save and sign in").click()
    await expect(page.get_by_role("alert")).to_contain_text("must not be the login")
    await page.locator("[name=password]").fill(PASSWORD)
    await page.locator("[name=again]").fill(PASSWORD)
    await page.get_by_role("button", name="Save and sign in").click()
    await expect(page.locator(".me")).to_have_text("Anna")


async def test_a_wrong_password_is_told(harbour: ServerProcess, open_window: OpenWindow) -> None:
    window = await open_window(f"{harbour.url}/desk/leads")
    window.forgive("401")
    await window.page.fill("[name=login]", "nobody")
    await window.page.fill("[name=password]", "not the password")
    await window.page.get_by_role("button", name="Sign in").click()
    await expect(window.page.get_by_role("alert")).to_contain_text("do not go together")
    await expect(window.page.locator("[name=password]")).to_be_focused()
    await ConsolePage(window, harbour.url).signs_in("marco")
    assert window.page.url.endswith("/desk/leads")


# Leads


async def test_an_inquiry_becomes_a_lead_with_its_files(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, "start an inquiry", *INTAKE, "send")
    async with opened(harbour) as store:
        (lead,) = await store.read(lambda work: registry.of_conversation(work, conversation))
    li = await (await sign_in("li")).opens(conversation)
    await li.page.get_by_role("link", name=lead.reference, exact=True).click()
    await expect(li.page.get_by_role("heading", level=1)).to_have_text(lead.reference)
    await expect(li.page.locator(".sheet").first).to_contain_text("Example Trading Ltd")
    await li.button("Contacted").click()
    await expect(li.button("Contacted")).to_have_attribute("aria-pressed", "true")
    await li.page.locator(".top nav a[href='/desk/leads']").click()
    await li.page.get_by_role("link", name="Table", exact=True).click()
    row = li.page.get_by_role("row").filter(has_text=lead.reference)
    await expect(row).to_contain_text("Delivered", timeout=20_000)
    async with li.page.expect_download() as saving:
        await li.page.get_by_role("link", name="Export CSV").click()
    saved = await saving.value
    assert saved.suggested_filename.endswith(".csv")
    assert lead.reference in (await saved.path()).read_text(encoding="utf-8-sig")


# How it looks


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_stand_out_from_their_ground(
    harbour: ServerProcess, sign_in: SignIn, scheme: str
) -> None:
    conversation = await prospect_writes(harbour, FEE, "a person please")
    other = await prospect_writes(harbour, "a person please")
    li = await (await sign_in("li", color_scheme=scheme)).opens(conversation)
    selectors = [
        ".entry-title",
        ".entry .preview",
        ".entry:not([aria-current]) time",
        ".entry:not([aria-current]) .state.waiting",
        ".entry[aria-current] .state",
        ".filters a:not([aria-current])",
        ".filters .calls",
        ".top nav a",
        ".line.prospect .said",
        ".line.bot .said",
        ".line.bot .sources",
        ".line time",
        ".offered li",
        ".button.primary",
        "#reply-hint",
        ".note-box summary",
        ".card dt",
        ".card dd",
    ]
    await expect(li.entry(other)).to_be_visible()
    for selector in selectors:
        assert await contrast(li.page, selector) >= 4.5, (scheme, selector)
    await li.sends("Good morning.")
    await li.page.keyboard.press("Escape")
    await li.page.keyboard.press("n")
    await li.note.fill("inside")
    await li.button("Save note").click()
    await expect(li.said("note")).to_be_visible()
    for selector in (".line.staff .said", ".line.system .said", ".line.note .said", ".inside"):
        assert await contrast(li.page, selector) >= 4.5, (scheme, selector)


async def _wide(page: Page) -> bool:
    found = await page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return bool(found)


async def test_on_small_screens_nothing_is_cut_or_too_small(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, FEE, "start an inquiry", "trademark")
    await prospect_writes(harbour, "start an inquiry", *INTAKE, "send")
    li = await sign_in("li", viewport=NARROW)
    for path in ("", f"/conversations/{conversation}", "/leads", "/leads/table"):
        await li.page.goto(f"{harbour.url}/desk{path}")
        await _fits_small_screens(li.page)
    await li.page.locator("table.leads a").first.click()
    await expect(li.page.get_by_role("heading", level=1)).to_contain_text("TW-")
    await _fits_small_screens(li.page)


async def _fits_small_screens(page: Page) -> None:
    for viewport in (PHONE, {"width": 900, "height": 700}, NARROW):
        await page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
        assert not await _wide(page), (page.url, viewport)
        assert await page.evaluate(SMALL) == [], (page.url, viewport)


async def test_on_a_phone_list_and_conversation_are_pages_of_their_own(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, "start an inquiry", "trademark")
    li = await sign_in("li", viewport=PHONE)
    await expect(li.page.locator(".talk")).to_have_count(0)
    await li.entry(conversation).click()
    await expect(li.entries.first).to_be_hidden()
    await expect(li.lines.last).to_be_in_viewport()
    await expect(li.reply).to_be_in_viewport()
    card = li.page.get_by_role("complementary", name="Card")
    await expect(card).to_be_hidden()
    await li.page.get_by_role("link", name="Card").click()
    await expect(card).to_contain_text("Kind of right")
    await li.page.get_by_role("link", name="Back to the conversation").click()
    await expect(card).to_be_hidden()
    await li.page.get_by_role("link", name="Back to the list").click()
    await expect(li.entry(conversation)).to_be_visible()


async def test_the_landmarks_are_named(harbour: ServerProcess, sign_in: SignIn) -> None:
    li = await (await sign_in("li")).opens(await prospect_writes(harbour, FEE))
    role = li.page.get_by_role
    await expect(role("main")).to_have_count(1)
    await expect(role("heading", level=1)).to_have_count(1)
    for name in ("Desk", "Filter"):
        await expect(role("navigation", name=name)).to_have_count(1)
    await expect(role("region", name="Conversations")).to_have_count(1)
    await expect(role("article")).to_have_count(1)
    await expect(role("complementary", name="Card")).to_have_count(1)
    await expect(role("log", name="What was said")).to_have_count(1)
    await expect(role("textbox", name="Reply to the prospect")).to_have_count(1)
