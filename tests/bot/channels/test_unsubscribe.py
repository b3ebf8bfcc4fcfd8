"""The page that stops reminders: by its button, by one click of a mail program, never by being read."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from bot.channels import guards, unsubscribe, web
from bot.reception import Reception
from bot.reminders import registry
from bot.settings import Settings
from bot.store import conversations
from bot.store.work import Store
from tests.bot.reminders.making import (
    ANSWERS,
    NOW,
    RULES,
    TWO,
    Clock,
    journal,
    rows,
    set_for,
)

NEAR = TWO | {"recordations.1.valid_until": "2027-06-03"}


@pytest.fixture
async def http(
    reception: Reception, settings: Settings, store: Store
) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    guards.protect(app, settings)
    web.mount(app, reception, settings)
    app.include_router(unsubscribe.routes(store, Clock()))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://chat.test") as client:
        yield client


async def link(store: Store, **more: str) -> tuple[str, str]:
    """A conversation with reminders, and the link of the one that is due."""
    conversation = await set_for(store, NEAR, **more)
    taken = await store.run(lambda work: registry.claim(work, RULES, now=NOW.replace(day=24)))
    assert taken is not None
    return conversation, f"/reminders/stop/{taken.token}"


async def waiting(store: Store) -> int:
    return sum(row.state == "waiting" for row in await rows(store))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_reading_it_stops_nothing(http: httpx.AsyncClient, store: Store, method: str) -> None:
    _, path = await link(store)
    for _ in range(3):
        answer = await http.request(method, path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
    assert await waiting(store) == 4


async def test_the_page_has_one_button_and_nothing_of_the_person(
    http: httpx.AsyncClient, store: Store
) -> None:
    _, path = await link(store)
    page = (await http.get(path)).text
    assert page.count("<button") == page.count('<form method="post">') == 1
    assert "still to come from your chat: 4" in page
    assert not [answer for answer in TWO.values() if answer != "agree" and answer in page]
    assert "<script" not in page


async def test_its_button_stops_all_of_the_conversation(
    http: httpx.AsyncClient, store: Store
) -> None:
    conversation, path = await link(store)
    await set_for(store, ANSWERS, person="another")
    answer = await http.post(path, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 200
    assert "You will get no more reminders" in answer.text
    assert "<button" not in answer.text
    assert await waiting(store) == 2
    stopped = [line for line in await journal(store, conversation) if "stopped" in line]
    assert sorted(stopped) == [
        f"reminder.stopped {number} {which} link"
        for number in (1, 2)
        for which in ("closes", "opens")
    ]


async def test_pressing_twice_is_as_good_as_once(http: httpx.AsyncClient, store: Store) -> None:
    conversation, path = await link(store)
    first, second = await http.post(path), await http.post(path)
    assert (first.status_code, first.text) == (second.status_code, second.text)
    assert "You will get no more reminders" in (await http.get(path)).text
    assert sum("stopped" in line for line in await journal(store, conversation)) == 4


async def test_one_click_of_a_mail_program(http: httpx.AsyncClient, store: Store) -> None:
    _, path = await link(store)
    answer = await http.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200, "no redirection: RFC 8058, section 3.1"
    assert await waiting(store) == 0


async def test_another_site_cannot_press_it(http: httpx.AsyncClient, store: Store) -> None:
    _, path = await link(store)
    answer = await http.post(path, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert await waiting(store) == 4


@pytest.mark.parametrize("token", ["x", "x" * 43, "..%2f..", "%00", "工资"])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_wrong_token_leads_nowhere(
    http: httpx.AsyncClient, store: Store, token: str, method: str
) -> None:
    await link(store)
    answer = await http.request(method, f"/reminders/stop/{token}")
    assert answer.status_code == 404
    assert await waiting(store) == 4


async def test_the_link_of_an_erased_conversation_leads_nowhere(
    http: httpx.AsyncClient, store: Store
) -> None:
    conversation, path = await link(store)
    await store.run(lambda work: conversations.erase(work, conversation))
    assert (await http.post(path)).status_code == 404


async def test_the_page_speaks_the_language_of_the_mail(
    http: httpx.AsyncClient, store: Store
) -> None:
    _, path = await link(store, language="zh")
    page = (await http.get(path, headers={"accept-language": "en"})).text
    assert '<html lang="zh">' in page
    assert "停止所有提醒" in page
    assert "不会再发" in (await http.post(path)).text
