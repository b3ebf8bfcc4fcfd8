"""Sign-ins that failed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.store import attempts
from bot.store.tables import SignInAttemptRow
from bot.store.work import Store, Work
from tests.bot.store.making import NOW

MINUTE = timedelta(minutes=1)


async def _fail(store: Store) -> None:
    """Ann at 0, 1 and 2 minutes, Bo at 1."""

    def do(work: Work) -> None:
        for number in range(3):
            attempts.record(work, " Ann", now=NOW + number * MINUTE)
        attempts.record(work, "bo", now=NOW + MINUTE)

    await store.run(do)


async def test_they_are_counted_by_login_and_time(store: Store) -> None:
    await _fail(store)

    def count(work: Work) -> list[int]:
        return [
            attempts.count(work, "ANN", since=NOW),
            attempts.count(work, "ann", since=NOW + 2 * MINUTE),
            attempts.count(work, "bo", since=NOW),
            attempts.count(work, "nobody", since=NOW),
            attempts.count_all(work, since=NOW + MINUTE),
        ]

    assert await store.read(count) == [3, 1, 1, 0, 3]


async def test_a_sign_in_begins_the_count_anew(store: Store) -> None:
    await _fail(store)
    await store.run(lambda work: attempts.forget(work, "Ann"))
    assert await store.read(lambda work: attempts.count_all(work, since=NOW)) == 1


async def test_sweeping_takes_the_old_ones(store: Store) -> None:
    await _fail(store)
    await store.run(lambda work: attempts.sweep(work, before=NOW + 2 * MINUTE))
    assert await store.read(lambda work: attempts.count_all(work, since=NOW)) == 1


async def test_the_login_is_kept_as_a_hash(store: Store) -> None:
    await _fail(store)
    rows = await store.read(lambda work: work.session.scalars(select(SignInAttemptRow)).all())
    assert not any("ann" in row.login_hash or "bo" in row.login_hash for row in rows)
