"""Erasing what is kept of somebody: after ten minutes, not if undone, and a restart in between loses nothing."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot import forgetting
from bot.errors import ConversationNotFoundError
from bot.forgetting import Forgetting
from bot.leads import registry
from bot.live import Live
from bot.reception import Inbound, Reception
from bot.store import events, messages
from bot.store.durable import Durable
from bot.store.work import Job, Store
from tests.bot.test_reception_other import fill_in
from tests.bot.told import ToldUnderstanding, key

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DUE = NOW + timedelta(minutes=10)


@pytest.fixture
def reception(store: Store) -> Reception:
    return Reception(store, ToldUnderstanding(), "AAA IPRIGHT", Live(), lambda: NOW)


async def _wishes(reception: Reception) -> str:
    await reception.receive(Inbound(key(), "w1", "/forget"))
    receipt = await reception.receive(Inbound(key(), "w2", "Yes, erase everything"))
    return receipt.conversation_id


def _forgetting(store: Store, now: datetime) -> Forgetting:
    return Forgetting(store, Live(), lambda: now)


async def test_the_work_is_begun_with_the_wish(reception: Reception, jobs: list[Job]) -> None:
    conversation = await _wishes(reception)
    [job] = jobs
    assert (job.name, job.args, job.delay) == (forgetting.FLOW, (conversation,), 600)


async def test_after_ten_minutes_nothing_is_left_but_the_line_in_the_journal(
    reception: Reception, store: Store
) -> None:
    conversation = await _wishes(reception)
    assert await _forgetting(store, NOW + timedelta(minutes=9)).erase(conversation) is False
    assert await _forgetting(store, DUE).erase(conversation) is True
    assert await reception.find(key()) is None
    assert await store.read(lambda work: messages.since(work, conversation)) == []
    with pytest.raises(ConversationNotFoundError):
        await reception.state(conversation)
    assert await _forgetting(store, DUE).erase(conversation) is False
    assert await reception.open(key(), "en") != conversation


async def test_what_was_undone_is_let_alone(reception: Reception, store: Store) -> None:
    conversation = await _wishes(reception)
    await reception.receive(Inbound(key(), "w3", "undo"))
    assert await _forgetting(store, DUE).erase(conversation) is False
    assert await reception.find(key()) == conversation


async def test_nobody_else_is_erased_and_a_lead_that_was_sent_stays(
    reception: Reception, store: Store
) -> None:
    await fill_in(reception, key())
    other = await reception.open(key("other"), "en")
    conversation = await _wishes(reception)
    await _forgetting(store, DUE).erase(conversation)
    [lead] = await store.read(registry.latest)
    assert lead.conversation_id is None
    assert await reception.find(key("other")) == other


async def test_the_journal_says_that_it_was_done_and_not_of_whom(
    reception: Reception, store: Store
) -> None:
    conversation = await _wishes(reception)
    await _forgetting(store, DUE).erase(conversation)
    kept = await store.read(lambda work: events.of(work, conversation))
    assert [line.kind for line in kept][-1] == "forget_asked"


async def test_the_durable_engine_does_it(
    reception: Reception, store: Store, durable: Durable
) -> None:
    durable.register(forgetting.FLOW, _forgetting(store, DUE).flow)
    await durable.start()
    conversation = await _wishes(reception)
    job = f"{forgetting.FLOW}:{conversation}:{DUE.timestamp():.0f}"
    assert await durable.outcome(job) is not None
    await durable.postpone(job, 0)
    for _ in range(200):
        if await reception.find(key()) is None:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it was not erased")
