"""The chat page on bad networks: nothing is lost, nothing arrives twice, and it says what is the matter."""

from playwright.async_api import Route, expect

from tests.browser.chat import FEE, VALID, ChatPage, chat
from tests.browser.window import OpenWindow
from tests.server import ServerProcess


async def test_a_failed_message_can_be_sent_again_and_arrives_once(en: ChatPage) -> None:
    en.window.forgive("ERR_FAILED")
    sent: list[str] = []

    async def broken(route: Route) -> None:
        sent.append(route.request.post_data or "")
        await route.abort()

    await en.page.route("**/api/chat/messages", broken)
    await en.writes(FEE)
    await expect(en.again).to_be_visible()
    await expect(en.own).to_contain_text("Not sent.")
    await en.page.unroute("**/api/chat/messages")
    await en.again.click()
    await expect(en.bot).to_have_count(2)
    await expect(en.own).to_have_count(1)
    await expect(en.again).to_have_count(0)
    await en.page.reload()
    await en.ready()
    await expect(en.own).to_have_count(1)
    assert len(sent) == 1


async def test_a_lost_answer_does_not_make_a_second_message(en: ChatPage) -> None:
    en.window.forgive("ERR_FAILED")

    async def loses_the_answer(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await en.page.route("**/api/chat/messages", loses_the_answer)
    await en.writes(FEE)
    # It was stored, so the stream brings it and its answer although the receipt got lost.
    await expect(en.bot).to_have_count(2)
    await expect(en.own).to_have_count(1)
    await en.page.unroute("**/api/chat/messages")
    await en.page.reload()
    await en.ready()
    await expect(en.own).to_have_count(1)
    await expect(en.bot).to_have_count(2)
    await expect(en.again).to_have_count(0)


async def test_an_unsent_message_survives_a_reload(en: ChatPage) -> None:
    en.window.forgive("ERR_FAILED")
    await en.page.route("**/api/chat/messages", lambda route: route.abort())
    await en.writes(FEE)
    await expect(en.again).to_be_visible()
    await en.page.unroute("**/api/chat/messages")
    await en.page.reload()
    await en.ready()
    await en.again.click()
    await expect(en.bot).to_have_count(2)
    await expect(en.own).to_have_count(1)


async def test_what_is_written_offline_goes_out_later_and_in_order(en: ChatPage) -> None:
    en.window.forgive("ERR_INTERNET_DISCONNECTED")
    await en.page.context.set_offline(True)
    await expect(en.banner).to_contain_text("You are offline")
    await en.writes(FEE)
    await en.writes(VALID)
    await expect(en.own).to_have_count(2)
    await expect(en.own.first).to_contain_text("Will be sent when the connection is back")
    await en.page.context.set_offline(False)
    await expect(en.bot).to_have_count(3)
    await expect(en.banner).to_be_hidden()
    await expect(en.own.first).to_contain_text(FEE)
    await expect(en.own).to_have_count(2)


async def test_a_refusal_is_told_in_words(en: ChatPage) -> None:
    en.window.forgive("429")
    said = "That was a lot at once. Please wait 7 seconds and try again."
    await en.page.route(
        "**/api/chat/messages",
        lambda route: route.fulfill(
            status=429,
            json={"error": {"code": "too_many", "message": said}},
            headers={"Retry-After": "7"},
        ),
    )
    await en.writes(FEE)
    await expect(en.own.last).to_contain_text(said)
    await expect(en.again).to_be_visible()


async def test_the_page_waits_for_a_server_that_is_away(
    own_site: ServerProcess, open_window: OpenWindow
) -> None:
    window = await open_window(own_site.url)
    window.forgive("ERR_", "Failed to load resource")
    page = await chat(window)
    await page.asks(FEE)
    own_site.stop()
    await page.writes(VALID)
    await expect(page.again).to_be_visible()
    await expect(page.banner).to_contain_text("The connection is lost")
    own_site.start()
    await expect(page.banner).to_be_hidden(timeout=20_000)
    await expect(page.bot).to_have_count(3)
    await expect(page.own).to_have_count(2)


async def test_a_page_that_cannot_open_says_so_and_tries_on(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    window = await open_window(f"{site.url}/nothing")
    window.forgive("ERR_FAILED", "404")
    await window.page.route("**/api/chat/open", lambda route: route.abort())
    await window.page.goto(site.url)
    banner = window.page.locator("#banner")
    await expect(banner).to_contain_text("cannot be reached")
    await window.page.unroute("**/api/chat/open")
    await banner.get_by_role("button", name="Try now").click()
    await chat(window)
    await expect(banner).to_be_hidden()


async def test_without_cookies_the_page_says_what_it_needs(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    window = await open_window(f"{site.url}/nothing")
    window.forgive("401", "404")

    async def without_cookie(route: Route) -> None:
        response = await route.fetch()
        headers = {k: v for k, v in response.headers.items() if k != "set-cookie"}
        await window.page.context.clear_cookies()
        await route.fulfill(response=response, headers=headers)

    await window.page.route("**/api/chat/open", without_cookie)
    await window.page.goto(site.url)
    await expect(window.page.locator("#banner")).to_contain_text("needs a cookie", timeout=20_000)


async def test_ones_own_message_is_read_aloud_once(en: ChatPage) -> None:
    await en.page.evaluate(
        """() => {
          window.added = [];
          new MutationObserver((changes) => {
            for (const change of changes) window.added.push(...change.addedNodes);
          }).observe(document.getElementById("log"), { childList: true });
        }"""
    )
    await en.asks(FEE)
    await en.asks(VALID)
    added = "window.added.filter((node) => node.classList.contains('prospect')).length"
    assert await en.page.evaluate(added) == 2


async def test_waiting_is_shown_only_while_there_is_something_to_wait_for(en: ChatPage) -> None:
    typing = en.log.locator(".typing")

    async def slow(route: Route) -> None:
        await expect(typing).to_be_visible()
        await route.continue_()

    await en.page.route("**/api/chat/messages", slow)
    await en.asks(FEE)
    await expect(typing).to_have_count(0)
