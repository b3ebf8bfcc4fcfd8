"""The chat page for everybody: by keyboard, by screen reader, by thumb, on small screens, in the dark, on paper."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.chat import FEE, ChatPage, chat
from tests.browser.colours import contrast, luminance
from tests.browser.window import PHONE, OpenWindow
from tests.server import ServerProcess

TINY = {"width": 320, "height": 568}


# Keyboards and screen readers


async def test_everything_can_be_done_by_keyboard(en: ChatPage) -> None:
    keyboard = en.page.keyboard
    await expect(en.box).to_be_focused()
    await keyboard.type(FEE)
    await keyboard.press("Enter")
    await expect(en.bot).to_have_count(2)
    await keyboard.press("Shift+Tab")
    await expect(en.page.get_by_role("button", name="Attach files")).to_be_focused()
    await keyboard.press("Shift+Tab")
    await expect(en.choices.last).to_be_focused()
    while not await en.choices.first.evaluate("(button) => button === document.activeElement"):
        await keyboard.press("Shift+Tab")
    await keyboard.press("Shift+Tab")
    await expect(en.bot.last.locator("summary")).to_be_focused()
    await keyboard.press("Enter")
    await expect(en.bot.last.locator("details")).to_have_attribute("open", "")
    await keyboard.press("Tab")
    await expect(en.bot.last.locator(".sources a").first).to_be_focused()
    while not await en.choices.first.evaluate("(button) => button === document.activeElement"):
        await keyboard.press("Tab")
    await keyboard.press("Enter")
    await expect(en.own).to_have_count(2)
    await expect(en.box).to_be_focused()


async def test_the_first_tab_leads_past_the_talk(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    # On a touch screen nothing has the focus yet, so the first stop is the page's first.
    page = await chat(await open_window(site.url, has_touch=True, is_mobile=True))
    await page.page.keyboard.press("Tab")
    skip = page.page.get_by_role("link", name="Go to the message box")
    await expect(skip).to_be_focused()
    await page.page.keyboard.press("Enter")
    await expect(page.box).to_be_focused()


async def test_a_screen_reader_is_told_what_is_new_and_not_what_is_old(en: ChatPage) -> None:
    await expect(en.log).to_have_attribute("aria-live", "polite")
    await expect(en.log).to_have_attribute("aria-label", "Conversation")
    await expect(en.page.get_by_role("textbox", name="Your message")).to_be_visible()
    await expect(en.page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    group = en.log.get_by_role("group", name="Suggested answers")
    await expect(group).to_be_visible()


async def test_who_reads_above_is_not_pulled_away(en: ChatPage) -> None:
    for _ in range(4):
        await en.asks(FEE)
    await en.log.evaluate("(log) => log.scrollTo({ top: 0, behavior: 'instant' })")
    await expect(en.bot.first).to_be_in_viewport()
    other = await en.page.context.new_page()
    await other.goto(en.page.url)
    await other.locator("#words").fill(FEE)
    await other.locator("#words").press("Enter")
    await expect(en.bot).to_have_count(6)
    newer = en.page.locator("#newer")
    await expect(newer).to_be_visible()
    assert await en.log.evaluate("(log) => log.scrollTop") == 0
    await en.page.bring_to_front()
    await newer.click()
    await expect(en.bot.last.locator(".choice").last).to_be_in_viewport()
    await expect(newer).to_be_hidden()


async def test_quick_talk_is_followed_to_its_end(en: ChatPage) -> None:
    # Each answer comes while the page is still moving towards the message before it.
    for text in ("start an inquiry", "trademark", "skip", "Example Ltd", "Italy", "Shoes"):
        await en.asks(text)
    await expect(en.page.locator("#newer")).to_be_hidden()
    await expect(en.bot.last.locator(".words")).to_be_in_viewport(ratio=1)
    await expect(en.choices.last).to_be_in_viewport(ratio=1)


async def test_a_long_answer_is_read_from_its_beginning(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    page = await chat(await open_window(site.url, viewport=TINY))
    answer = await page.asks("What is the fee, and which documents are needed?")
    await expect(answer.locator(".words > :first-child")).to_be_in_viewport(ratio=1)
    await expect(page.page.locator("#newer")).to_be_hidden()


# Looks

WORDS = (
    *(".bar h1", "#presence-words", "#switch", ".footer"),
    *(".bot .words p", ".bot .byline b", ".bot time", ".prospect .words p", ".choice.plain"),
    *(".choice.quiet", ".sources summary"),
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_stand_out_from_their_ground(
    site: ServerProcess, open_window: OpenWindow, scheme: str
) -> None:
    page = await chat(await open_window(site.url, color_scheme=scheme))
    await page.asks(FEE)
    found = {selector: round(await contrast(page.page, selector), 2) for selector in WORDS}
    assert {selector for selector, ratio in found.items() if ratio < 4.5} == set(), found


async def test_dark_is_dark(site: ServerProcess, open_window: OpenWindow, tmp_path: Path) -> None:
    page = await chat(await open_window(site.url, color_scheme="dark", viewport=PHONE))
    await page.asks(FEE)
    picture = await page.page.screenshot(path=tmp_path / "dark.png")
    assert picture.startswith(b"\x89PNG")
    ground = await page.page.locator("#chat").evaluate(
        "(chat) => getComputedStyle(chat).backgroundColor"
    )
    assert luminance([float(part) for part in re.findall(r"[\d.]+", ground)]) < 0.05


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
async def test_nothing_hangs_over_the_edge(
    site: ServerProcess, open_window: OpenWindow, locale: str
) -> None:
    window = await open_window(site.url, viewport=TINY, locale=locale, has_touch=True)
    page = await chat(window)
    await page.asks("How much security must we give for goods worth RMB 150,000?")
    await page.writes("x" * 300 + " https://example.com/" + "y" * 200)
    await expect(page.own).to_have_count(2)
    for width, height in ((TINY["width"], TINY["height"]), (390, 844), (844, 390)):
        await page.page.set_viewport_size({"width": width, "height": height})
        assert await page.page.evaluate("document.documentElement.scrollWidth") == width
        for locator in (page.box, page.page.locator("#send"), page.page.locator("#switch")):
            await expect(locator).to_be_in_viewport(ratio=1)
        assert await page.log.evaluate("(log) => log.scrollWidth <= log.clientWidth")


async def test_everything_that_is_pressed_is_large_enough(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    page = await chat(await open_window(site.url, viewport=PHONE, has_touch=True))
    await page.asks(FEE)
    small = await page.page.evaluate(
        """() => [...document.querySelectorAll("button, a.button, summary, textarea")]
          .filter((element) => element.checkVisibility())
          .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
          .filter(([, box]) => box.width > 0 && (box.height < 44 || box.width < 44))
          .map(([html]) => html)"""
    )
    assert small == []


async def test_on_a_phone_the_keyboard_does_not_come_up_by_itself(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    window = await open_window(site.url, viewport=PHONE, has_touch=True, is_mobile=True)
    page = await chat(window)
    await expect(page.box).not_to_be_focused()
    await page.choices.first.tap()
    await expect(page.bot).to_have_count(2)
    await expect(page.box).not_to_be_focused()


async def test_who_wants_no_motion_gets_none(site: ServerProcess, open_window: OpenWindow) -> None:
    page = await chat(await open_window(site.url, reduced_motion="reduce"))
    for _ in range(3):
        await page.asks(FEE)
    moving = await page.page.evaluate(
        "document.getAnimations().filter((a) => a.effect.getTiming().duration > 1).length"
    )
    assert moving == 0


async def test_paper_gets_the_talk_and_nothing_to_press(en: ChatPage) -> None:
    await en.asks(FEE)
    await en.page.emulate_media(media="print")
    await en.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    await expect(en.bot.last.locator(".sources li").first).to_be_visible()
    for selector in ("#composer", "#switch", ".choices"):
        await expect(en.page.locator(selector).first).to_be_hidden()


async def test_without_scripts_the_page_says_what_it_needs(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    window = await open_window(site.url, java_script_enabled=False)
    # Playwright stops scripts only after the parser has made its mind up about `noscript`.
    assert "This chat needs JavaScript" in await window.page.content()
    await expect(window.page.locator("#composer")).to_be_hidden()
    await expect(window.page.locator("#loading")).to_be_hidden()
