"""A day at the desk in real browsers: two of the staff, three prospects, all at once, until the office has closed.

The server's clock is moved between its starts, so what rings and what is told comes through a restart.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.conversation.hours import usual
from tests.bot.told import INTAKE
from tests.browser.chat import ChatPage, chat
from tests.browser.console import ConsolePage, hire, latest, signing_in
from tests.browser.window import PHONE, OpenWindow
from tests.server import ClockedServer

pytestmark = pytest.mark.timeout(600)

NOISE = ("ERR_", "Failed to fetch", "net::", "403", "409")
RING = timedelta(minutes=6)
"""A little more than what a call is left alone."""
CONTACT = "name@example.com"


def _morning() -> datetime:
    """Half an hour after the office opens on a coming day."""
    opens = usual().opens((datetime.now(UTC) + timedelta(days=1)).replace(hour=0, minute=0))
    assert opens is not None
    return opens + timedelta(minutes=30)


@dataclass
class Day:
    """Who is there, and the conversations of the three."""

    office: ClockedServer
    li: ConsolePage
    marco: ConsolePage
    anna: ChatPage
    ben: ChatPage
    cho: ChatPage
    of_anna: str = ""
    of_ben: str = ""
    of_cho: str = ""


@pytest_asyncio.fixture(loop_scope="session")
async def day(tmp_path: Path, open_window: OpenWindow) -> AsyncIterator[Day]:
    office = ClockedServer(tmp_path, _morning())
    office.start()
    await hire(office)
    sign_in = signing_in(office, open_window)
    li, marco = await sign_in("li"), await sign_in("marco", viewport=PHONE)
    zones = ("Europe/Rome", "Asia/Shanghai", "America/New_York")
    anna, ben, cho = [await chat(await open_window(office.url, timezone_id=zone)) for zone in zones]
    for each in (li, marco, anna, ben, cho):
        each.window.forgive(*NOISE)
    yield Day(office, li, marco, anna, ben, cho)
    office.end()


async def test_a_day_at_the_desk(day: Day) -> None:
    await _three_come(day)
    await _one_of_two_takes(day)
    await _a_note_stays_inside_and_names_a_colleague(day)
    await _given_on_and_handed_back(day)
    await _an_inquiry_becomes_a_lead_that_is_exported(day)
    await _nobody_answers(day)
    await _closed_and_opened_by_writing(day)
    await _the_office_has_closed(day)
    await _found_by_what_was_said(day)
    await _a_reader_sees_nobody(day)


async def _three_come(day: Day) -> None:
    await day.anna.asks("How long is a recordation valid?")
    day.of_anna = await latest(day.office)
    await day.ben.asks("I would like to talk to a person about sunflower oil")
    day.of_ben = await latest(day.office)
    await day.cho.asks("start an inquiry")
    day.of_cho = await latest(day.office)
    for one in (day.li, day.marco):
        for conversation in (day.of_anna, day.of_ben, day.of_cho):
            await expect(one.entry(conversation)).to_be_visible()
        await expect(one.entries.first).to_contain_text("Waits for a person")
        await expect(one.page.locator(".filters")).to_contain_text("Waiting 1")


async def _one_of_two_takes(day: Day) -> None:
    for one in (day.li, day.marco):
        await one.opens(day.of_ben)
    silent = await day.ben.bot.count()
    await asyncio.gather(*(one.button("Take over").click() for one in (day.li, day.marco)))
    for one in (day.li, day.marco):
        await expect(one.state).to_contain_text("With ")
    if await day.marco.state.inner_text() == "With you":
        day.li, day.marco = day.marco, day.li
    await expect(day.li.state).to_have_text("With you")
    await expect(day.marco.page.locator(".anothers")).to_contain_text("has this conversation")
    await day.li.sends("Good morning, what is it about?")
    await expect(day.ben.staff).to_have_count(1)
    await day.ben.writes("how much is the official fee")
    await expect(day.li.said("prospect").last).to_contain_text("how much is the official fee")
    await expect(day.ben.bot).to_have_count(silent)


async def _a_note_stays_inside_and_names_a_colleague(day: Day) -> None:
    login = "marco" if "Li Na" in await day.li.page.locator(".me").inner_text() else "li"
    await day.marco.page.goto(f"{day.office.url}/desk/leads")
    await day.li.page.locator(".note-box summary").click()
    await day.li.note.fill(f"@{login} please go on, he asks for the fee")
    await day.li.button("Save note").click()
    await expect(day.li.said("note").last).to_contain_text("please go on")
    await expect(day.marco.page.locator("nav .calling")).to_contain_text("1 not seen")
    await day.marco.page.goto(f"{day.office.url}/desk/mentions")
    await expect(day.marco.page.locator(".mentions li")).to_contain_text("not seen")
    await day.marco.opens(day.of_ben)
    await expect(day.marco.said("note").last).to_contain_text("please go on")
    await expect(day.ben.log).not_to_contain_text("please go on")


async def _given_on_and_handed_back(day: Day) -> None:
    await day.li.page.locator("summary", has_text="More").click()
    await day.li.button("Give").click()
    await expect(day.li.page.locator(".anothers")).to_contain_text("has this conversation")
    await expect(day.ben.system.last).to_contain_text("has taken over from")
    await expect(day.marco.state).to_have_text("With you")
    await day.marco.sends("The fee is not charged any more.")
    await expect(day.ben.staff.last).to_contain_text("not charged any more")
    await day.marco.button("Hand back").click()
    await expect(day.ben.system.last).to_contain_text("has left")
    await day.ben.asks("how long does the recordation last")
    await expect(day.ben.staff).to_have_count(2)


async def _an_inquiry_becomes_a_lead_that_is_exported(day: Day) -> None:
    for answer in (*INTAKE, "send"):
        await day.cho.asks(answer)
    await expect(day.cho.log).to_contain_text("TW-")
    await day.li.page.goto(f"{day.office.url}/desk/leads")
    reference = await day.li.page.locator(".lead-name").inner_text()
    await day.li.button(f"{reference}: Contacted").first.click()
    await expect(day.li.page.get_by_role("region", name="Contacted")).to_contain_text(reference)
    async with day.li.page.expect_download() as saving:
        await day.li.page.get_by_role("link", name="Export JSON").click()
    [lead] = json.loads((await (await saving.value).path()).read_text())["leads"]
    assert (lead["reference"], lead["status"]) == (reference, "contacted")
    await day.li.page.goto(f"{day.office.url}/desk/contacts/{day.of_cho}")
    async with day.li.page.expect_download() as saving:
        await day.li.page.get_by_role("link", name="Export JSON").click()
    assert CONTACT in (await (await saving.value).path()).read_text()


async def _nobody_answers(day: Day) -> None:
    await day.anna.asks("a person please")
    for _ in range(3):
        day.office.moves(RING)
        await day.li.page.goto(f"{day.office.url}/desk")
        await expect(day.li.entries.first).to_contain_text("Waits for a person")
    await expect(day.anna.bot.last).to_contain_text("sorry that nobody has come yet")
    await expect(day.li.entries.first).to_contain_text("Reply overdue")


async def _closed_and_opened_by_writing(day: Day) -> None:
    await day.li.opens(day.of_anna)
    await day.li.sends("Here I am, sorry for the wait.")
    await expect(day.anna.staff.last).to_contain_text("sorry for the wait")
    await day.li.page.locator("summary", has_text="More").click()
    await day.li.page.get_by_label("Close it: why?").select_option(index=1)
    await day.li.button("Close").click()
    await expect(day.anna.system.last).to_contain_text("has closed this conversation")
    await day.anna.asks("How long is a recordation valid?")
    await expect(day.li.page.locator(".talk-name .state")).to_have_text("The bot answers")


async def _the_office_has_closed(day: Day) -> None:
    day.office.moves(timedelta(hours=10))
    await day.ben.asks("a person please")
    await expect(day.ben.bot.last).to_contain_text("Nobody is at the desk just now")
    await expect(day.ben.bot.last).to_contain_text("09:00 Beijing time")


async def _found_by_what_was_said(day: Day) -> None:
    await day.li.page.goto(f"{day.office.url}/desk")
    await day.li.page.keyboard.press("s")
    await day.li.page.keyboard.type("sunflower")
    await day.li.page.keyboard.press("Enter")
    await expect(day.li.page.locator("mark")).to_have_text("sunflower")
    await (
        day.li.page.locator("a", has=day.li.page.locator("mark"))
        .or_(day.li.page.locator(f"a[href*='{day.of_ben}']"))
        .first.click()
    )
    await expect(day.li.page.locator("#talk-title")).to_be_visible()
    assert day.of_ben in day.li.page.url


async def _a_reader_sees_nobody(day: Day) -> None:
    admin, other = day.li, day.marco
    if "Li Na" not in await admin.page.locator(".me").text_content():  # type: ignore[operator]
        admin, other = other, admin
    await other.opens(day.of_cho)
    await expect(other.page.locator("#main")).to_contain_text(CONTACT)
    await admin.page.goto(f"{day.office.url}/desk/people")
    his = admin.page.locator("form.role").filter(
        has=admin.page.get_by_label("Save the role of Marco")
    )
    await his.locator("select").select_option("reader")
    await his.get_by_role("button").click()
    await other.opens(day.of_cho)
    await expect(other.page.locator("#main")).not_to_contain_text(CONTACT)
    await expect(other.reply).to_have_count(0)
    await expect(other.page.get_by_role("link", name="People")).to_have_count(0)
    await other.page.goto(f"{day.office.url}/desk/people")
    await expect(other.page.locator("main")).to_contain_text("role")
