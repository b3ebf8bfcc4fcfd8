"""One's own account: name, password, browsers, the second factor."""

from __future__ import annotations

import contextlib
import re
from datetime import timedelta

import httpx
import pytest

from bot.channels.rendering import page_line
from bot.channels.wire import presence
from bot.conversation.events import Answered, HandedBack, Staffer
from bot.desk.attempts import PER_LOGIN
from bot.desk.errors import WrongPasswordError
from bot.store import events, staff
from bot.store.staff import Role, Staff
from knowledge.model import Language
from tests.bot.desk.codes import code, enrol
from tests.bot.desk.conftest import PASSWORD, Desk
from tests.bot.desk.page import words
from tests.bot.told import key

NEW = "another harbour by day"


async def _kinds(desk: Desk) -> list[str]:
    now, day = desk.clock(), timedelta(days=1)
    lines = await desk.store.read(lambda work: events.between(work, now - day, now + day))
    return [line.kind for line in lines]


async def test_name_and_whether_it_is_shown(desk: Desk, lis: httpx.AsyncClient, li: Staff) -> None:
    page = await lis.get("/desk/account")
    assert 'name="name" value="Li Na"' in page.text
    answer = await lis.post("/desk/account/name", data={"name": " Li  Wei "})
    assert answer.headers["location"] == "/desk/account?done=name"
    found = await desk.store.read(lambda work: staff.get(work, li.id))
    assert (found.name, found.shows_name) == ("Li Wei", False)
    await lis.post("/desk/account/name", data={"name": "Li Wei", "shown": "yes"})
    assert (await desk.store.read(lambda work: staff.get(work, li.id))).shows_name
    refused = await lis.post("/desk/account/name", data={"name": ""})
    assert refused.status_code == 422
    kinds = await _kinds(desk)
    assert kinds.count("staff.name_changed") == 1
    assert kinds.count("staff.name_shown") == 1
    await lis.post("/desk/account/name", data={"name": "Li Wei"})
    assert (await _kinds(desk))[-1] == "staff.name_hidden"


async def test_a_new_password_ends_every_other_session(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    old = dict(lis.cookies)
    async with contextlib.aclosing(await desk.signed_in("li")) as another:
        form = {"present": PASSWORD, "password": NEW, "again": NEW}
        answer = await lis.post("/desk/account/password", data=form)
        assert answer.headers["location"] == "/desk/account?done=password"
        assert dict(lis.cookies) != old, "the session goes on under a new token"
        assert (await lis.get("/desk")).status_code == 200
        assert (await another.get("/desk")).status_code == 303
    assert await desk.accounts.sign_in("li", NEW, "198.51.100.1")


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"present": "wrong", "password": NEW, "again": NEW}, "not your present password"),
        ({"present": PASSWORD, "password": NEW, "again": "x"}, "differ"),
        ({"present": PASSWORD, "password": "short", "again": "short"}, "at least 12"),
        ({}, "differ"),
    ],
)
async def test_a_password_is_not_changed_by_halves(
    desk: Desk, lis: httpx.AsyncClient, form: dict[str, str], told: str
) -> None:
    answer = await lis.post("/desk/account/password", data=form)
    assert answer.status_code in (401, 422)
    assert told in words(answer)
    assert await desk.accounts.sign_in("li", PASSWORD, "198.51.100.1")


async def test_whoever_finds_a_browser_open_guesses_no_faster_than_at_the_door(
    lis: httpx.AsyncClient,
) -> None:
    form = {"present": "a guess", "password": NEW, "again": NEW}
    for _ in range(PER_LOGIN):
        assert (await lis.post("/desk/account/password", data=form)).status_code == 401
    assert (await lis.post("/desk/account/password", data=form)).status_code == 429
    begin = await lis.post("/desk/account/two-factor/begin", data={"present": PASSWORD})
    assert begin.status_code == 429


async def test_browsers_are_listed_without_what_signs_in_and_ended_one_by_one(
    desk: Desk, lis: httpx.AsyncClient, marcos: httpx.AsyncClient
) -> None:
    async with desk.browser() as phone, desk.browser() as tablet:
        for browser, said in ((phone, "(iPhone) Safari/1"), (tablet, "(iPad) Safari/1")):
            form = {"login": "li", "password": PASSWORD}
            await browser.post("/desk/sign-in", data=form, headers={"User-Agent": said})
        page = await lis.get("/desk/account")
        assert "Safari on iPhone since today, last seen today" in words(page)
        for browser in (lis, phone, tablet):
            assert next(iter(browser.cookies.values())) not in page.text
        found = re.search(r'sessions/(\w+)/end"><button[^>]*"Sign out Safari on iPhone"', page.text)
        assert found
        end = f"/desk/account/sessions/{found[1]}/end"
        await marcos.post(end)
        assert (await phone.get("/desk")).status_code == 200, "another's cannot be ended"
        await lis.post(end)
        assert (await phone.get("/desk")).status_code == 303
        assert (await tablet.get("/desk")).status_code == 200
        await lis.post("/desk/account/sessions/end-others")
        assert (await lis.get("/desk")).status_code == 200
        for browser in (phone, tablet):
            assert (await browser.get("/desk")).status_code == 303
    assert (await _kinds(desk)).count("staff.session_ended") == 2


async def test_setting_up_wants_the_password(lis: httpx.AsyncClient) -> None:
    answer = await lis.post("/desk/account/two-factor/begin", data={"present": "wrong"})
    assert WrongPasswordError.default_user_text in words(answer)
    assert 'id="secret"' not in (await lis.get("/desk/account")).text


async def test_a_wrong_first_code_turns_nothing_on(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    await lis.post("/desk/account/two-factor/begin", data={"present": PASSWORD})
    answer = await lis.post("/desk/account/two-factor/confirm", data={"code": "000000"})
    assert answer.status_code == 401
    assert 'id="secret"' in answer.text
    await lis.post("/desk/account/two-factor/give-up")
    assert 'id="secret"' not in (await lis.get("/desk/account")).text
    assert await desk.accounts.sign_in("li", PASSWORD, "198.51.100.1")


async def test_it_is_turned_off_and_codes_made_anew_by_a_code(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    secret, codes = await enrol(desk, lis)
    shown = await lis.get("/desk/account")
    assert secret not in shown.text.replace(" ", "")
    assert not any(one in shown.text for one in codes), "they are shown once"
    assert (await lis.post("/desk/account/two-factor/off", data={"code": "1"})).status_code == 401
    await lis.post("/desk/account/two-factor/begin", data={"present": PASSWORD})
    given = {"code": code(secret, desk)}
    page = await lis.post("/desk/account/two-factor/codes", data=given)
    anew = re.findall(r"<li><code>([^<]+)</code>", page.text)
    assert len(anew) == 10
    assert not set(anew) & set(codes)
    old = await lis.post("/desk/account/two-factor/off", data={"code": codes[0]})
    assert old.status_code == 401
    answer = await lis.post("/desk/account/two-factor/off", data={"code": anew[0]})
    assert answer.headers["location"] == "/desk/account?done=off"
    assert await desk.accounts.sign_in("li", PASSWORD, "198.51.100.1")


async def test_everybody_has_the_page(desk: Desk, li: Staff, marco: Staff) -> None:
    await desk.store.run(lambda work: staff.set_role(work, marco.id, Role.READER))
    async with contextlib.aclosing(await desk.signed_in("marco")) as browser:
        assert (await browser.get("/desk/account?done=evil")).status_code == 200
        await browser.post("/desk/account/name", data={"name": "Marco", "shown": "yes"})
    assert (await desk.store.read(lambda work: staff.get(work, marco.id))).name == "Marco"


@pytest.mark.parametrize(
    ("language", "joined", "left"),
    [
        ("en", "A colleague of AAA IPRIGHT has joined", "A colleague has left"),
        ("zh", "AAA IPRIGHT的同事已加入对话", "同事已离开"),
    ],
)
async def test_a_prospect_reads_a_name_only_where_its_owner_agreed(
    desk: Desk, language: Language, joined: str, left: str
) -> None:
    eve = await desk.hire("eve", "Eve Adams", shows_name=False)
    chat = await desk.reception.open(key(), language)
    claims_more = Staffer(id=eve.id, name="Eve Adams", shows_name=True)
    await desk.reception.act(chat, Answered(by=claims_more, text="Hello."))
    state = await desk.reception.state(chat)
    assert state.staff_name == "Eve Adams", "colleagues read it"
    assert presence(state).person is None
    await desk.reception.act(chat, HandedBack(by=claims_more))
    shown = [page_line(line, None) for line in await desk.reception.transcript(chat)]
    texts = " ".join(line.text for line in shown)
    assert joined in texts
    assert left in texts
    assert not any("Eve" in repr(line) for line in shown)
    async with contextlib.aclosing(await desk.signed_in("eve")) as eves:
        await eves.post("/desk/account/name", data={"name": "Eve Adams", "shown": "yes"})
        assert "Eve Adams" in words(await eves.get(f"/desk/conversations/{chat}"))
    await desk.reception.act(chat, Answered(by=claims_more, text="Here again."))
    assert presence(await desk.reception.state(chat)).person == "Eve Adams"
    last = page_line((await desk.reception.transcript(chat))[-1], None)
    assert (last.name, last.text) == ("Eve Adams", "Here again.")
