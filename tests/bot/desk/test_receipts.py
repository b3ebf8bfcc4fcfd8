"""How far a message of the staff got, as the prospect's page says it."""

from __future__ import annotations

import httpx

from bot.store import receipts
from bot.store.receipts import PageReceipt
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import words


async def test_stored_then_delivered_then_seen(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("? cost")
    path = f"/desk/conversations/{conversation}"
    await lis.post(f"{path}/reply", data={"text": "Good morning."})
    last = (await desk.reception.transcript(conversation))[-1].seq
    assert "Stored; no open page has it yet" in words(await lis.get(path))
    await desk.reception.has_got(conversation, PageReceipt(delivered=last, seen=last - 1))
    assert "Delivered to the page" in words(await lis.get(path))
    await desk.reception.has_got(conversation, PageReceipt(delivered=last, seen=last))
    assert "Seen: the page was in sight" in words(await lis.get(path))
    await lis.post(f"{path}/reply", data={"text": "And good evening."})
    shown = words(await lis.get(path))
    assert "Stored; no open page has it yet" in shown
    assert "Seen:" not in shown


async def test_of_several_pages_the_furthest_counts(desk: Desk) -> None:
    conversation = await desk.says("? cost")
    await desk.reception.has_got(conversation, PageReceipt(delivered=5, seen=2))
    await desk.reception.has_got(conversation, PageReceipt(delivered=3, seen=3))
    kept = await desk.store.read(lambda work: receipts.get(work, conversation))
    assert kept == PageReceipt(delivered=5, seen=3)
