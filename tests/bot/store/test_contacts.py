"""Linked and blocked identities."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.store import contacts
from bot.store.contacts import Identity
from bot.store.tables import Base
from bot.store.work import Store, Work
from tests.bot.store.making import NOW, hire

ONE, TWO, THREE, FOUR = (Identity("web", "main", name) for name in ("1", "2", "3", "4"))


async def test_linking_and_unlinking_come_back_to_where_it_began(store: Store) -> None:
    def work_on(work: Work) -> None:
        ann = hire(work).id
        contacts.link(work, ONE, TWO, by=ann, now=NOW)
        contacts.link(work, THREE, FOUR, by=ann, now=NOW)
        contacts.link(work, TWO, THREE, by=ann, now=NOW)
        assert contacts.linked(work, FOUR)[0] == FOUR
        assert set(contacts.linked(work, FOUR)) == {ONE, TWO, THREE, FOUR}
        assert contacts.unlink(work, TWO)
        assert contacts.linked(work, TWO) == [TWO]
        assert set(contacts.linked(work, ONE)) == {ONE, THREE, FOUR}
        for each in (ONE, THREE):
            contacts.unlink(work, each)
        assert contacts.linked(work, FOUR) == [FOUR]
        assert not contacts.unlink(work, FOUR)
        for name in ("contacts", "contact_members"):
            counted = select(func.count()).select_from(Base.metadata.tables[name])
            assert work.session.scalars(counted).one() == 0

    await store.run(work_on)


async def test_linking_again_changes_nothing(store: Store) -> None:
    def work_on(work: Work) -> None:
        ann = hire(work).id
        first = contacts.link(work, ONE, TWO, by=ann, now=NOW)
        assert contacts.link(work, TWO, ONE, by=ann, now=NOW) == first
        assert contacts.linked(work, ONE) == [ONE, TWO]

    await store.run(work_on)


async def test_blocking_holds_until_it_is_taken_back(store: Store) -> None:
    def work_on(work: Work) -> None:
        ann = hire(work).id
        assert contacts.block(work, ONE, by=ann, now=NOW)
        assert not contacts.block(work, ONE, by=ann, now=NOW)
        assert contacts.blocked(work, TWO) is None
        contacts.mark_told(work, ONE, now=NOW)
        found = contacts.blocked(work, ONE)
        assert found is not None
        assert (found.by, found.told_at) == (ann, NOW)
        assert contacts.unblock(work, ONE)
        assert not contacts.unblock(work, ONE)
        assert contacts.blocked(work, ONE) is None

    await store.run(work_on)
