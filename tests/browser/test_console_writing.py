"""Writing at the console with scripts: suggestions, canned replies, corrections, and who else is there."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.bot.told import INTAKE
from tests.browser.chat import chat
from tests.browser.console import SignIn, latest, prospect_writes
from tests.browser.window import OpenWindow
from tests.server import ServerProcess

pytestmark = pytest.mark.timeout(300)

SHOWN = """() => {
  window.shown = [];
  Object.defineProperty(document, "hidden", { get: () => true });
  window.Notification = class extends EventTarget {
    static permission = "granted";
    static requestPermission = async () => "granted";
    constructor(_title, { body }) { super(); shown.push(body); }
  };
}"""
"""The page believes that nobody looks, and its notifications are kept."""
FEE = "Is there an official fee for recordation?"


async def test_a_suggestion_and_a_canned_reply_are_put_into_the_editor(
    harbour: ServerProcess, sign_in: SignIn, open_window: OpenWindow
) -> None:
    prospect = await chat(await open_window(harbour.url))
    await prospect.writes("a person please")
    await expect(prospect.bot).to_have_count(2)
    li = await (await sign_in("li")).opens(await latest(harbour))
    await li.button("Take over").click()
    await expect(li.state).to_have_text("With you")
    await prospect.writes(FEE)
    suggested = li.page.get_by_role("region", name="Suggested answer")
    await expect(suggested).to_contain_text("Source:")
    await li.page.keyboard.press("Escape")
    await li.page.keyboard.press("u")
    await expect(li.reply).to_be_focused()
    await expect(li.reply).to_have_value(await suggested.locator(".suggested-text").inner_text())
    await li.reply.fill("")
    await li.page.keyboard.type("/goodbye")
    await expect(li.page.locator("#slash li")).to_have_count(1)
    await li.page.keyboard.press("Enter")
    await expect(li.reply).to_have_value(
        "Thank you for writing to us. If another question comes up, simply write here again."
    )
    await expect(li.page.locator("#slash")).to_be_hidden()
    await li.page.keyboard.press("Control+Enter")
    await expect(prospect.page.locator(".line.staff")).to_contain_text("Thank you for writing")
    await expect(suggested).to_have_count(0)


async def test_a_correction_stands_in_the_place_of_the_message(
    harbour: ServerProcess, sign_in: SignIn, open_window: OpenWindow
) -> None:
    prospect = await chat(await open_window(harbour.url))
    await prospect.writes("a person please")
    await expect(prospect.bot).to_have_count(2)
    li = await (await sign_in("li")).opens(await latest(harbour))
    await li.sends("Pleese send it.")
    theirs = prospect.page.locator(".line.staff")
    await expect(theirs).to_contain_text("Pleese")
    await expect(li.page.locator(".got")).to_have_text("Seen: the page was in sight")
    await li.page.locator(".edit-own summary").click()
    await li.page.locator(".edit-own textarea").fill("Please send it.")
    await li.page.locator(".edit-own button").click()
    for _ in range(2):
        await expect(theirs).to_have_count(1)
        await expect(theirs.locator(".words")).to_have_text("Please send it.")
        await expect(theirs.locator(".status")).to_have_text("Edited")
        await prospect.page.reload()


async def test_what_was_refused_stands_through_news_until_it_is_saved(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, "start an inquiry", *INTAKE[:5])
    li = await (await sign_in("li")).opens(conversation)
    li.window.forgive("409")
    await li.button("Take over").click()
    await li.page.locator("#fill-in summary").click()
    contact = li.page.get_by_label("Contact", exact=True)
    await contact.fill("call me")
    await li.button("Save").click()
    trouble = li.page.locator("#fill-in .trouble")
    await expect(trouble).to_contain_text("Contact:")
    news = await prospect_writes(harbour, FEE)
    await expect(li.entry(news)).to_be_visible()
    await expect(contact).to_have_value("call me")
    await expect(trouble).to_be_visible()
    await contact.fill("name@example.com")
    await li.button("Save").click()
    await expect(li.said("system").last).to_contain_text("Contact: name@example.com")
    await expect(trouble).to_have_count(0)
    await expect(contact).to_have_value("name@example.com")


async def test_colleagues_see_who_looks_and_who_writes(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, "a person please")
    li = await (await sign_in("li")).opens(conversation)
    marco = await (await sign_in("marco")).opens(conversation)
    here = marco.page.locator("#here")
    await expect(here).to_have_text("Li Na is looking")
    await li.reply.fill("Good mor")
    await expect(here).to_have_text("Li Na is writing")
    await li.page.goto(f"{harbour.url}/desk/leads")
    await expect(here).to_have_text("")


async def test_a_notification_says_that_somebody_waits_and_no_word_of_theirs(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    li = await sign_in("li", permissions=["notifications"])
    await li.page.evaluate(SHOWN)
    first = await prospect_writes(harbour, "a person please")
    await expect(li.entry(first)).to_contain_text("Waits for a person")
    assert await li.page.evaluate("shown") == [], "it is off until it is wanted"
    await li.page.locator("summary:has(.me)").click()
    await li.page.get_by_label("Notify me in this browser").check()
    await expect(li.page.get_by_label("With a soft sound")).not_to_be_checked()
    second = await prospect_writes(harbour, "a person please")
    await expect(li.entry(second)).to_contain_text("Waits for a person")
    (body,) = await li.page.evaluate("shown")
    assert re.fullmatch(r"(A conversation waits|\d+ conversations wait) for a person\.", body)
    await li.page.reload()
    await li.page.locator("summary:has(.me)").click()
    await expect(li.page.get_by_label("Notify me in this browser")).to_be_checked()
