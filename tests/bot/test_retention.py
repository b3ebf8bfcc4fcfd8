"""Lines for review go when their days are over."""

from __future__ import annotations

from datetime import date, timedelta

from bot.retention import NAME, Retention
from bot.store import review
from bot.store.durable import Durable
from bot.store.review import Mark
from bot.store.work import Job, Store, Work
from tests.bot.store.diaries import ended

TODAY = date(2026, 11, 22)


def retention(store: Store) -> Retention:
    return Retention(store, 90, lambda: TODAY)


async def left(store: Store) -> list[str]:
    return [line.text for line in await store.read(review.lines)]


async def keep(store: Store, *ages: int) -> None:
    """A line for each of these ages in days, named after it."""

    def work_on(work: Work) -> None:
        for age in ages:
            mark = Mark(f"{age}", f"{age}", "en", "not_understood")
            review.keep(work, mark, on=TODAY - timedelta(days=age))

    await store.run(work_on)


async def test_a_line_is_forgotten_after_its_days_and_not_before(store: Store) -> None:
    await keep(store, 0, 90, 91, 400)
    assert await retention(store).forget() == 2
    assert sorted(await left(store)) == ["0", "90"]


async def test_the_durable_engine_does_it(store: Store, durable: Durable) -> None:
    await keep(store, 0, 91)
    clockwork = retention(store).clockwork
    assert clockwork.name == NAME
    durable.register("now", clockwork.flow)
    await durable.start()
    await store.run(lambda work: work.enqueue(Job("now", "once")))
    assert (await ended(durable, "once")).result == 1
    assert await left(store) == ["0"]
