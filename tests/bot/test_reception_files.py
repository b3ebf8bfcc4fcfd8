"""Files through the one door: stored once, answered once, and nobody else's."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.conversation.reply import Author
from bot.errors import ConversationNotFoundError, FileNotKeptError
from bot.files.shelf import Limits, Upload
from bot.inbound import InboundFiles
from bot.live import Live
from bot.reception import Reception
from bot.store import events, files
from bot.store.work import Store
from tests.bot.files.samples import JPG, PDF
from tests.bot.told import ToldUnderstanding, key

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def reception(store: Store) -> Reception:
    return Reception(store, ToldUnderstanding(), "AAA IPRIGHT", Live(), lambda: NOW)


@pytest.fixture
async def chat(reception: Reception) -> str:
    return await reception.open(key(), "en")


async def upload(reception: Reception, chat: str, name: str, content: bytes = PDF) -> str:
    shelved = await reception.shelf.keep(chat, Upload(name, name, content), Limits())
    return shelved.file.id


async def test_an_album_is_one_message_with_one_answer(
    reception: Reception, store: Store, chat: str
) -> None:
    ids = (await upload(reception, chat, "a.pdf"), await upload(reception, chat, "b.jpg", JPG))
    receipt = await reception.receive_files(InboundFiles(key(), "m1", ids))
    brought, answer = await reception.transcript(chat, receipt.seq - 1)
    assert [file.id for file in brought.files] == list(ids)
    assert brought.reply.text == "a.pdf (1 KB)\nb.jpg (1 KB)"
    assert brought.author is Author.PROSPECT
    assert "a.pdf, b.jpg" in answer.reply.text
    assert (await reception.entry(chat)).unread == 1
    kept = await store.read(lambda work: files.of_conversation(work, chat))
    assert {file.sent_at for file in kept} == {NOW}
    assert (await reception.state(chat)).files == ((ids[0], "a.pdf"), (ids[1], "b.jpg"))
    lines = await store.read(lambda work: events.of(work, chat))
    assert [line.data for line in lines if line.kind == "files_received"] == [{"count": "2"}]
    assert "a.pdf" not in repr(lines), "the journal holds no names"


async def test_the_same_message_many_times_at_once_is_one(reception: Reception, chat: str) -> None:
    inbound = InboundFiles(key(), "m1", (await upload(reception, chat, "a.pdf"),))
    receipts = await asyncio.gather(*(reception.receive_files(inbound) for _ in range(6)))
    assert len({receipt.seq for receipt in receipts}) == 1
    assert sum(not receipt.repeated for receipt in receipts) == 1
    assert len(await reception.transcript(chat)) == 3


@pytest.mark.parametrize("wrong", [(), ("nothing",)])
async def test_a_file_that_is_not_there_is_no_message(
    reception: Reception, chat: str, wrong: tuple[str, ...]
) -> None:
    with pytest.raises(FileNotKeptError):
        await reception.receive_files(InboundFiles(key(), "m1", wrong))
    mine = await upload(reception, chat, "a.pdf")
    with pytest.raises(FileNotKeptError):
        await reception.receive_files(InboundFiles(key(), "m1", (mine, "nothing")))
    assert len(await reception.transcript(chat)) == 1


async def test_somebody_elses_file_cannot_be_sent(reception: Reception, chat: str) -> None:
    theirs = await upload(reception, chat, "a.pdf")
    await reception.open(key("another"), "en")
    with pytest.raises(FileNotKeptError):
        await reception.receive_files(InboundFiles(key("another"), "m1", (theirs,)))
    with pytest.raises(ConversationNotFoundError):
        await reception.receive_files(InboundFiles(key("nobody"), "m1", (theirs,)))
