"""Who is signed in."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.store import sessions
from bot.store.staff import Staff
from bot.store.tables import StaffSessionRow
from bot.store.tokens import hash_token, new_token
from bot.store.work import Store, Work
from tests.bot.store.making import NOW, hire

HOUR = timedelta(hours=1)


async def _sign_in(store: Store, login: str = "ann") -> tuple[Staff, str]:
    def do(work: Work) -> tuple[Staff, str]:
        member = hire(work, login)
        return member, sessions.begin(work, member.id, now=NOW, lasts=HOUR)

    return await store.run(do)


async def _whose(store: Store, token: str, now: datetime = NOW) -> Staff | None:
    return await store.read(lambda work: sessions.whose(work, token, now=now))


async def test_the_token_says_who_it_is_until_it_runs_out(store: Store) -> None:
    ann, token = await _sign_in(store)
    assert await _whose(store, token) == ann
    assert await _whose(store, token, NOW + HOUR - timedelta(seconds=1)) == ann
    assert await _whose(store, token, NOW + HOUR) is None
    assert await _whose(store, new_token()) is None
    assert await _whose(store, "\ud800") is None


async def test_only_the_hash_is_kept(store: Store) -> None:
    _, token = await _sign_in(store)
    kept = await store.read(lambda work: work.session.scalars(select(StaffSessionRow)).one())
    assert kept.token_hash == hash_token(token)
    assert token not in repr(vars(kept))


async def test_being_seen_and_going_on(store: Store) -> None:
    ann, token = await _sign_in(store)
    later = NOW + HOUR / 2
    await store.run(lambda work: sessions.seen(work, token, now=later))
    assert await _whose(store, token, NOW + HOUR) is None
    await store.run(lambda work: sessions.seen(work, token, now=later, lasts=HOUR))
    assert await _whose(store, token, NOW + HOUR) == ann


async def test_what_has_run_out_is_not_brought_back(store: Store) -> None:
    _, token = await _sign_in(store)
    late = NOW + 2 * HOUR
    await store.run(lambda work: sessions.seen(work, token, now=late, lasts=HOUR))
    assert await _whose(store, token, late) is None


async def test_signing_out_here_and_everywhere(store: Store) -> None:
    ann, here = await _sign_in(store)
    _, bos = await _sign_in(store, "bo")
    there = await store.run(lambda work: sessions.begin(work, ann.id, now=NOW, lasts=HOUR))
    await store.run(lambda work: sessions.end(work, here))
    assert await _whose(store, here) is None
    assert await _whose(store, there) == ann
    await store.run(lambda work: sessions.end_all(work, ann.id))
    assert await _whose(store, there) is None
    assert await _whose(store, bos) is not None


async def test_sweeping_takes_what_has_run_out(store: Store) -> None:
    ann, _ = await _sign_in(store)
    fresh = await store.run(lambda work: sessions.begin(work, ann.id, now=NOW, lasts=2 * HOUR))
    await store.run(lambda work: sessions.sweep(work, now=NOW + HOUR))
    kept = await store.read(lambda work: work.session.scalars(select(StaffSessionRow)).all())
    assert [row.token_hash for row in kept] == [hash_token(fresh)]


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 43 for token in tokens)
