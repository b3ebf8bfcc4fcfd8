"""Giving on, putting off, taking up, closing with a reason, opening again: by the plain forms of the page."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.conversation.hours import usual
from bot.conversation.owner import Owner
from bot.conversation.reasons import reasons
from bot.desk import owner_acts
from bot.desk.permissions import Permission, may
from bot.duty import TALKING
from bot.store import conversations, events, staff
from bot.store.staff import Role, Staff
from tests.bot.desk.conftest import Clock, Desk
from tests.bot.desk.page import actions, entries, words
from tests.bot.desk.test_conversations import _do, _path


async def test_a_colleague_gets_it_and_finds_it_on_top(
    desk: Desk, clock: Clock, lis: httpx.AsyncClient, marcos: httpx.AsyncClient, marco: Staff
) -> None:
    given = await desk.says("? cost", person="one")
    await _do(lis, given, "take")
    page = await lis.get(_path(given))
    assert "transfer" in actions(page)
    page = await _do(lis, given, "transfer", to=marco.id)
    assert "Marco Rossi has this conversation" in words(page)
    assert "transfer" not in actions(page)
    assert ("system", "message", "Marco Rossi of AAA IPRIGHT has taken over from Li Na.") in (
        await desk.said(given)
    )
    clock.move(minutes=1)
    called = await desk.says("! a person", person="two")
    assert entries(await marcos.get("/desk")) == [given, called]
    assert "Is back" in words(await marcos.get("/desk"))
    await _do(marcos, given, "reply", text="Good morning.")
    assert "Is back" not in words(await marcos.get("/desk"))


@pytest.mark.parametrize("unfit", ["gone", "reviewer", "nobody"])
async def test_whoever_cannot_have_it_does_not_get_it(
    desk: Desk, lis: httpx.AsyncClient, marco: Staff, unfit: str
) -> None:
    conversation = await desk.says("? cost")
    await _do(lis, conversation, "take")
    if unfit == "gone":
        await desk.store.run(lambda work: staff.disable(work, marco.id, now=desk.clock.now))
    elif unfit == "reviewer":
        await desk.store.run(
            lambda work: staff.set_profile(work, marco.id, name=marco.name, role=Role.REVIEWER)
        )
    offered = "transfer" in actions(await lis.get(_path(conversation)))
    assert offered == (unfit == "nobody")
    to = "somebody" if unfit == "nobody" else marco.id
    page = await _do(lis, conversation, "transfer", to=to)
    assert "cannot have this conversation" in words(page)
    assert (await desk.reception.state(conversation)).staff_name == "Li Na"


async def test_put_off_it_waits_no_more_and_comes_back_on_top(
    desk: Desk, lis: httpx.AsyncClient, clock: Clock
) -> None:
    conversation = await desk.says("! a person", person="one")
    until = (clock.now + timedelta(hours=1)).isoformat()
    page = await _do(lis, conversation, "snooze", until=until)
    assert "Put off until 18:00" in words(page)
    assert "Waiting 0" in words(page)
    assert "wake" in actions(page)
    clock.move(minutes=30)
    await desk.reception.quiet(conversation)
    assert "Put off until" in words(await lis.get(_path(conversation)))
    clock.move(minutes=31)
    await desk.reception.quiet(conversation)
    clock.move(minutes=1)
    other = await desk.says("! a person", person="two")
    page = await lis.get("/desk")
    assert entries(page) == [conversation, other]
    assert "Is back" in words(page)
    found = await desk.store.read(lambda work: conversations.get(work, conversation))
    assert found.snoozed_until is None
    assert found.look_at is not None, "it rings again"


async def test_by_the_readers_own_clock_and_taken_up_by_hand(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("! a person")
    await _do(lis, conversation, "snooze", at="2026-11-25T09:30", until="")
    state = await desk.reception.state(conversation)
    assert state.snoozed_until == datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    page = await _do(lis, conversation, "wake")
    assert "Put off" not in words(page).replace("Put it off", "").split("or until")[0]
    assert (await lis.post(_path(conversation, "snooze"), data={"at": "soon"})).status_code >= 400


async def test_closed_with_a_reason_and_opened_again(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("? cost")
    page = await _do(lis, conversation, "close", reason="not_ours", note="asks for a visa")
    assert "Closed: Not something we do" in words(page)
    assert "Reopen" in words(page)
    assert ("staff", "note", "asks for a visa") in await desk.said(conversation)
    journal = await desk.store.read(lambda work: events.of(work, conversation))
    [closed] = [each for each in journal if each.data.get("move") == "close"]
    assert closed.data["reason"] == "not_ours"
    page = await _do(lis, conversation, "take")
    assert "With you" in words(page)
    assert (await desk.reception.state(conversation)).closed_for is None
    page = await _do(lis, conversation, "close", reason="boredom")
    assert "Choose a reason from the list" in words(page)
    assert (await desk.reception.state(conversation)).owner is Owner.PERSON


async def test_an_overdue_reply_stands_out(
    desk: Desk, lis: httpx.AsyncClient, clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    await lis.post("/desk/sign-in", data={"login": "li", "password": "a harbour at night"})
    conversation = await desk.says("! a person")
    assert "Reply due in 15 min" in words(await lis.get("/desk"))
    clock.move(minutes=20)
    page = await lis.get("/desk")
    assert "Reply overdue by 5 min" in words(page)
    assert re.search(r'class="overdue">Reply overdue', page.text)
    page = await _do(lis, conversation, "reply", text="Good morning.")
    assert "Reply" not in words(page).partition("Take over")[0].partition("Reply to")[0]
    await desk.says("one thing more")
    assert "Reply due in 1 h" in words(await lis.get("/desk"))


def test_times_to_put_off_to_are_when_somebody_is_there() -> None:
    friday = datetime(2026, 9, 30, 17, 30, tzinfo=usual().there)
    found = owner_acts.times(usual(), friday)
    assert [label for label, _ in found] == ["In an hour", "Next working day"]
    assert found[1][1].astimezone(usual().there).isoformat() == "2026-10-08T09:00:00+08:00"


def test_the_roles_that_talk_are_those_of_the_table() -> None:
    assert {role for role in Role if may(role, Permission.TALK)} == set(TALKING)


def test_each_reason_has_words_in_both_languages() -> None:
    assert all(words["en"] and words["zh"] for words in reasons().values())
