"""A whole inquiry by keys alone: no mouse, and no focus that the page did not give or a key did not move."""

from __future__ import annotations

import asyncio

from playwright.async_api import Locator, Route, expect

from tests.bot.files.samples import JPG, PDF
from tests.browser.chat import ChatPage, chat
from tests.browser.test_chat_files import given
from tests.browser.window import PHONE, OpenWindow
from tests.server import ServerProcess

FAR = 40
"""No button is further from the box than so many keys."""
WHOLE = 0.95
"""So much of a thing is all of it: scrolling ends within a pixel."""
HAS_FOCUS = "(element) => element === document.activeElement"


async def reach(page: ChatPage, wanted: Locator, key: str = "Shift+Tab") -> None:
    """Move the focus there."""
    for _ in range(FAR):
        if await wanted.evaluate(HAS_FOCUS):
            return
        await page.page.keyboard.press(key)
    raise AssertionError(f"no key leads to {wanted}")


async def answered(page: ChatPage, before: int, question: str) -> None:
    """The bot goes on with this; it is seen whole above the box, and the box has the focus for the next line."""
    await expect(page.bot.nth(before)).to_contain_text(question)
    await expect(page.bot.nth(before).locator(".words > :last-child")).to_be_in_viewport(
        ratio=WHOLE
    )
    await expect(page.box).to_be_focused()


async def types(page: ChatPage, words: str, question: str) -> None:
    before = await page.bot.count()
    await page.page.keyboard.type(words)
    await page.page.keyboard.press("Enter")
    await answered(page, before, question)


async def presses(page: ChatPage, label: str, question: str, key: str = "Enter") -> None:
    before = await page.bot.count()
    button = page.choices.get_by_text(label, exact=True)
    await reach(page, button)
    await expect(button).to_be_in_viewport(ratio=WHOLE)
    await page.page.keyboard.press(key)
    await answered(page, before, question)


async def sends_files(page: ChatPage, question: str) -> None:
    """Two at once, and one of them taken out again."""
    before = await page.bot.count()
    await reach(page, page.page.locator("#attach"))
    async with page.page.expect_file_chooser() as chooser:
        await page.page.keyboard.press("Enter")
    await (await chooser.value).set_files([given("certificate.pdf", PDF), given("shoe.jpg", JPG)])
    await expect(page.page.locator("#tray > li.done")).to_have_count(2)
    await reach(page, page.page.get_by_role("button", name="Remove shoe.jpg"))
    await page.page.keyboard.press("Space")
    await expect(page.page.locator("#tray > li")).to_have_count(1)
    await expect(page.page.locator("#tray-status")).to_have_text("")
    await expect(page.page.locator("#attach")).to_be_focused()
    await reach(page, page.box, "Tab")
    await page.page.keyboard.press("Enter")
    await answered(page, before, question)


async def test_an_inquiry_is_begun_filled_in_changed_and_sent(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    page = await chat(await open_window(site.url, viewport=PHONE))
    # The browser is told to hand out its choosers when somebody first listens, and a key is quicker than that.
    page.page.on("filechooser", lambda _: None)
    await expect(page.box).to_be_focused()
    await presses(page, "Start an inquiry", "Which kind of right")
    await presses(page, "Trademark", "Is the mark registered in China?", "Space")
    await presses(page, "Why do you ask?", "Is the mark registered in China?")
    await presses(page, "Registered in China", "registration or patent number")
    await types(page, "1234567", "Is there another right")
    await presses(page, "That is all", "How are you connected")
    await presses(page, "Back", "Is there another right")
    await presses(page, "Keep the answer", "How are you connected")
    await presses(page, "Owner", "name of the right holder")
    await types(page, "Example Trading Ltd", "a company or a person")
    await presses(page, "Company", "country or region")
    await types(page, "Italy", "Which goods")
    await types(page, "running shoes", "How urgent")
    await presses(page, "Planning ahead", "give them now")
    await presses(page, "Yes, now", "Who makes, exports or imports")
    await presses(page, "Skip", "makers, traders or ports", "Space")
    await presses(page, "Skip", "send copies")
    await sends_files(page, "Received so far: certificate.pdf")
    await presses(page, "That is all", "What is your name?")
    await types(page, "Anna Rossi", "Where can a colleague reach you?")
    await types(page, "anna@example.com", "May AAA IPRIGHT store")
    await reads_the_summary_and_changes_it(page)
    await receives_the_receipt(page)


async def reads_the_summary_and_changes_it(page: ChatPage) -> None:
    """It is longer than the window: its top is shown, and the keys bring the buttons below it into view."""
    before = await page.bot.count()
    await reach(page, page.choices.get_by_text("I agree", exact=True))
    await page.page.keyboard.press("Enter")
    await expect(page.bot.nth(before)).to_contain_text("Files: certificate.pdf")
    await expect(page.bot.nth(before).get_by_text("Please check your answers:")).to_be_in_viewport()
    await presses(page, "Goods", "Your answer so far: running shoes.")
    before = await page.bot.count()
    await page.page.keyboard.type("boots")
    await page.page.keyboard.press("Enter")
    await expect(page.bot.nth(before)).to_contain_text("Goods: boots")


async def receives_the_receipt(page: ChatPage) -> None:
    """Receipt and papers come one after the other through the stream: the receipt is not pushed out of view."""

    async def slowly(route: Route) -> None:
        response = await route.fetch()
        await asyncio.sleep(0.5)
        await route.fulfill(response=response)

    await page.page.route("**/api/chat/messages*", slowly)
    before = await page.bot.count()
    send = page.choices.get_by_text("Send", exact=True)
    await reach(page, send)
    await expect(send).to_be_in_viewport(ratio=WHOLE)
    await page.page.keyboard.press("Enter")
    await expect(page.bot).to_have_count(before + 2)
    await expect(page.bot.nth(before + 1)).to_contain_text("an application for recordation needs")
    await page.page.unroute_all(behavior="wait")
    await expect(page.bot.nth(before).get_by_text("Your reference is TW-")).to_be_in_viewport(
        ratio=1
    )
    await expect(page.box).to_be_focused()
