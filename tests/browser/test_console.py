"""The console as the staff uses it, and both windows at once: a prospect's and a colleague's."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Request, Route, expect

from bot.desk.accounts import Accounts
from tests.browser.chat import chat
from tests.browser.conftest import OpenWindow
from tests.browser.console import SignIn, latest, opened, prospect_writes
from tests.server import ServerProcess

pytestmark = pytest.mark.timeout(300)

FEE = "Is there an official fee for recordation?"
DEAF = "EventSource = class extends EventTarget { close() {} }"
"""A page that hears of nothing, as it is for the moment before the news comes."""

# Both windows at once


async def test_a_person_takes_over_and_hands_back(
    harbour: ServerProcess, open_window: OpenWindow, sign_in: SignIn
) -> None:
    li = await sign_in("li")
    prospect = await chat(await open_window(harbour.url))
    await prospect.asks(FEE)
    await prospect.asks("I want to speak to a person")

    waiting = li.entry(await latest(harbour))
    await expect(waiting).to_contain_text("Waits for a person")
    await waiting.click()
    await expect(li.said("prospect").first).to_contain_text(FEE)
    await li.button("Take over").click()
    await expect(li.state).to_have_text("With you")
    await expect(prospect.system.last).to_contain_text("Li Na")

    await li.sends("Good morning. Is the mark registered in China?")
    await expect(prospect.staff.last).to_contain_text("Good morning")
    await expect(prospect.staff.last).to_contain_text("Li Na")

    answers = await prospect.bot.count()
    await prospect.writes("Yes, in class 25. And how long does recordation take?")
    await expect(li.said("prospect").last).to_contain_text("class 25")
    await expect(prospect.own.last).to_contain_text("class 25")
    assert await prospect.bot.count() == answers, "the bot is silent"

    await li.button("Hand back").click()
    await expect(prospect.system.last).to_contain_text("has left")
    await prospect.asks("how long is it valid?")
    await expect(prospect.bot.last).to_contain_text("10 years")
    await expect(li.said("bot").last).to_contain_text("10 years")


async def test_notes_are_never_seen_outside(
    harbour: ServerProcess, open_window: OpenWindow, sign_in: SignIn
) -> None:
    prospect = await chat(await open_window(harbour.url))
    await prospect.asks("a question about notes")
    li = await (await sign_in("li")).opens(await latest(harbour))
    await li.page.locator("summary", has_text="Note for colleagues").click()
    await li.note.fill("An old client of ours.")
    await li.button("Save note").click()
    await expect(li.said("note")).to_contain_text("only the staff sees this")
    await prospect.page.reload()
    await prospect.ready()
    assert "old client" not in await prospect.log.inner_text()


# Live


async def test_the_list_and_the_title_follow_by_themselves(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    li = await sign_in("li")
    conversation = await prospect_writes(harbour, FEE)
    await expect(li.entry(conversation)).to_contain_text("unread message")
    before = int((re.findall(r"\((\d+)\)", await li.page.title()) or ["0"])[0])
    waits = await prospect_writes(harbour, "a person please")
    await expect(li.entry(waits)).to_contain_text("Waits for a person")
    await expect(li.page).to_have_title(f"({before + 1}) Desk")
    await expect(li.page.get_by_role("status").first).to_contain_text(str(before + 1))


async def test_what_stands_there_stays_so_readers_hear_only_what_is_new(
    harbour: ServerProcess, open_window: OpenWindow, sign_in: SignIn
) -> None:
    prospect = await chat(await open_window(harbour.url))
    await prospect.asks(FEE)
    li = await (await sign_in("li")).opens(await latest(harbour))
    log = li.page.get_by_role("log").locator("ol")
    await log.evaluate(
        "(log) => { window.added = []; new MutationObserver((all) => all.forEach((one) =>"
        " one.addedNodes.forEach((node) => node.id && window.added.push(node.id))))"
        ".observe(log, {childList: true}); log.firstElementChild.kept = true; }"
    )
    before = await li.lines.count()
    await prospect.asks("and how long is it valid?")
    await expect(li.lines).to_have_count(before + 2)
    assert await log.evaluate("(log) => log.firstElementChild.kept")
    added = await li.page.evaluate("window.added")
    assert added == [f"line-{before + 1}", f"line-{before + 2}"]


async def test_the_transcript_stays_at_its_end(
    harbour: ServerProcess, open_window: OpenWindow, sign_in: SignIn
) -> None:
    prospect = await chat(await open_window(harbour.url))
    for _ in range(4):
        await prospect.asks(FEE)
    li = await (await sign_in("li")).opens(await latest(harbour))
    await expect(li.lines.last).to_be_in_viewport()
    await prospect.asks("and how long is it valid?")
    await expect(li.said("bot").last).to_contain_text("10 years")
    await expect(li.lines.last).to_be_in_viewport()


async def test_a_page_that_nobody_sees_does_not_count_as_read(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, FEE)
    li = await sign_in("li")
    await li.opens(conversation)
    await li.page.evaluate("Object.defineProperty(document, 'hidden', {get: () => window.away})")
    await li.page.evaluate("window.away = true")
    async with li.page.expect_response(re.compile("/desk/conversations/")) as asked:
        await prospect_writes(harbour, "somebody else")
    sent = await (await asked.value).request.all_headers()
    assert sent["x-desk-hidden"] == "1"


async def test_after_a_restart_of_the_server_the_page_goes_on(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    li = await sign_in("li")
    li.window.forgive("ERR_", "Failed to fetch")
    harbour.stop()
    try:
        await expect(li.page.locator("#live")).to_contain_text("Reconnecting")
    finally:
        harbour.start()
    conversation = await prospect_writes(harbour, "are you there again?")
    await expect(li.page.locator("#live")).to_be_hidden(timeout=20_000)
    await expect(li.entry(conversation)).to_be_visible()


async def test_of_several_tabs_one_holds_the_stream_and_all_follow(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    li = await sign_in("li")
    streams: list[str] = []

    def asked(request: Request) -> None:
        if request.url.endswith("/desk/stream"):
            streams.append(request.url)

    tabs = [await li.page.context.new_page() for _ in range(7)]
    for tab in tabs:
        tab.on("request", asked)
        await tab.goto(f"{harbour.url}/desk")
    assert streams == []
    conversation = await prospect_writes(harbour, FEE)
    for tab in tabs:
        await expect(tab.locator(f"#entry-{conversation}")).to_be_visible()
    await li.page.close()
    conversation = await prospect_writes(harbour, FEE)
    for tab in tabs:
        await expect(tab.locator(f"#entry-{conversation}")).to_be_visible()
    assert len(streams) == 1


# Two colleagues


async def test_when_two_press_take_the_second_is_told(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, "a person please")
    marco = await sign_in("marco")
    marco.window.forgive("409")
    await marco.page.add_init_script(DEAF)
    await marco.opens(conversation)
    await marco.reply.fill("A long and careful answer")
    li = await (await sign_in("li")).opens(conversation)
    await li.button("Take over").click()
    await expect(li.state).to_have_text("With you")

    await marco.button("Take over").click()
    await expect(marco.page.locator(".trouble")).to_have_text("Li Na has this conversation.")
    await expect(marco.reply).to_have_count(0)
    await expect(marco.page.locator(".anothers")).to_be_visible()


async def test_a_reply_that_came_too_late_is_shown_again(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, "a person please")
    marco = await sign_in("marco")
    marco.window.forgive("409")
    await marco.page.add_init_script(DEAF)
    await marco.opens(conversation)
    li = await (await sign_in("li")).opens(conversation)
    await li.sends("I am here.")
    await marco.reply.fill("A long and careful answer")
    await marco.button("Take over and send").click()
    lost = marco.page.get_by_label("What you wrote was not sent:")
    await expect(lost).to_have_value("A long and careful answer")
    await expect(li.said("staff")).to_have_count(1)


async def test_the_composer_goes_when_a_colleague_takes_over(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, "a person please")
    marco = await (await sign_in("marco")).opens(conversation)
    li = await (await sign_in("li")).opens(conversation)
    await li.button("Take over").click()
    await expect(marco.page.locator(".anothers")).to_have_text("Li Na has this conversation.")
    await expect(marco.reply).to_have_count(0)
    await li.button("Hand back").click()
    await expect(marco.reply).to_be_visible()


# Writing


async def test_what_one_writes_survives_news_a_reload_and_a_sign_in(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, FEE)
    li = await (await sign_in("li")).opens(conversation)
    await li.page.keyboard.press("r")
    await li.page.keyboard.type("half a thought")
    news = await prospect_writes(harbour, "news")
    await expect(li.entry(news)).to_be_visible()
    await expect(li.reply).to_have_value("half a thought")
    assert await li.focused() == "reply"
    await li.page.reload()
    await expect(li.reply).to_have_value("half a thought")

    async with opened(harbour) as store:
        cookies = await li.page.context.cookies()
        token = next(c["value"] for c in cookies if c["name"] == "tidewaiter_staff")
        await Accounts(store).sign_out(token)
    li.window.forgive("401")
    await prospect_writes(harbour, "more news")
    await expect(li.button("Sign in")).to_be_visible()
    await li.signs_in("li")
    assert li.page.url.endswith(conversation)
    await expect(li.reply).to_have_value("half a thought")


async def test_a_reply_that_did_not_get_through_is_kept_and_sent_once(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, FEE)
    li = await (await sign_in("li")).opens(conversation)
    li.window.forgive("ERR_", "htmx:error", "Failed to fetch")
    reached = 0

    async def swallow(route: Route) -> None:
        nonlocal reached
        reached += 1
        await route.fetch(max_redirects=0)
        await route.abort()

    await li.page.route("**/reply", swallow, times=1)
    await li.reply.fill("Once only.")
    await li.button("Take over and send").click()
    await expect(li.notice).to_contain_text("What you wrote is kept")
    await expect(li.reply).to_have_value("Once only.")
    assert reached == 1
    await expect(li.said("staff")).to_have_count(1)


async def test_an_error_of_a_proxy_does_not_wipe_the_page(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, FEE)
    li = await (await sign_in("li")).opens(conversation)
    li.window.forgive("502")
    await li.page.route(
        "**/reply", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"), times=1
    )
    await li.reply.fill("Good morning.")
    await li.button("Take over and send").click()
    await expect(li.notice).to_contain_text("502")
    await expect(li.reply).to_have_value("Good morning.")
    await li.button("Take over and send").click()
    await expect(li.said("staff").last).to_contain_text("Good morning.")
    await expect(li.notice).to_be_empty()
    await expect(li.reply).to_have_value("")


async def test_a_double_click_sends_once(harbour: ServerProcess, sign_in: SignIn) -> None:
    conversation = await prospect_writes(harbour, FEE)
    li = await (await sign_in("li")).opens(conversation)
    await li.reply.fill("Once only.")
    await li.button("Take over and send").dblclick()
    await expect(li.button("Send")).to_be_visible()
    await expect(li.said("staff")).to_have_count(1)


# Keyboard


async def test_everything_by_keyboard(harbour: ServerProcess, sign_in: SignIn) -> None:
    older = await prospect_writes(harbour, "the older one")
    newer = await prospect_writes(harbour, "a person please")
    li = await sign_in("li")
    await li.page.goto(f"{harbour.url}/desk")
    press = li.page.keyboard.press
    await press("j")
    first = li.entries.first
    await expect(first).to_be_focused()
    await press("j")
    await expect(li.entries.nth(1)).to_be_focused()
    await press("k")
    await press("k")
    await expect(first).to_be_focused()
    await li.opens(newer)
    await press("j")
    assert await li.focused() == "A"
    await press("t")
    await expect(li.state).to_have_text("With you")
    await press("r")
    await expect(li.reply).to_be_focused()
    await li.page.keyboard.type("jkrnt?")
    await press("Enter")
    await li.page.keyboard.type("and a second line")
    await press("Control+Enter")
    await expect(li.said("staff").last).to_contain_text("jkrnt?")
    await expect(li.reply).to_have_value("")
    await press("Escape")
    await press("n")
    await expect(li.note).to_be_focused()
    await li.page.keyboard.type("inside")
    await press("Control+Enter")
    await expect(li.said("note")).to_contain_text("inside")
    await expect(li.entry(older)).to_be_visible()


async def test_whoever_takes_over_by_mouse_can_write_at_once(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    li = await (await sign_in("li")).opens(await prospect_writes(harbour, "a person please"))
    await li.button("Take over").click()
    await expect(li.reply).to_be_focused()


async def test_the_help_tells_the_keys_and_can_turn_them_off(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    conversation = await prospect_writes(harbour, "a person please")
    li = await (await sign_in("li")).opens(conversation)
    press = li.page.keyboard.press
    await press("?")
    help_ = li.page.get_by_role("dialog", name="Keyboard")
    await expect(help_).to_be_visible()
    await press("t")
    await help_.get_by_label("Single keys do this").uncheck()
    await press("Escape")
    await expect(help_).to_be_hidden()
    await press("t")
    await press("?")
    await expect(help_).to_be_hidden()
    assert "Waits" in await li.state.inner_text()
    await li.page.reload()
    await li.page.locator("summary:has(.me)").click()
    await li.button("Keyboard").click()
    await help_.get_by_label("Single keys do this").check()
    await help_.get_by_role("button", name="Close").click()
    await press("t")
    await expect(li.state).to_have_text("With you")


async def test_the_way_by_tab_begins_with_a_skip_link(
    harbour: ServerProcess, sign_in: SignIn
) -> None:
    li = await (await sign_in("li")).opens(await prospect_writes(harbour, FEE))
    await li.page.keyboard.press("Tab")
    await expect(li.page.locator(".skip")).to_be_focused()
    await li.page.keyboard.press("Enter")
    assert await li.focused() == "main"
    await li.page.keyboard.press("Tab")
    assert "show" in await li.page.evaluate("document.activeElement.href + '?show'")
