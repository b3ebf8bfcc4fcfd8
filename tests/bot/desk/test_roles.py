"""What each role may do: one table, asked by every page behind the door."""

from __future__ import annotations

import contextlib
import re

import httpx
import pytest

from bot.desk import permissions
from bot.desk.errors import NotPermittedError
from bot.desk.permissions import GRANTED, Permission, may
from bot.store import staff
from bot.store.staff import Role
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import words
from tests.bot.desk.test_permissions import BEFORE_THE_DOOR, routes


async def _as(desk: Desk, role: Role) -> httpx.AsyncClient:
    who = await desk.hire(role.value, f"The {role.value}")
    await desk.store.run(lambda work: staff.set_profile(work, who.id, name=who.name, role=role))
    return await desk.signed_in(role.value)


async def test_every_page_behind_the_door_asks_for_a_permission(
    desk: Desk, lis: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permissions, "GRANTED", dict.fromkeys(Role, frozenset()))
    closed = [(method, path) for method, path in routes(desk) if path not in BEFORE_THE_DOOR]
    assert len(closed) >= 13
    for method, path in closed:
        answer = await lis.request(method, re.sub(r"\{\w+\}", "anything", path))
        assert answer.status_code == 403, (method, path)
        assert NotPermittedError.default_user_text in words(answer)


def test_an_administrator_may_everything_and_whoever_looks_on_changes_nothing() -> None:
    assert GRANTED[Role.ADMIN] == set(Permission)
    assert GRANTED[Role.READER] == {Permission.LOOK}
    assert not may(Role.REVIEWER, Permission.SEE_PERSONAL)
    assert not may(Role.AGENT, Permission.PEOPLE)
    assert GRANTED.keys() == set(Role)


@pytest.mark.parametrize("role", [Role.READER, Role.REVIEWER])
async def test_whoever_looks_on_can_do_nothing_and_is_offered_nothing(
    desk: Desk, role: Role
) -> None:
    conversation = await desk.says("? cost")
    path = f"/desk/conversations/{conversation}"
    async with contextlib.aclosing(await _as(desk, role)) as browser:
        page = await browser.get(path)
        assert page.status_code == 200
        assert "<textarea" not in page.text
        assert "Take over" not in words(page)
        before = await desk.said(conversation)
        for act in ("reply", "note", "take", "hand-back", "close"):
            answer = await browser.post(f"{path}/{act}", data={"text": "x"})
            assert answer.status_code == 403
        assert await desk.said(conversation) == before
        assert "Export" not in words(await browser.get("/desk/leads"))
        assert (await browser.get("/desk/leads.csv")).status_code == 403
