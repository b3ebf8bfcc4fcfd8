"""The page of rules in a browser: found, narrowed, turned to the other language, read by everybody."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.colours import contrast
from tests.browser.conftest import PHONE, OpenWindow
from tests.server import ServerProcess

FEE = "article[id='cn.fee.current']"
SMALL = """() => [...document.querySelectorAll('a, button, input, select, summary')]
  .filter((each) => each.offsetParent && !each.closest('.skip, .basis'))
  .filter((each) => each.getBoundingClientRect().height < 44)
  .map((each) => each.textContent)"""


async def test_a_search_narrows_the_page_and_says_how_far(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    page = (await open_window(f"{site.url}/rules")).page
    await page.get_by_label("Search the rules").fill("OFFICIAL fee 2015")
    await expect(page.get_by_role("status")).to_contain_text(" of ")
    await expect(page.locator("article[id='cn.fee.history']")).to_be_hidden()
    await page.get_by_label("Search the rules").fill("人民币0元")
    await expect(page.get_by_role("status")).to_contain_text("1 of ")
    await expect(page.locator(FEE)).to_be_visible()
    await page.get_by_label("Search the rules").fill("no such words")
    await expect(page.get_by_role("status")).to_contain_text("No rule has all of these words.")
    await page.get_by_role("link", name="Fees and other costs").click()
    await expect(page.get_by_role("heading", name="Fees and other costs")).to_be_in_viewport()
    await page.get_by_label("Show").select_option("low")
    await expect(page.get_by_role("status")).to_contain_text("3 of ")


async def test_the_language_is_switched_where_one_reads(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    page = (await open_window(f"{site.url}/rules#cn.fee.current")).page
    rule = page.locator(FEE)
    await expect(rule.get_by_text("There is no official fee")).to_be_in_viewport()
    await expect(rule.get_by_text("均不收取官方费用")).to_be_hidden()
    await page.get_by_role("button", name="中文").click()
    await expect(rule.get_by_text("均不收取官方费用")).to_be_in_viewport()
    await expect(rule.get_by_text("There is no official fee")).to_be_hidden()
    await expect(page.locator("html")).to_have_attribute("lang", "zh")
    assert page.url.endswith("?lang=zh#cn.fee.current")
    await page.get_by_role("button", name="双语").click()
    await expect(rule.get_by_text("There is no official fee")).to_be_visible()


async def test_without_scripts_both_languages_are_there(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    page = (await open_window(f"{site.url}/rules?lang=zh", java_script_enabled=False)).page
    await expect(page.locator(FEE).get_by_text("There is no official fee")).to_be_visible()
    await expect(page.locator(FEE).get_by_text("均不收取官方费用")).to_be_visible()
    await expect(page.locator("#controls")).to_be_hidden()


async def test_a_phone_is_wide_enough_and_a_finger_fine_enough(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    narrow = {"width": 320, "height": 640}
    for language in ("en", "zh", "both"):
        window = await open_window(f"{site.url}/rules?lang={language}", viewport=narrow)
        wide = await window.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320
    window = await open_window(f"{site.url}/rules", viewport=PHONE, has_touch=True)
    assert await window.page.evaluate(SMALL) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_stand_out_from_their_ground(
    site: ServerProcess, open_window: OpenWindow, scheme: str
) -> None:
    page = (await open_window(f"{site.url}/rules", color_scheme=scheme)).page
    for selector in (
        *(".as-of", ".tally", ".found", ".contents a", "[aria-pressed=true]", ".id", ".says"),
        *(".when", ".same", ".mark.low", ".rule dt", ".basis a"),
        *(".within", ".rests-on a", ".claim", ".also", ".title"),
    ):
        assert await contrast(page, selector) >= 4.5, selector


async def test_what_stands_beside_the_rules_is_found_too_and_not_counted(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    page = (await open_window(f"{site.url}/rules")).page
    await page.get_by_label("Search the rules").fill("扣留凭单")
    await expect(page.locator("#term-detention_receipt")).to_be_visible()
    await expect(page.locator("#term-agent")).to_be_hidden()
    await expect(page.get_by_role("status")).to_contain_text(" of 230")
    await page.get_by_label("Search the rules").fill("calendar days")
    await expect(page.locator("#claims-calendar_days")).to_be_visible()


async def test_a_step_of_a_procedure_leads_to_its_rule(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    page = (await open_window(f"{site.url}/rules#procedure-ex_officio")).page
    step = page.locator("#procedure-ex_officio li", has_text="asks for detention")
    await expect(step.locator(".within")).to_contain_text("3 working days")
    await step.get_by_role("link", name="cn.exofficio.response_deadline").click()
    await expect(page.locator("article[id='cn.exofficio.response_deadline']")).to_be_in_viewport()
