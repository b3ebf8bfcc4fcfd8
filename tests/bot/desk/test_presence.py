"""Who of the staff looks at a conversation or writes in it."""

from __future__ import annotations

import re

import httpx

from bot.desk.presence import HERE, LOOKS, WRITES
from bot.live import DESK
from tests.bot.desk.conftest import Desk


async def _says(browser: httpx.AsyncClient, conversation: str, doing: str) -> str:
    address = f"/desk/here/{conversation}"
    answer = await browser.post(address, data={"doing": doing})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


async def test_colleagues_see_each_other_look_and_write(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient
) -> None:
    one, other = await desk.says("? cost"), await desk.says("? cost", person="other")
    assert await _says(lis, one, "looks") == ""
    assert await _says(marcos, one, "looks") == "Li Na is looking"
    assert await _says(marcos, other, "looks") == ""
    await _says(lis, one, "writes")
    assert await _says(marcos, one, "looks") == "Li Na is writing"
    desk.clock.move(seconds=WRITES.total_seconds())
    assert await _says(marcos, one, "looks") == "Li Na is looking"
    await _says(lis, one, "leaves")
    assert await _says(marcos, one, "looks") == ""


async def test_who_is_not_heard_of_is_not_there(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    await _says(lis, conversation, "writes")
    desk.clock.move(seconds=LOOKS.total_seconds())
    assert await _says(marcos, conversation, "looks") == ""


async def test_pages_are_woken_by_news_alone_and_need_not_load_the_conversation(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    live = desk.reception.live
    with live.watch(DESK, HERE) as watch:
        changes = watch.changes(0.01)
        await _says(lis, conversation, "looks")
        assert await anext(changes)
        assert watch.topics == {HERE}
        await _says(lis, conversation, "looks")
        assert not await anext(changes)
        await _says(lis, conversation, "anything else")
        assert not await anext(changes)


async def test_nothing_of_it_is_kept(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("? cost")
    before = await desk.said(conversation)
    await _says(lis, conversation, "writes")
    assert await desk.said(conversation) == before
