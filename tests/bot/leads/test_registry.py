"""Leads and their delivery begin together; both are found again."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.errors import (
    LeadChangedError,
    LeadNotFoundError,
    LostWithoutReasonError,
    ReferenceTakenError,
)
from bot.leads import board, deliveries, history, registry
from bot.leads.board import Wanted
from bot.leads.model import DeliveryState, Handling, Lead, LeadStatus, LostReason
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
        await store.run(
            lambda work: registry.change(work, "none", Handling(), seen=0, by="staff:1", now=NOW)
        )


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


LI, MARCO = "staff:li", "staff:marco"


async def _change(store: Store, lead: Lead, by: str, seen: int, **new: object) -> Lead:
    handling = lead.handling.with_(**new)
    return await store.run(
        lambda work: registry.change(work, lead.reference, handling, seen=seen, by=by, now=LATER)
    )


LATER = NOW + timedelta(hours=1)


async def test_how_far_the_agency_is(store: Store) -> None:
    made = await kept(store)
    await kept(store, "TW-2611-00001")
    await _change(store, made, LI, 0, status=LeadStatus.CONTACTED)
    (found,) = await store.read(lambda work: registry.latest(work, status=LeadStatus.CONTACTED))
    assert (found.id, found.updated_at, found.version) == (made.id, LATER, 1)
    counted = await store.read(registry.count_by_status)
    assert counted == {LeadStatus.NEW: 1, LeadStatus.CONTACTED: 1}


async def test_what_is_to_be_done_next_is_sealed(store: Store) -> None:
    made = await kept(store)
    step = {"next_action": "Call Mr Wei", "next_on": date(2026, 11, 27), "owner_id": "li"}
    changed = await _change(store, made, LI, 0, **step)
    assert await store.read(lambda work: registry.get(work, made.id)) == changed
    assert changed.handling.next_action == "Call Mr Wei"
    bodies = await store.read(
        lambda work: [row.body for row in work.session.scalars(select(LeadRow))]
    )
    assert b"Wei" not in bodies[0]


async def test_of_two_who_change_a_lead_the_second_is_refused(store: Store) -> None:
    made = await kept(store)
    wanted = {LI: LeadStatus.CONTACTED, MARCO: LeadStatus.ENGAGED}
    outcomes = await asyncio.gather(
        *(_change(store, made, by, 0, status=status) for by, status in wanted.items()),
        return_exceptions=True,
    )
    won = [each for each in outcomes if isinstance(each, Lead)]
    assert len(won) == 1
    assert [type(each) for each in outcomes if each not in won] == [LeadChangedError]
    kept_now = await store.read(lambda work: registry.get(work, made.id))
    assert kept_now.status is won[0].status


async def test_who_presses_twice_has_one_effect_and_another_is_told(store: Store) -> None:
    made = await kept(store)
    for _ in range(2):
        await _change(store, made, LI, 0, status=LeadStatus.CONTACTED)
    with pytest.raises(LeadChangedError):
        await _change(store, made, MARCO, 0, status=LeadStatus.CONTACTED)
    lines = await store.read(lambda work: history.of(work, made))
    assert [(line.kind, line.actor) for line in lines] == [("lead.status", LI)]


async def test_a_lead_is_lost_for_a_reason_and_nothing_is_left_to_do(store: Store) -> None:
    made = await kept(store)
    with pytest.raises(LostWithoutReasonError):
        await _change(store, made, LI, 0, status=LeadStatus.LOST)
    step = {"next_action": "Call", "next_on": date(2026, 11, 27)}
    planned = await _change(store, made, LI, 0, **step)
    lost = await _change(
        store, planned, LI, 1, status=LeadStatus.LOST, lost_reason=LostReason.PRICE
    )
    assert (lost.handling.next_action, lost.handling.next_on) == ("", None)
    again = await _change(store, lost, LI, 2, status=LeadStatus.ENGAGED)
    assert again.handling.lost_reason is None


async def test_the_journal_says_who_did_what_and_nothing_personal(store: Store) -> None:
    made = await kept(store)
    changed = await _change(
        *(store, made, LI, 0), next_action="Call Mr Wei", next_on=date(2026, 11, 27), owner_id="li"
    )
    await _change(store, changed, MARCO, 1, status=LeadStatus.LOST, lost_reason=LostReason.PRICE)
    lines = await store.read(lambda work: history.of(work, made))
    names = {"li": "Li Na"}
    told = [
        f"{history.by_whom(line, names, 'en')}: {history.told(line, names, 'en')}" for line in lines
    ]
    assert told == [
        "Li Na: Given to Li Na",
        "Li Na: Next step planned for 2026-11-27",
        "a former colleague: Moved to Lost (the price)",
        "a former colleague: Next step changed, without a day",
    ]
    assert not any("Wei" in str(line.data) for line in lines)
    assert history.told(lines[2], names, "zh") == "改为“未成”（费用原因）"


async def test_history_outlives_the_conversation(store: Store) -> None:
    made = await kept(store)
    await _change(store, made, LI, 0, status=LeadStatus.CONTACTED)
    await store.run(lambda work: conversations.erase(work, made.conversation_id or ""))
    left = await store.read(lambda work: registry.get(work, made.id))
    assert [line.kind for line in await store.read(lambda work: history.of(work, left))] == [
        "lead.status"
    ]


async def test_urgency_of_older_leads_is_noted_once(store: Store) -> None:
    made = await kept(store, answers={**ANSWERS, "urgency": "held_now"})

    def forget(work: Work) -> None:
        work.session.get_one(LeadRow, made.id).urgency = None

    await store.run(forget)
    assert await store.run(registry.note_urgency) == 1
    assert await store.run(registry.note_urgency) == 0
    urgent = Wanted(urgency="held_now")
    assert await store.read(lambda work: board.count(work, urgent, NOW.date())) == 1


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
