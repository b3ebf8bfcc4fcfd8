"""Giving a message one has sent other words."""

from __future__ import annotations

import re

import httpx

from bot.channels.wire import lines_after
from bot.reception import Inbound
from bot.store.conversations import ConversationKey
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import actions, words


def _path(conversation: str, action: str = "") -> str:
    return f"/desk/conversations/{conversation}" + (f"/{action}" if action else "")


async def _answered(desk: Desk, browser: httpx.AsyncClient, text: str) -> tuple[str, str]:
    """A conversation with one answer, and the answer's number."""
    conversation = await desk.says("? cost")
    await browser.post(_path(conversation, "reply"), data={"text": text})
    last = (await desk.reception.transcript(conversation))[-1]
    return conversation, str(last.seq)


async def test_the_prospect_gets_the_new_words_and_the_staff_keeps_the_old(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation, number = await _answered(desk, lis, "It costs notin.")
    assert "edit" in actions(await lis.get(_path(conversation)))
    form = {"line": number, "text": "It costs nothing."}
    assert (await lis.post(_path(conversation, "edit"), data=form)).status_code == 303
    (line,) = await lines_after(desk.reception, conversation, int(number))
    assert (line.of, line.text, line.name) == (int(number), "It costs nothing.", "Li Na")
    page = await lis.get(_path(conversation))
    assert "Li Na · changed this message:" in words(page)
    assert "It costs notin." in words(page)
    assert re.search(r"<textarea id=\"edit-\d+\"[^>]*>It costs nothing.</textarea>", page.text)


async def test_only_ones_own_words_and_only_for_a_while(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient
) -> None:
    conversation, number = await _answered(desk, lis, "Good morning.")
    form = {"line": number, "text": "Good evening."}
    before = await desk.said(conversation)
    refused = await marcos.post(_path(conversation, "edit"), data=form)
    assert refused.status_code == 409
    assert "Only whoever wrote a message can change it." in words(refused)
    assert "edit" not in actions(refused)
    desk.clock.move(minutes=16)
    late = await lis.post(_path(conversation, "edit"), data=form)
    assert "It is too late" in words(late)
    assert "edit" not in actions(late)
    assert await desk.said(conversation) == before


async def test_what_is_no_answer_of_ours_is_not_changed(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation, _ = await _answered(desk, lis, "Good morning.")
    for number in ("1", "2", "999", "x", ""):
        answer = await lis.post(_path(conversation, "edit"), data={"line": number, "text": "No."})
        assert answer.status_code == 409
        assert "There is no such message." in words(answer)
    empty = await lis.post(_path(conversation, "edit"), data={"line": "1", "text": ""})
    assert empty.status_code == 422


async def test_where_the_channel_cannot_show_it_nothing_is_changed(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    key = ConversationKey("terminal", "main", "t", "t")
    receipt = await desk.reception.receive(Inbound(key, "m1", "? cost"))
    conversation = receipt.conversation_id
    await lis.post(_path(conversation, "reply"), data={"text": "Good morning."})
    last = (await desk.reception.transcript(conversation))[-1]
    assert "edit" not in actions(await lis.get(_path(conversation)))
    form = {"line": str(last.seq), "text": "Good evening."}
    answer = await lis.post(_path(conversation, "edit"), data=form)
    assert "On this channel a message cannot be changed." in words(answer)
