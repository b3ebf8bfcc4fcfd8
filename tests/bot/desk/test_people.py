"""The accounts: invitations, roles, who is out, and the last administrator."""

from __future__ import annotations

import asyncio
import contextlib
import re
from datetime import timedelta

import httpx
import pytest

from bot.conversation.events import Taken
from bot.conversation.owner import Owner
from bot.desk.errors import LastAdministratorError
from bot.desk.roster import OPERATOR, Roster
from bot.errors import StaffNotFoundError
from bot.store import events, staff
from bot.store.staff import Role, Staff
from tests.bot.desk.codes import enrol
from tests.bot.desk.conftest import PASSWORD, Desk
from tests.bot.desk.page import words
from tests.bot.told import staffer


def _link(answer: httpx.Response) -> str:
    found = re.search(r'id="link" value="[^"]*(/desk/setup/[^"]+)"', answer.text)
    assert found, words(answer)
    return found[1]


async def _journal(desk: Desk) -> list[tuple[str, str, dict[str, object]]]:
    now, day = desk.clock(), timedelta(days=30)
    lines = await desk.store.read(lambda work: events.between(work, now - day, now + day))
    return [(line.kind, line.actor, line.data) for line in lines]


async def _find(desk: Desk, staff_id: str) -> Staff:
    return await desk.store.read(lambda work: staff.get(work, staff_id))


def _roster(desk: Desk) -> Roster:
    return Roster(desk.store, desk.reception, desk.clock)


async def test_an_invitation_carries_login_and_role_and_is_shown_once(
    desk: Desk, lis: httpx.AsyncClient, li: Staff, stranger: httpx.AsyncClient
) -> None:
    form = {"login": "Anna", "role": "reviewer", "days": "3"}
    answer = await lis.post("/desk/people/invite", data=form)
    path = _link(answer)
    assert answer.headers["cache-control"] == "no-store"
    page = await lis.get("/desk/people")
    assert "anna , reviewer until" in words(page)
    assert path.rsplit("/", 1)[1] not in page.text
    desk.clock.move(days=2)
    assert "Your role: reviewer" in words(await stranger.get(path))
    given = {"name": "Anna", "password": PASSWORD, "again": PASSWORD, "role": "admin"}
    assert (await stranger.post(path, data=given)).status_code == 303
    anna = await desk.store.read(lambda work: staff.by_login(work, "anna"))
    assert (anna.role, anna.shows_name) == (Role.REVIEWER, False)
    lines = [line for line in await _journal(desk) if "invitation" in line[2]]
    (made, by, data), (used, who, same) = lines[-2:]
    assert (made, by, data["role"]) == ("staff.invited", f"staff:{li.id}", "reviewer")
    assert (used, who, same["invitation"]) == (
        "staff.set_up",
        f"staff:{anna.id}",
        data["invitation"],
    )


async def test_an_invitation_runs_out_is_replaced_and_withdrawn(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    form = {"login": "anna", "role": "agent", "days": "1"}
    first = _link(await lis.post("/desk/people/invite", data=form))
    second = _link(await lis.post("/desk/people/invite", data=form))
    assert (await stranger.get(first)).status_code == 410
    assert (await stranger.get(second)).status_code == 200
    page = await lis.get("/desk/people")
    (withdraw,) = re.findall(r'action="(/desk/people/invitations/\w+/withdraw)"', page.text)
    assert (await lis.post(withdraw)).status_code == 303
    assert (await lis.post(withdraw)).status_code == 303
    assert (await stranger.get(second)).status_code == 410
    third = _link(await lis.post("/desk/people/invite", data=form))
    desk.clock.move(days=1, minutes=1)
    assert (await stranger.get(third)).status_code == 410


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"login": "not a login", "role": "agent", "days": "1"}, 422),
        ({"login": "LI", "role": "agent", "days": "1"}, 409),
        ({"login": "anna", "role": "king", "days": "1"}, 422),
        ({"login": "anna", "role": "agent", "days": "9999"}, 422),
        ({}, 422),
    ],
)
async def test_what_cannot_be_invited(
    lis: httpx.AsyncClient, form: dict[str, str], status: int
) -> None:
    answer = await lis.post("/desk/people/invite", data=form)
    assert answer.status_code == status
    assert 'id="link"' not in answer.text


async def test_the_page_says_how_everybody_stands(
    desk: Desk, lis: httpx.AsyncClient, marco: Staff, marcos: httpx.AsyncClient
) -> None:
    await enrol(desk, marcos)
    seen = words(await lis.get("/desk/people"))
    assert "Marco Rossi marco Two-factor on Last seen 17:00 ; 2 browsers signed in." in seen
    assert "Li Na (you)" in seen


async def test_a_role_is_changed_at_once(
    desk: Desk, lis: httpx.AsyncClient, li: Staff, marco: Staff, marcos: httpx.AsyncClient
) -> None:
    assert (await marcos.get("/desk/people")).status_code == 403
    await lis.post(f"/desk/people/{marco.id}/role", data={"role": "admin"})
    assert (await marcos.get("/desk/people")).status_code == 200
    await marcos.post(f"/desk/people/{li.id}/role", data={"role": "reader"})
    assert (await lis.get("/desk/people")).status_code == 403
    changes = [line for line in await _journal(desk) if line[0] == "staff.role_changed"]
    assert [(by, data) for _, by, data in changes] == [
        (f"staff:{li.id}", {"staff": marco.id, "from": "agent", "to": "admin"}),
        (f"staff:{marco.id}", {"staff": li.id, "from": "admin", "to": "reader"}),
    ]


async def test_the_last_administrator_stays(
    desk: Desk, lis: httpx.AsyncClient, li: Staff, marco: Staff
) -> None:
    answer = await lis.post(f"/desk/people/{li.id}/role", data={"role": "agent"})
    assert answer.status_code == 409
    assert LastAdministratorError.default_user_text in words(answer)
    with pytest.raises(LastAdministratorError):
        await _roster(desk).disable(OPERATOR, li.id)
    assert (await _find(desk, li.id)).role is Role.ADMIN


async def test_two_administrators_cannot_unmake_each_other_at_once(
    desk: Desk, li: Staff, marco: Staff
) -> None:
    roster = _roster(desk)
    for _ in range(3):
        for one in (li, marco):
            await roster.enable(OPERATOR, one.id)
            await roster.set_role(OPERATOR, one.id, Role.ADMIN)
        results = await asyncio.gather(
            roster.set_role(f"staff:{li.id}", marco.id, Role.AGENT),
            roster.disable(f"staff:{marco.id}", li.id),
            return_exceptions=True,
        )
        assert sum(isinstance(one, LastAdministratorError) for one in results) == 1
        assert await desk.store.read(lambda work: staff.count_active(work, Role.ADMIN)) == 1


async def test_nobody_locks_themselves_out(
    desk: Desk, lis: httpx.AsyncClient, li: Staff, marco: Staff
) -> None:
    await _roster(desk).set_role(OPERATOR, marco.id, Role.ADMIN)
    for act in ("disable", "password", "two-factor"):
        answer = await lis.post(f"/desk/people/{li.id}/{act}")
        assert answer.status_code == 403, act
    assert (await _find(desk, li.id)).is_active


async def test_who_is_disabled_is_out_and_the_bot_goes_on(
    desk: Desk, lis: httpx.AsyncClient, li: Staff, marco: Staff, marcos: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    await desk.reception.act(conversation, Taken(by=staffer(marco.id, marco.name)))
    link = _link(await lis.post(f"/desk/people/{marco.id}/password"))
    assert (await lis.post(f"/desk/people/{marco.id}/disable")).status_code == 303
    assert (await marcos.get("/desk")).status_code == 303
    assert (await desk.reception.state(conversation)).owner is Owner.BOT
    async with desk.browser() as browser:
        assert (await browser.get(link)).status_code == 410
    assert "Disabled" in words(await lis.get("/desk/people"))
    (line,) = [line for line in await _journal(desk) if line[0] == "staff.disabled"]
    assert line[1:] == (f"staff:{li.id}", {"staff": marco.id, "conversations": 1})
    await lis.post(f"/desk/people/{marco.id}/enable")
    async with contextlib.aclosing(await desk.signed_in("marco")) as browser:
        assert (await browser.get("/desk")).status_code == 200


async def test_a_link_for_a_new_password(
    desk: Desk, lis: httpx.AsyncClient, marco: Staff, stranger: httpx.AsyncClient
) -> None:
    first = _link(await lis.post(f"/desk/people/{marco.id}/password"))
    second = _link(await lis.post(f"/desk/people/{marco.id}/password"))
    assert (await stranger.get(first)).status_code == 410
    assert "For Marco Rossi" in words(await stranger.get(second))
    assert "Open invitations" not in words(await lis.get("/desk/people"))


async def test_a_lost_telephone(
    desk: Desk, lis: httpx.AsyncClient, marco: Staff, marcos: httpx.AsyncClient
) -> None:
    await enrol(desk, marcos)
    await lis.post(f"/desk/people/{marco.id}/two-factor")
    assert (await marcos.get("/desk")).status_code == 303
    async with contextlib.aclosing(await desk.signed_in("marco")) as browser:
        assert "Off." in words(await browser.get("/desk/account"))
        await lis.post(f"/desk/people/{marco.id}/sign-out")
        assert (await browser.get("/desk")).status_code == 303


async def test_who_does_not_exist(desk: Desk, lis: httpx.AsyncClient) -> None:
    for act in ("disable", "enable", "password", "two-factor", "sign-out"):
        answer = await lis.post(f"/desk/people/nobody/{act}")
        assert answer.status_code == 404, act
    with pytest.raises(StaffNotFoundError):
        await _roster(desk).by_login("nobody")
