"""The chat page as a prospect uses it, in two languages, alone and with a person of the staff."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest_asyncio
from playwright.async_api import expect

from bot.conversation.events import Answered, HandedBack, Staffer
from bot.live import Live
from bot.reception import Reception
from bot.settings import Settings
from bot.store import staff
from bot.store.staff import Role
from bot.store.work import Store, Work
from tests.bot.told import ToldUnderstanding, staffer
from tests.browser.chat import FEE, ChatPage, chat
from tests.browser.window import OpenWindow
from tests.server import ServerProcess

STEPS = "Draw me the timeline of an ex officio case, who does what and when"

# Talking


async def test_a_question_is_answered_with_its_source(en: ChatPage) -> None:
    answer = await en.asks(FEE)
    await expect(answer).to_contain_text("no official fee")
    sources = answer.locator("details.sources")
    await expect(sources.locator("li").first).to_be_hidden()
    await sources.locator("summary").click()
    await expect(sources.locator("li").first).to_be_visible()
    await expect(sources.locator("summary")).to_contain_text("as of")


async def test_a_procedure_comes_as_steps_and_as_a_picture_that_opens(en: ChatPage) -> None:
    answer = await en.asks(STEPS)
    await expect(answer.locator("ol li").nth(2)).to_contain_text("3 working days")
    picture = answer.locator("a.picture")
    await picture.scroll_into_view_if_needed()
    image = picture.locator("img")
    await expect(image).to_have_js_property("complete", value=True)
    assert await image.evaluate("(img) => img.naturalWidth") > 300
    address = await picture.get_attribute("href")
    opened = await en.page.request.get(f"{en.page.url.partition('?')[0].rstrip('/')}{address}")
    assert opened.headers["content-type"] == "image/png"


async def test_a_checklist_can_be_taken_away(en: ChatPage) -> None:
    answer = await en.asks("checklist of documents for a design patent owned by a German company")
    address = await answer.locator("a.paper").get_attribute("href")
    assert address == "/papers/checklist/en/design.pdf?holder=company"


async def test_the_sources_lead_to_the_rules_in_full(en: ChatPage) -> None:
    answer = await en.asks(FEE)
    await answer.locator("summary").click()
    rule = answer.locator(".sources a", has_text="cn.fee.current")
    assert await rule.get_attribute("href") == "/rules?lang=en#cn.fee.current"


async def test_a_picture_that_cannot_be_drawn_leaves_no_broken_frame(en: ChatPage) -> None:
    await en.page.route("**/pictures/**", lambda route: route.fulfill(body="no picture"))
    answer = await en.asks(STEPS)
    await expect(answer.locator("ol li").first).to_be_visible()
    await answer.locator("ol li").last.scroll_into_view_if_needed()
    await expect(answer.locator("a.picture")).to_have_count(0)


async def test_a_chinese_visitor_is_served_in_chinese(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    page = await chat(await open_window(site.url, locale="zh-CN"))
    await expect(page.page.locator("html")).to_have_attribute("lang", "zh")
    await expect(page.bot.first).to_contain_text("您好")
    answer = await page.asks("备案要交官费吗？")
    await expect(answer.locator(".words")).to_have_attribute("lang", "zh")
    await expect(answer.locator("summary")).to_contain_text("法律依据")


async def test_while_a_line_waits_for_more_it_is_seen_that_an_answer_is_coming(
    en: ChatPage,
) -> None:
    await en.writes("so we are")
    await expect(en.log.locator(".typing")).to_be_visible()
    await expect(en.bot).to_have_count(1)
    await expect(en.bot).to_have_count(2)
    await expect(en.log.locator(".typing")).to_have_count(0)


async def test_both_sides_are_named(en: ChatPage) -> None:
    answer = await en.asks(FEE)
    await expect(en.own.last.locator(".byline")).to_contain_text("You")
    await expect(answer.locator(".byline")).to_contain_text("Assistant")
    await expect(en.page.locator("#presence")).to_contain_text("Automated assistant")


async def test_a_button_writes_its_words_and_is_gone(en: ChatPage) -> None:
    first = en.choices.first
    label = await first.inner_text()
    await first.click()
    await expect(en.own).to_have_count(1)
    await expect(en.bot).to_have_count(2)
    await expect(en.bot.first.locator(".choice")).to_have_count(0)
    assert await en.bot.last.locator(".choice").count() > 0, label


async def test_words_do_what_a_button_does(en: ChatPage) -> None:
    await en.asks("start an inquiry")
    await expect(en.choice("Trademark")).to_be_visible()
    await en.choice("Trademark").click()
    await expect(en.bot.last).to_contain_text("2")
    await en.asks("back")
    await en.asks("trademark")
    await expect(en.choice("Back")).to_be_visible()


async def test_only_the_last_messages_buttons_are_there(en: ChatPage) -> None:
    for _ in range(3):
        await en.asks(FEE)
    holders = await en.log.locator(".line:has(.choice)").count()
    assert holders == 1


async def test_several_lines_stay_several_lines(en: ChatPage) -> None:
    await en.box.fill("One")
    await en.box.press("Shift+Enter")
    await en.box.type("Two")
    await en.box.press("Enter")
    await expect(en.own).to_have_count(1)
    assert await en.own.locator("p:not(.byline)").first.inner_text() == "One\nTwo"


async def test_markup_is_text(en: ChatPage) -> None:
    await en.asks("<img src=x onerror=alert(1)><b>bold</b>")
    await expect(en.own.last).to_contain_text("<b>bold</b>")
    assert await en.own.locator("b:not(.byline b), img").count() == 0


async def test_the_enter_that_picks_a_chinese_word_does_not_send(en: ChatPage) -> None:
    await en.box.fill("bei an")
    for sign in ({"isComposing": True}, {"keyCode": 229}):
        await en.box.dispatch_event("keydown", {"key": "Enter", "cancelable": True, **sign})
    await expect(en.own).to_have_count(0)
    await expect(en.box).to_have_value("bei an")


async def test_nothing_is_sent_of_nothing(en: ChatPage) -> None:
    await en.writes("   ")
    await expect(en.page.locator("#send")).to_have_attribute("aria-disabled", "true")
    await expect(en.own).to_have_count(0)


async def test_the_end_of_the_room_is_counted(en: ChatPage) -> None:
    count = en.page.locator("#count")
    await en.box.fill("x" * 3000)
    await expect(count).to_have_text("")
    await en.box.fill("x" * 4000)
    await expect(count).to_have_text("96 characters left")
    await en.box.fill("x" * 4100)
    await expect(count).to_have_text("4 characters too many")
    await en.box.press("Enter")
    await expect(en.own).to_have_count(0)
    assert len(await en.box.input_value()) == 4100, "nothing is cut off"


async def test_the_box_grows_and_shrinks(en: ChatPage) -> None:
    async def height() -> float:
        box = await en.box.bounding_box()
        assert box
        return box["height"]

    low = await height()
    await en.box.fill("a\nb\nc\nd")
    assert await height() > low
    await en.box.press("Enter")
    assert await height() == low


# Languages


async def test_the_switch_turns_page_and_talk(en: ChatPage) -> None:
    switch = en.page.locator("#switch")
    await expect(switch).to_have_text("中文")
    await switch.click()
    await expect(en.page.locator("html")).to_have_attribute("lang", "zh")
    await expect(en.bot.last.locator(".words")).to_have_attribute("lang", "zh")
    await expect(en.own.last.locator(".byline")).to_contain_text("您")
    await expect(en.box).to_have_attribute("placeholder", "请输入您的问题……")
    await expect(switch).to_have_text("English")
    await en.page.reload()
    await expect(en.page.locator("html")).to_have_attribute("lang", "zh")


async def test_the_page_follows_who_writes_chinese(en: ChatPage) -> None:
    await en.asks("备案的有效期是多久？")
    await expect(en.page.locator("html")).to_have_attribute("lang", "zh")
    await expect(en.page.locator("#presence")).to_contain_text("自动助手")


async def test_a_page_whose_language_was_chosen_stays(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    page = await chat(await open_window(f"{site.url}/?lang=en"))
    answer = await page.asks("备案的有效期是多久？")
    await expect(answer.locator(".words")).to_have_attribute("lang", "zh")
    await expect(page.page.locator("html")).to_have_attribute("lang", "en")


# Coming back


async def test_a_reload_brings_everything_back(en: ChatPage) -> None:
    await en.asks(FEE)
    before = await en.lines.all_inner_texts()
    await en.page.reload()
    await en.ready()
    await expect(en.lines).to_have_count(len(before))
    assert await en.lines.all_inner_texts() == before
    assert await en.choices.count() > 0, "the last buttons are live again"


async def test_a_draft_is_kept(en: ChatPage) -> None:
    await en.box.fill("half a thought")
    await en.page.reload()
    await en.ready()
    await expect(en.box).to_have_value("half a thought")
    await en.box.press("Enter")
    await expect(en.bot).to_have_count(2)
    await en.page.reload()
    await en.ready()
    await expect(en.box).to_have_value("")


async def test_two_tabs_show_the_same_talk(en: ChatPage) -> None:
    other = await en.page.context.new_page()
    await other.goto(en.page.url)
    await expect(other.locator(".line.bot")).to_have_count(1)
    await en.page.bring_to_front()
    await en.asks(FEE)
    await expect(other.locator(".line.prospect")).to_have_count(1)
    await expect(other.locator(".line.bot")).to_have_count(2)


async def test_a_cleared_cookie_begins_a_new_talk_and_loses_no_word(en: ChatPage) -> None:
    en.window.forgive("401")
    await en.asks(FEE)
    await en.page.context.clear_cookies()
    await en.writes("How long is a recordation valid?")
    await expect(en.own).to_have_count(1)
    await expect(en.own).to_contain_text("How long")
    await expect(en.bot).to_have_count(2)


# People


@pytest_asyncio.fixture(loop_scope="session")
async def desk(site: ServerProcess) -> AsyncIterator[Reception]:
    """The desk of another process, over the same database."""
    store = Store.open(Settings(_env_file=None, data_dir=site.folder / "var"))
    yield Reception(store, ToldUnderstanding(), "AAA IPRIGHT", Live())
    await store.close()


async def employ(desk: Reception, login: str) -> Staffer:
    def work_on(work: Work) -> str:
        now = datetime.now(UTC)
        made = staff.create(
            work,
            login=login,
            name="Li Na",
            role=Role.AGENT,
            password_hash="x",
            now=now,
            shows_name=True,
        )
        return made.id

    return staffer(await desk._store.run(work_on), "Li Na")


async def test_a_person_joins_writes_and_leaves(
    site: ServerProcess, open_window: OpenWindow, desk: Reception
) -> None:
    window = await open_window(f"{site.url}/nothing")
    window.forgive("404")
    async with window.page.expect_response("**/api/chat/open") as opening:
        await window.page.goto(site.url)
    page = await chat(window)
    conversation = (await (await opening.value).json())["conversation"]
    li = await employ(desk, "li-of-the-chat-page")
    await desk.act(conversation, Answered(by=li, text="Li here: see https://example.com/form."))
    await expect(page.staff).to_contain_text("Li here")
    await expect(page.system).to_contain_text("Li Na of AAA IPRIGHT has joined")
    await expect(page.staff.locator(".byline")).to_contain_text("Li Na, AAA IPRIGHT")
    link = page.staff.locator("a")
    assert await link.get_attribute("href") == "https://example.com/form"
    assert await link.get_attribute("rel") == "noopener noreferrer"
    await expect(page.page.locator("#presence")).to_contain_text("You are talking with Li Na")
    await expect(page.choices).to_have_count(0)
    await page.writes("Good, thank you.")
    await expect(page.own.last).to_contain_text("Sent")
    await expect(page.bot).to_have_count(1)
    await desk.act(conversation, HandedBack(by=li))
    await expect(page.system.last).to_contain_text("has left")
    await expect(page.page.locator("#presence")).to_contain_text("Automated assistant")
    assert await page.choices.count() > 0
