"""Signing in with a code: in its order, once, not guessed, and by no way round it."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from bot.desk.attempts import PER_LOGIN
from bot.desk.errors import (
    CodeRefusedError,
    SecondStepOverError,
    SignInRefusedError,
    TooManyAttemptsError,
)
from bot.settings import Role, Settings
from bot.store import events, second_factor, staff
from bot.store.staff import Staff
from bot.store.work import Work
from tests.bot.desk.codes import code, enrol, password_given
from tests.bot.desk.conftest import PASSWORD, Desk
from tests.bot.desk.page import words


async def _answers(browser: httpx.AsyncClient, ticket: str, typed: str) -> httpx.Response:
    return await browser.post("/desk/sign-in/code", data={"ticket": ticket, "code": typed})


async def test_password_then_code(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    secret, _ = await enrol(desk, lis)
    ticket = await password_given(stranger)
    assert not stranger.cookies
    assert (await stranger.get("/desk")).status_code == 303
    wrong = await _answers(stranger, ticket, "000000")
    assert wrong.status_code == 401
    assert CodeRefusedError.default_user_text in words(wrong)
    assert (await _answers(stranger, ticket, code(secret, desk))).headers["location"] == "/desk"
    assert (await stranger.get("/desk")).status_code == 200


async def test_a_wrong_password_is_told_as_before_and_gets_no_ticket(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    await enrol(desk, lis)
    answer = await stranger.post("/desk/sign-in", data={"login": "li", "password": "wrong"})
    assert answer.status_code == 401
    assert SignInRefusedError.default_user_text in words(answer)
    assert "ticket" not in answer.text


async def test_a_code_works_once(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    secret, _ = await enrol(desk, lis)
    used = code(secret, desk)
    assert (await _answers(stranger, await password_given(stranger), used)).status_code == 303
    async with desk.browser() as another:
        ticket = await password_given(another)
        assert (await _answers(another, ticket, used)).status_code == 401
        desk.clock.move(seconds=-30)  # One of before it is refused too.
        assert (await _answers(another, ticket, code(secret, desk))).status_code == 401
        desk.clock.move(seconds=60)
        assert (await _answers(another, ticket, code(secret, desk))).status_code == 303


async def test_of_two_at_once_with_one_code_one_is_let_in(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    secret, codes = await enrol(desk, lis)
    for used in (code(secret, desk), codes[0]):
        ticket = await password_given(stranger)
        tries = (desk.accounts.take_code(ticket, used, "203.0.113.7") for _ in range(3))
        results = await asyncio.gather(*tries, return_exceptions=True)
        assert sum(isinstance(one, str) for one in results) == 1
        assert sum(isinstance(one, CodeRefusedError) for one in results) == 2


async def test_a_recovery_code_works_once_and_is_written_down(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient, li: Staff
) -> None:
    _, codes = await enrol(desk, lis)
    ticket = await password_given(stranger)
    assert (await _answers(stranger, ticket, codes[3].upper())).status_code == 303
    assert (await _answers(stranger, ticket, codes[3])).status_code == 401
    assert "9 recovery codes are left" in words(await lis.get("/desk/account"))
    kinds = await desk.store.read(
        lambda work: [
            one.kind
            for one in events.between(work, li.created_at, desk.clock() + timedelta(minutes=1))
        ]
    )
    assert kinds.count("staff.recovery_code_used") == 1


async def test_codes_are_guessed_no_faster_than_passwords(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    secret, _ = await enrol(desk, lis)
    ticket = await password_given(stranger)
    for _ in range(PER_LOGIN - 1):
        assert (await _answers(stranger, ticket, "000000")).status_code == 401
    late = await _answers(stranger, ticket, code(secret, desk))
    assert late.status_code == 429
    with pytest.raises(TooManyAttemptsError):  # A fitting password does not clear the count.
        await desk.accounts.sign_in("li", PASSWORD, "198.51.100.1")


async def test_a_ticket_runs_out_and_cannot_be_made_up(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    secret, _ = await enrol(desk, lis)
    ticket = await password_given(stranger)
    for other in ("", "x", "é", ticket[:-4] + "AAAA", ticket[8:]):
        answer = await _answers(stranger, other, code(secret, desk))
        assert answer.status_code == 401
        assert SecondStepOverError.default_user_text in words(answer)
    desk.clock.move(minutes=5)
    assert (await _answers(stranger, ticket, code(secret, desk))).status_code == 401


async def test_a_ticket_ends_with_the_password_it_followed(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient, li: Staff
) -> None:
    secret, _ = await enrol(desk, lis)
    ticket = await password_given(stranger)
    await desk.store.run(lambda work: staff.set_password(work, li.id, "another"))
    assert (await _answers(stranger, ticket, code(secret, desk))).status_code == 401


async def test_a_link_for_a_new_password_is_no_way_round_the_code(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    secret, _ = await enrol(desk, lis)
    path = await desk.accounts.invite("li")
    form = {"password": "another harbour", "again": "another harbour"}
    answer = await stranger.post(path, data=form)
    assert not stranger.cookies
    found = re.search(r'name="ticket" value="([^"]+)"', answer.text)
    assert found
    assert (await _answers(stranger, found[1], code(secret, desk))).status_code == 303


async def test_after_the_code_one_is_where_one_wanted_to_go(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    secret, _ = await enrol(desk, lis)
    form = {"login": "li", "password": PASSWORD, "next": "/desk/leads"}
    page = await stranger.post("/desk/sign-in", data=form)
    assert 'name="next" value="/desk/leads"' in page.text
    given = {"ticket": await password_given(stranger), "code": code(secret, desk)}
    for wanted, leads_to in (("https://evil.example", "/desk"), ("/desk/leads", "/desk/leads")):
        answer = await stranger.post("/desk/sign-in/code", data=given | {"next": wanted})
        assert answer.headers["location"] == leads_to
        desk.clock.move(seconds=30)
        given |= {"code": code(secret, desk)}


async def test_secrets_are_sealed_and_codes_hashed(desk: Desk, lis: httpx.AsyncClient) -> None:
    secret, codes = await enrol(desk, lis)
    tables = ("staff", "recovery_codes", "events", "staff_sessions")
    dump = await desk.store.read(
        lambda work: repr(
            [
                bytes(value) if isinstance(value, memoryview) else value
                for table in tables
                for row in work.session.execute(text(f"SELECT * FROM {table}"))
                for value in row
            ]
        )
    )
    assert "two_factor_on" in dump
    assert not any(one in dump for one in (secret, *codes))


async def test_a_role_that_must_gets_to_where_it_is_set_up_and_no_further(
    desk: Desk, li: Staff
) -> None:
    strict = desk.settings.model_copy(update={"two_factor_roles": (Role.ADMIN,)})
    async with desk.browser(settings=strict) as browser:
        await browser.post("/desk/sign-in", data={"login": "li", "password": PASSWORD})
        for path in ("/desk", "/desk/leads", "/desk/people", "/desk/leads.csv"):
            assert (await browser.get(path)).headers["location"] == "/desk/account"
        refreshed = await browser.get("/desk", headers={"HX-Request": "true"})
        assert refreshed.headers["hx-redirect"] == "/desk/account"
        stream = await browser.get("/desk/stream", headers={"Accept": "text/event-stream"})
        assert stream.status_code == 401
        assert "Please set that up now" in words(await browser.get("/desk/account"))
        await enrol(desk, browser)
        assert (await browser.get("/desk")).status_code == 200


def test_roles_are_read_from_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWAITER_TWO_FACTOR_ROLES", "admin, agent")
    assert Settings.load(None).two_factor_roles == (Role.ADMIN, Role.AGENT)


async def test_a_secret_waits_for_its_first_code(desk: Desk, li: Staff) -> None:
    def work_on(work: Work) -> list[bool]:
        return [
            second_factor.confirm(work, li.id, now=desk.clock()),
            second_factor.propose(work, li.id, "A" * 32),
            staff.get(work, li.id).two_factor,
            second_factor.confirm(work, li.id, now=desk.clock()),
            staff.get(work, li.id).two_factor,
            second_factor.propose(work, li.id, "B" * 32),
        ]

    assert await desk.store.run(work_on) == [False, True, False, True, True, False]
