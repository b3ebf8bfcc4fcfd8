"""Leads and their delivery begin together; both are found again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import LeadNotFoundError, ReferenceTakenError
from bot.leads import deliveries, registry
from bot.leads.model import DeliveryState, LeadStatus
from bot.settings import Settings
from bot.store import conversations
from bot.store.cipher import Cipher
from bot.store.keys import load_keys
from bot.store.rotation import reseal_all
from bot.store.tables import LeadRow
from bot.store.work import Job, Store, Work
from tests.bot.leads.making import ANSWERS, NOW, REFERENCE, kept, new_lead


async def test_a_lead_comes_back(store: Store) -> None:
    made = await kept(store, language="zh")
    assert made.answers == ANSWERS
    assert (made.status, made.created_at, made.consent_at) == (LeadStatus.NEW, NOW, NOW)
    assert await store.read(lambda work: registry.get(work, made.id)) == made
    assert await store.read(lambda work: registry.find(work, REFERENCE)) == made


async def test_its_delivery_begins_in_the_same_transaction(store: Store, jobs: list[Job]) -> None:
    made = await kept(store)
    (delivery,) = await store.read(lambda work: deliveries.of_leads(work, [made.id]))
    assert (delivery.state, delivery.attempts) == (DeliveryState.PENDING, 0)
    assert delivery.key == f"{made.id}:agency"
    assert jobs == [Job("deliver_lead", f"deliver_lead:{delivery.id}:0", (delivery.id,))]


async def test_a_rollback_leaves_neither(store: Store, jobs: list[Job]) -> None:
    def fail(work: Work) -> None:
        registry.create(work, new_lead("none"), now=NOW)

    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await store.run(fail)
    assert not await store.read(registry.latest)
    assert not jobs


async def test_a_reference_belongs_to_one(store: Store, jobs: list[Job]) -> None:
    await kept(store)
    with pytest.raises(ReferenceTakenError, match=REFERENCE):
        await kept(store)
    assert len(jobs) == 1
    assert len(await store.read(registry.latest)) == 1


async def test_what_is_not_there_is_said(store: Store) -> None:
    for look in (registry.get, registry.find):
        with pytest.raises(LeadNotFoundError, match="none"):
            await store.read(lambda work, f=look: f(work, "none"))  # type: ignore[misc]
    with pytest.raises(LeadNotFoundError, match="none"):
        await store.run(lambda work: registry.set_status(work, "none", LeadStatus.CLOSED, now=NOW))


async def _three(store: Store) -> list[str]:
    """Three leads, a minute apart, by their ids, oldest first."""
    ids = []
    for number in range(3):
        made = await kept(store, f"TW-2611-0000{number}")
        moment = NOW + timedelta(minutes=number)
        await store.run(
            lambda work, i=made.id, m=moment: setattr(  # type: ignore[misc]
                work.session.get_one(LeadRow, i), "created_at", m
            )
        )
        ids.append(made.id)
    return ids


async def test_the_newest_come_first_and_pages_join(store: Store) -> None:
    ids = await _three(store)

    def pages(work: Work) -> list[list[str]]:
        first = registry.latest(work, limit=2)
        second = registry.latest(work, limit=2, before=first[-1])
        return [[each.id for each in page] for page in (first, second)]

    assert await store.read(pages) == [[ids[2], ids[1]], [ids[0]]]


async def test_how_far_the_agency_is(store: Store) -> None:
    ids = await _three(store)
    later = NOW + timedelta(hours=1)
    await store.run(lambda work: registry.set_status(work, ids[1], LeadStatus.IN_HAND, now=later))
    (found,) = await store.read(lambda work: registry.latest(work, status=LeadStatus.IN_HAND))
    assert (found.id, found.updated_at) == (ids[1], later)
    counted = await store.read(registry.count_by_status)
    assert counted == {LeadStatus.NEW: 2, LeadStatus.IN_HAND: 1}


async def test_those_of_a_conversation(store: Store) -> None:
    made = await kept(store)
    conversation_id = made.conversation_id or ""
    second = new_lead(conversation_id, "TW-2611-00000")
    await store.run(lambda work: registry.create(work, second, now=NOW + timedelta(seconds=1)))
    await kept(store, "TW-2611-00001")
    found = await store.read(lambda work: registry.of_conversation(work, conversation_id))
    assert [each.reference for each in found] == [REFERENCE, "TW-2611-00000"]


async def test_a_lead_outlives_its_conversation(store: Store) -> None:
    made = await kept(store)
    await store.run(lambda work: conversations.erase(work, made.conversation_id or ""))
    found = await store.read(lambda work: registry.get(work, made.id))
    assert found.conversation_id is None
    assert found.answers == ANSWERS


async def test_erasing_a_lead_takes_its_deliveries_along(store: Store) -> None:
    made = await kept(store)
    assert await store.run(lambda work: registry.erase(work, made.id))
    assert not await store.run(lambda work: registry.erase(work, made.id))
    assert not await store.read(lambda work: deliveries.of_leads(work, [made.id]))


async def test_an_export_has_every_lead_in_order(store: Store) -> None:
    await _three(store)
    rows = await store.read(lambda work: list(registry.export(work)))
    assert [row["reference"] for row in rows] == [f"TW-2611-0000{n}" for n in range(3)]
    assert rows[0]["answer.contact"] == ANSWERS["contact"]


async def test_a_lead_is_sealed_anew_with_everything_else(store: Store, settings: Settings) -> None:
    made = await kept(store)
    store.cipher = Cipher([bytes(32), *load_keys(settings)])
    assert await reseal_all(store) > 1
    store.cipher = Cipher([bytes(32)])
    assert await store.read(lambda work: registry.get(work, made.id)) == made
