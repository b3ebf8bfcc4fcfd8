"""Links by which a password is set, once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import SetupLinkSpentError
from bot.store import setup_links
from bot.store.tables import SetupLinkRow
from bot.store.work import Store
from tests.bot.store.making import NOW

HOUR = timedelta(hours=1)


async def test_a_link_is_used_once(store: Store) -> None:
    token = await store.run(lambda work: setup_links.make(work, now=NOW, lasts=HOUR, login=" Ann "))
    assert await store.read(lambda work: setup_links.is_open(work, token, now=NOW))
    assert await store.run(lambda work: setup_links.spend(work, token, now=NOW)) == "ann"
    assert not await store.read(lambda work: setup_links.is_open(work, token, now=NOW))
    with pytest.raises(SetupLinkSpentError) as caught:
        await store.run(lambda work: setup_links.spend(work, token, now=NOW))
    assert token not in str(caught.value)


async def test_of_many_at_once_one_gets_it(store: Store) -> None:
    token = await store.run(lambda work: setup_links.make(work, now=NOW, lasts=HOUR))
    results = await asyncio.gather(
        *(store.run(lambda work: setup_links.spend(work, token, now=NOW)) for _ in range(10)),
        return_exceptions=True,
    )
    assert results.count(None) == 1


async def test_a_link_that_was_spent_in_vain_is_open_again(store: Store) -> None:
    token = await store.run(lambda work: setup_links.make(work, now=NOW, lasts=HOUR))

    def spend_and_fail(work: object) -> None:
        setup_links.spend(work, token, now=NOW)  # type: ignore[arg-type]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await store.run(spend_and_fail)
    assert await store.read(lambda work: setup_links.is_open(work, token, now=NOW))


@pytest.mark.parametrize("late", [HOUR, 2 * HOUR])
async def test_a_link_runs_out(store: Store, late: timedelta) -> None:
    token = await store.run(lambda work: setup_links.make(work, now=NOW, lasts=HOUR))
    assert not await store.read(lambda work: setup_links.is_open(work, token, now=NOW + late))
    with pytest.raises(SetupLinkSpentError):
        await store.run(lambda work: setup_links.spend(work, token, now=NOW + late))


async def test_sweeping_takes_what_has_run_out(store: Store) -> None:
    for lasts in (HOUR, 2 * HOUR):
        await store.run(
            lambda work, span=lasts: setup_links.make(work, now=NOW, lasts=span)  # type: ignore[misc]
        )
    await store.run(lambda work: setup_links.sweep(work, now=NOW + HOUR))
    kept = await store.read(lambda work: work.session.scalars(select(SetupLinkRow)).all())
    assert [row.expires_at for row in kept] == [NOW + 2 * HOUR]
