"""The staff's accounts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import LoginTakenError, StaffNotFoundError
from bot.store import sessions, staff
from bot.store.staff import Role
from bot.store.work import Store, Work
from tests.bot.store.making import NOW, hire

DAY = timedelta(days=1)


async def test_an_account_comes_back(store: Store) -> None:
    ann = await store.run(lambda work: hire(work, " Ann "))
    assert (ann.login, ann.role, ann.is_active) == ("ann", Role.AGENT, True)
    assert await store.read(lambda work: staff.get(work, ann.id)) == ann


async def test_a_login_belongs_to_one(store: Store) -> None:
    results = await asyncio.gather(
        *(store.run(lambda work: hire(work, "ANN")) for _ in range(5)), return_exceptions=True
    )
    assert sum(isinstance(result, LoginTakenError) for result in results) == 4
    assert len(await store.read(staff.everyone)) == 1


async def test_a_login_is_not_told_in_the_error(store: Store) -> None:
    await store.run(lambda work: hire(work, "ann@agency.example"))
    with pytest.raises(LoginTakenError) as caught:
        await store.run(lambda work: hire(work, "ann@agency.example"))
    assert "agency.example" not in str(caught.value)


async def test_everyone_by_name(store: Store) -> None:
    await store.run(lambda work: [hire(work, login) for login in ("cy", "ann", "bo")])
    assert [each.name for each in await store.read(staff.everyone)] == ["Ann", "Bo", "Cy"]


async def test_what_a_sign_in_is_checked_against(store: Store) -> None:
    ann = await store.run(hire)
    found = await store.read(lambda work: staff.credentials(work, " ANN"))
    assert found is not None
    assert (found.staff, found.password_hash) == (ann, "hash of ann")
    assert await store.read(lambda work: staff.credentials(work, "bo")) is None


async def test_who_is_disabled_cannot_sign_in_and_is_out(store: Store) -> None:
    ann = await store.run(hire)
    token = await store.run(lambda work: sessions.begin(work, ann.id, now=NOW, lasts=DAY))
    await store.run(lambda work: staff.disable(work, ann.id, now=NOW))

    def look(work: Work) -> list[object]:
        return [
            staff.credentials(work, "ann"),
            sessions.whose(work, token, now=NOW),
            staff.get(work, ann.id).is_active,
            staff.count_active(work),
        ]

    assert await store.read(look) == [None, None, False, 0]
    await store.run(lambda work: staff.enable(work, ann.id))
    assert await store.read(lambda work: staff.credentials(work, "ann")) is not None


async def test_how_many_may_sign_in(store: Store) -> None:
    await store.run(lambda work: [hire(work, "ann", Role.ADMIN), hire(work, "bo")])

    def count(work: Work) -> list[int]:
        return [staff.count_active(work, role) for role in (None, Role.ADMIN, Role.AGENT)]

    assert await store.read(count) == [2, 1, 1]


async def test_a_new_password_signs_out_everywhere(store: Store) -> None:
    ann = await store.run(hire)
    token = await store.run(lambda work: sessions.begin(work, ann.id, now=NOW, lasts=DAY))
    await store.run(lambda work: staff.set_password(work, ann.id, "new hash"))
    found = await store.read(lambda work: staff.credentials(work, "ann"))
    assert found is not None
    assert found.password_hash == "new hash"
    assert await store.read(lambda work: sessions.whose(work, token, now=NOW)) is None


async def test_a_new_name_and_role(store: Store) -> None:
    ann = await store.run(hire)
    await store.run(lambda work: staff.set_profile(work, ann.id, name="Anna", role=Role.ADMIN))
    found = await store.read(lambda work: staff.get(work, ann.id))
    assert found == replace(ann, name="Anna", role=Role.ADMIN)


async def test_who_is_not_there_is_said(store: Store) -> None:
    changes = (
        lambda work: staff.get(work, "none"),
        lambda work: staff.set_password(work, "none", "x"),
        lambda work: staff.set_profile(work, "none", name="x", role=Role.AGENT),
        lambda work: staff.disable(work, "none", now=NOW),
        lambda work: staff.enable(work, "none"),
    )
    for change in changes:
        with pytest.raises(StaffNotFoundError, match="none"):
            await store.run(change)
