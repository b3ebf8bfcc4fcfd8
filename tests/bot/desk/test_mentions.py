"""Naming a colleague in a note: they see it in the menu, and where."""

from __future__ import annotations

import httpx
import pytest

from bot.store import conversations, mentions
from bot.store.staff import Staff
from tests.bot.desk.conftest import Desk
from tests.bot.desk.page import words


def _path(conversation: str, action: str = "") -> str:
    return f"/desk/conversations/{conversation}" + (f"/{action}" if action else "")


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("@marco please look", {"marco"}),
        ("Ask @Marco.", {"marco"}),
        ("for @marco, @li", {"marco", "li"}),
        ("@m.rossi@example.com knows", {"m.rossi@example.com"}),
        ("write to info@marco.example", set()),
        ("nobody at all @", set()),
    ],
)
def test_who_is_named(note: str, named: set[str]) -> None:
    assert named <= mentions.logins_in(note)
    assert bool(named) == bool(mentions.logins_in(note))


async def test_who_is_named_sees_it_until_they_look(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    assert "Nobody has named you yet" in words(await marcos.get("/desk/mentions"))
    await lis.post(_path(conversation, "note"), data={"text": "@marco do you know this one?"})
    assert "Mentions 1 , 1 not seen" in words(await marcos.get("/desk/leads"))
    page = await marcos.get("/desk/mentions")
    assert "Li Na named you in Web" in words(page)
    assert f'href="{_path(conversation)}#line-' in page.text
    hidden = {"X-Desk-Hidden": "1"}
    await marcos.get(_path(conversation), headers=hidden)
    assert "not seen" in words(await marcos.get("/desk")), "nobody has looked yet"
    assert "not seen" not in words(await marcos.get(_path(conversation))), "it is seen by looking"
    assert "not seen" not in words(await marcos.get("/desk/mentions"))
    assert "Li Na named you" in words(await marcos.get("/desk/mentions"))
    assert "not seen" not in words(await lis.get("/desk")), "it was not Li who was named"


async def test_whom_a_note_can_name_is_said(
    desk: Desk, lis: httpx.AsyncClient, marco: Staff
) -> None:
    conversation = await desk.says("? cost")
    shown = words(await lis.get(_path(conversation)))
    assert f"@marco ({marco.name})" in shown
    assert "@li (" not in shown


async def test_naming_oneself_or_in_a_message_to_the_prospect_is_no_mention(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    await lis.post(_path(conversation, "note"), data={"text": "@li remember"})
    await lis.post(_path(conversation, "reply"), data={"text": "@marco will help you"})
    for browser in (lis, marcos):
        assert "not seen" not in words(await browser.get("/desk"))


async def test_what_is_erased_is_mentioned_no_longer(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient, marco: Staff
) -> None:
    conversation = await desk.says("? cost")
    await lis.post(_path(conversation, "note"), data={"text": "@marco"})
    await desk.store.run(lambda work: conversations.erase(work, conversation))
    assert await desk.store.read(lambda work: mentions.unseen(work, marco.id)) == 0
    assert "Nobody has named you yet" in words(await marcos.get("/desk/mentions"))
