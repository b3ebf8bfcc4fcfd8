"""Leads found, sorted and counted by how they are handled, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.leads import board, registry
from bot.leads.board import ALL, NOBODY, Due, Sort, Wanted
from bot.leads.model import Handling, LeadStatus, LostReason
from bot.store.tables import LeadRow
from bot.store.work import Store
from tests.bot.leads.making import ANSWERS, NOW, kept

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
C, E, LOST = LeadStatus.CONTACTED, LeadStatus.ENGAGED, LeadStatus.LOST

HANDLED = {
    "A": ("planning", Handling()),
    "B": ("held_now", Handling()),
    "C": ("soon", Handling(status=C, owner_id="li", next_on=TODAY - DAY)),
    "D": ("planning", Handling(status=C, owner_id="marco", next_on=TODAY)),
    "E": ("soon", Handling(status=E, owner_id="li", next_on=TODAY + 7 * DAY)),
    "F": ("held_now", Handling(status=LOST, lost_reason=LostReason.PRICE)),
    "G": ("soon", Handling(status=E, next_on=TODAY + 8 * DAY)),
}
"""Leads by the last letter of their reference, each a minute younger than the one before."""


@pytest.fixture
async def leads(store: Store) -> Store:
    for number, (letter, (urgency, handling)) in enumerate(HANDLED.items()):
        made = await kept(store, f"TW-2611-0000{letter}", answers={**ANSWERS, "urgency": urgency})
        moment = NOW + timedelta(minutes=number)
        await store.run(
            lambda work, made=made, handling=handling: registry.change(  # type: ignore[misc]
                work, made.reference, handling, seen=0, by="staff:li", now=NOW
            )
        )
        await store.run(
            lambda work, i=made.id, m=moment: setattr(  # type: ignore[misc]
                work.session.get_one(LeadRow, i), "created_at", m
            )
        )
    return store


async def _found(store: Store, wanted: Wanted, sort: Sort = Sort.OLDEST) -> str:
    leads = await store.read(lambda work: board.found(work, wanted, TODAY, sort=sort, limit=50))
    counted = await store.read(lambda work: board.count(work, wanted, TODAY))
    assert counted == len(leads)
    return "".join(lead.reference[-1] for lead in leads)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ALL, "ABCDEFG"),
        (Wanted(status=C), "CD"),
        (Wanted(owner="li"), "CE"),
        (Wanted(owner=NOBODY), "ABFG"),
        (Wanted(urgency="held_now"), "BF"),
        (Wanted(due=Due.OVERDUE), "C"),
        (Wanted(due=Due.TODAY), "D"),
        (Wanted(due=Due.WEEK), "CDE"),
        (Wanted(due=Due.NONE), "AB"),
        (Wanted(status=C, owner="li", urgency="soon", due=Due.OVERDUE), "C"),
        (Wanted(owner="somebody else"), ""),
    ],
)
async def test_filters(leads: Store, wanted: Wanted, found: str) -> None:
    assert await _found(leads, wanted) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.PRESSING, "CFBDEGA"),
        (Sort.NEWEST, "GFEDCBA"),
        (Sort.OLDEST, "ABCDEFG"),
        (Sort.DUE, "CDEGFBA"),
        (Sort.URGENCY, "FBGECDA"),
        (Sort.STATE, "BADCGEF"),
    ],
)
async def test_orders(leads: Store, sort: Sort, order: str) -> None:
    assert await _found(leads, ALL, sort) == order


async def test_counts_by_state_and_what_is_overdue(leads: Store) -> None:
    counted = await leads.read(lambda work: board.counts(work, Wanted(owner="li"), TODAY))
    assert counted == dict.fromkeys(LeadStatus, 0) | {C: 1, E: 1}
    assert await leads.read(lambda work: board.overdue(work, TODAY)) == 1
    late = await leads.read(lambda work: registry.find(work, "TW-2611-0000C"))
    assert board.is_overdue(late, TODAY)
    assert not board.is_overdue(late, TODAY - DAY)


async def test_pages_join(leads: Store) -> None:
    first, second = [
        await leads.read(
            lambda work, o=offset: board.found(  # type: ignore[misc]
                work, ALL, TODAY, sort=Sort.DUE, limit=4, offset=o
            )
        )
        for offset in (0, 4)
    ]
    assert "".join(lead.reference[-1] for lead in (*first, *second)) == "CDEGFBA"
