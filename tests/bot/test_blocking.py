"""Whoever is blocked is told so once, and nothing they send is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.blocking import TURNED_AWAY
from bot.conversation.events import What
from bot.conversation.reply import Author
from bot.live import Live
from bot.persons import Persons
from bot.reception import Edit, Inbound, InboundFiles, Reception
from bot.store import events, messages
from bot.store.work import Store
from tests.bot.store.making import hire
from tests.bot.told import ToldUnderstanding, key


@pytest.fixture
def reception(store: Store) -> Reception:
    return Reception(store, ToldUnderstanding(), "AAA IPRIGHT", Live())


async def test_nothing_of_them_is_kept_and_they_are_told_once(
    store: Store, reception: Reception
) -> None:
    talk = (await reception.receive(Inbound(key(), "m1", "? cost"))).conversation_id
    ann = (await store.run(hire)).id
    await Persons(store, Live()).block(talk, ann)
    before = await store.read(lambda work: messages.count(work, talk))
    for number in range(3):
        receipt = await reception.receive(Inbound(key(), f"late{number}", "? let me in"))
        assert receipt.conversation_id == talk
    await reception.receive(Inbound(key(), "sticker", "x", what=What.STICKER))
    await reception.receive_files(InboundFiles(key(), "files", ()))
    await reception.edit(Edit(key(), "m1", "e1", "? other words"))
    lines = await reception.transcript(talk, inside=True)
    assert len(lines) == before + 1
    assert lines[-1].author is Author.SYSTEM
    assert "no longer takes messages" in lines[-1].reply.text
    journal = await store.read(lambda work: events.of(work, talk))
    assert [line.kind for line in journal].count(TURNED_AWAY) == 6
    assert "let me in" not in str(journal)
    assert (await reception.entry(talk)).unread == 1


async def test_others_write_on_and_so_do_they_once_it_is_taken_back(
    store: Store, reception: Reception
) -> None:
    talk = (await reception.receive(Inbound(key(), "m1", "? cost"))).conversation_id
    ann = (await store.run(hire)).id
    await Persons(store, Live()).block(talk, ann)
    await reception.receive(Inbound(key("other"), "m2", "? cost"))
    await reception.receive(Inbound(key(), "m3", "? cost"))
    await Persons(store, Live()).unblock(talk, ann)
    await reception.receive(Inbound(key(), "m4", "? how long"))
    said = [line.reply.text for line in await reception.transcript(talk)]
    assert said[-1].endswith("answer fee.official")
    assert "? how long" in said
    assert said.count("? cost") == 1


async def test_whoever_comes_back_elsewhere_on_the_channel_is_not_listed(
    store: Store, reception: Reception
) -> None:
    talk = (await reception.receive(Inbound(key(), "m1", "? cost"))).conversation_id
    await Persons(store, Live()).block(talk, (await store.run(hire)).id)
    elsewhere = replace(key(), thread="2")
    await reception.receive(Inbound(elsewhere, "m2", "? cost", language="zh"))
    assert len((await reception.queue()).entries) == 1
