"""The record of a lead's way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.errors import DeliveryNotFoundError
from bot.leads import deliveries, registry
from bot.leads.model import Delivery, DeliveryState
from bot.store import events
from bot.store.work import Job, Store, Work
from tests.bot.leads.making import NOW, REFERENCE, kept


async def _begun(store: Store) -> Delivery:
    made = await kept(store)
    return (await store.read(lambda work: deliveries.of_leads(work, [made.id])))[0]


async def _get(store: Store, delivery_id: str) -> Delivery:
    return await store.read(lambda work: deliveries.get(work, delivery_id))


async def test_what_was_tried_and_what_came_of_it(store: Store) -> None:
    begun = await _begun(store)
    await store.run(lambda work: deliveries.mark_tried(work, begun.id, "451"))
    tried = await _get(store, begun.id)
    assert (tried.state, tried.attempts, tried.last_error) == (DeliveryState.PENDING, 1, "451")
    later = NOW + timedelta(minutes=1)
    await store.run(lambda work: deliveries.mark_sent(work, begun.id, now=later))
    sent = await _get(store, begun.id)
    assert (sent.state, sent.attempts, sent.last_error) == (DeliveryState.SENT, 2, None)
    assert sent.sent_at == later
    assert sent.key == begun.key


async def test_the_journal_tells_it_without_anything_personal(store: Store) -> None:
    begun = await _begun(store)
    await store.run(lambda work: deliveries.mark_failed(work, begun.id, "550", now=NOW))
    await store.run(lambda work: deliveries.mark_sent(work, begun.id, now=NOW, remark="odd"))
    lines = await store.read(lambda work: events.between(work, NOW, NOW + timedelta(seconds=1)))
    assert [(line.kind, line.actor) for line in lines] == [
        ("lead.delivery_failed", "system"),
        ("lead.delivered", "system"),
    ]
    assert lines[0].data == {"reference": REFERENCE, "attempts": 0, "target": "agency"}
    assert lines[0].conversation_id


async def test_a_failed_one_is_tried_again_by_hand(store: Store, jobs: list[Job]) -> None:
    begun = await _begun(store)

    def fail(work: Work) -> None:
        deliveries.mark_tried(work, begun.id, "550")
        deliveries.mark_failed(work, begun.id, "550", now=NOW)

    for attempt in (1, 2):
        await store.run(fail)
        await store.run(lambda work: deliveries.again(work, begun.id))
        assert jobs[-1] == Job("deliver_lead", f"deliver_lead:{begun.id}:{attempt}", (begun.id,))
    again = await _get(store, begun.id)
    assert (again.state, again.key) == (DeliveryState.PENDING, begun.key)


async def test_one_that_is_under_way_or_sent_is_left_alone(store: Store, jobs: list[Job]) -> None:
    begun = await _begun(store)
    await store.run(lambda work: deliveries.again(work, begun.id))
    await store.run(lambda work: deliveries.mark_sent(work, begun.id, now=NOW))
    await store.run(lambda work: deliveries.again(work, begun.id))
    assert len(jobs) == 1
    assert (await _get(store, begun.id)).state is DeliveryState.SENT


async def test_those_in_a_state(store: Store) -> None:
    begun = await _begun(store)
    other = await kept(store, "TW-2611-00000")
    await store.run(lambda work: deliveries.mark_sent(work, begun.id, now=NOW))

    def look(work: Work) -> list[list[str]]:
        return [[each.lead_id for each in deliveries.in_state(work, s)] for s in DeliveryState]

    assert await store.read(look) == [[other.id], [begun.lead_id], []]


@pytest.mark.parametrize(
    "change",
    [
        lambda work: deliveries.get(work, "none"),
        lambda work: deliveries.again(work, "none"),
        lambda work: deliveries.mark_tried(work, "none", "x"),
        lambda work: deliveries.mark_sent(work, "none", now=NOW),
        lambda work: deliveries.mark_failed(work, "none", "x", now=NOW),
    ],
)
async def test_what_is_not_there_is_said(store: Store, change: Callable[[Work], None]) -> None:
    with pytest.raises(DeliveryNotFoundError, match="none"):
        await store.run(change)


async def test_an_erased_lead_has_no_delivery(store: Store) -> None:
    begun = await _begun(store)
    await store.run(lambda work: registry.erase(work, begun.lead_id))
    with pytest.raises(DeliveryNotFoundError):
        await _get(store, begun.id)
