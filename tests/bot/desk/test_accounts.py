"""The door: guessing is slowed, sessions end, links work once, and nothing tells who exists."""

import asyncio
import hashlib
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text

from bot.desk import accounts as door
from bot.desk.accounts import Accounts
from bot.desk.attempts import PER_ADDRESS, PER_LOGIN, WINDOW
from bot.desk.errors import (
    SignInRefusedError,
    TooManyAttemptsError,
    UnfitLoginError,
    UnfitNameError,
    WeakPasswordError,
)
from bot.errors import LoginTakenError, SetupLinkSpentError
from bot.store import events, passwords, staff
from bot.store.staff import Role, Staff
from bot.store.tables import SignInAttemptRow, StaffSessionRow
from bot.store.work import Work
from tests.bot.desk.conftest import PASSWORD, Desk

ADDRESS = "203.0.113.7"
WRONG = "not the password"


async def _fails(desk: Desk, login: str, address: str = ADDRESS, password: str = WRONG) -> str:
    with pytest.raises((SignInRefusedError, TooManyAttemptsError)) as refused:
        await desk.accounts.sign_in(login, password, address)
    return refused.value.user_text


async def _invited(desk: Desk, login: str | None = None) -> str:
    return (await desk.accounts.invite(login)).removeprefix("/desk/setup/")


async def test_who_signs_in_is_known_by_the_token(desk: Desk, li: Staff) -> None:
    token = await desk.accounts.sign_in("Li ", PASSWORD, ADDRESS)
    assert await desk.accounts.whose(token) == li
    assert await desk.accounts.whose("another") is None


async def test_only_the_hash_of_a_token_is_kept(desk: Desk, li: Staff) -> None:
    token = await desk.accounts.sign_in("li", PASSWORD, ADDRESS)
    kept = await desk.store.read(
        lambda work: set(work.session.scalars(select(StaffSessionRow.token_hash)))
    )
    assert token not in kept
    assert hashlib.sha256(token.encode()).hexdigest() in kept


async def test_an_unknown_login_and_a_wrong_password_are_told_alike(desk: Desk, li: Staff) -> None:
    assert await _fails(desk, "li") == await _fails(desk, "nobody")


async def test_an_unknown_login_costs_the_same_work(
    desk: Desk, li: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    real = PasswordHasher.verify

    def verify(self: PasswordHasher, kept: str, password: str | bytes) -> bool:
        checked.append(kept)
        return real(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    await _fails(desk, "li")
    await _fails(desk, "nobody")
    assert len(checked) == 2


async def test_who_is_disabled_is_told_no_more_than_a_stranger(desk: Desk, li: Staff) -> None:
    token = await desk.accounts.sign_in("li", PASSWORD, ADDRESS)
    await desk.store.run(lambda work: staff.disable(work, li.id, now=desk.clock()))
    assert await desk.accounts.whose(token) is None
    assert await _fails(desk, "li", password=PASSWORD) == await _fails(desk, "nobody")


async def test_after_some_failures_even_the_right_password_waits(desk: Desk, li: Staff) -> None:
    for _ in range(PER_LOGIN):
        await _fails(desk, "li")
    with pytest.raises(TooManyAttemptsError) as refused:
        await desk.accounts.sign_in("li", PASSWORD, ADDRESS)
    assert "15 minutes" in refused.value.user_text
    desk.clock.move(minutes=16)
    assert await desk.accounts.sign_in("li", PASSWORD, ADDRESS)


async def test_the_limit_holds_for_logins_that_do_not_exist(desk: Desk) -> None:
    told = [await _fails(desk, "nobody") for _ in range(PER_LOGIN + 1)]
    assert told[0] == SignInRefusedError.default_user_text
    assert "wait" in told[-1]


async def test_the_limit_survives_a_restart(desk: Desk, li: Staff) -> None:
    for _ in range(PER_LOGIN):
        await _fails(desk, "li")
    restarted = Accounts(desk.store, desk.clock)
    with pytest.raises(TooManyAttemptsError):
        await restarted.sign_in("li", PASSWORD, "198.51.100.1")


async def test_an_address_that_tries_many_logins_waits(desk: Desk, li: Staff) -> None:
    for number in range(PER_ADDRESS):
        await _fails(desk, f"login{number}")
    assert "wait" in await _fails(desk, "li", password=PASSWORD)
    assert await desk.accounts.sign_in("li", PASSWORD, "198.51.100.1")


async def test_a_login_cannot_pass_for_an_address(desk: Desk, li: Staff) -> None:
    for _ in range(PER_LOGIN):
        await _fails(desk, f"address {ADDRESS}", "198.51.100.1")
    assert await desk.accounts.sign_in("li", PASSWORD, ADDRESS)


async def test_many_guesses_at_once_count_as_many(desk: Desk, li: Staff) -> None:
    told = await asyncio.gather(*(_fails(desk, "li") for _ in range(PER_LOGIN * 3)))
    assert told.count(SignInRefusedError.default_user_text) == PER_LOGIN


async def test_signing_in_makes_the_count_begin_anew(desk: Desk, li: Staff) -> None:
    for _ in range(2):
        for _ in range(PER_LOGIN - 1):
            await _fails(desk, "li")
        assert await desk.accounts.sign_in("li", PASSWORD, ADDRESS)


async def test_logins_and_addresses_are_kept_as_hashes_and_not_for_long(desk: Desk) -> None:
    await _fails(desk, "somebody.secret")
    desk.clock.move(seconds=WINDOW.total_seconds() + 1)
    await _fails(desk, "another")
    kept = await desk.store.read(lambda work: list(work.session.scalars(select(SignInAttemptRow))))
    assert len(kept) == 2
    dump = str(await desk.store.read(_everything))
    assert "secret" not in dump
    assert ADDRESS not in dump


def _everything(work: Work) -> list[object]:
    return list(work.session.execute(text("SELECT * FROM sign_in_attempts")))


async def test_a_session_nobody_uses_ends(desk: Desk, li: Staff) -> None:
    token = await desk.accounts.sign_in("li", PASSWORD, ADDRESS)
    desk.clock.move(hours=11, minutes=59)
    assert await desk.accounts.whose(token)
    desk.clock.move(hours=12, minutes=1)
    assert await desk.accounts.whose(token) is None


async def test_a_session_in_use_slides_but_not_for_ever(desk: Desk, li: Staff) -> None:
    token = await desk.accounts.sign_in("li", PASSWORD, ADDRESS)
    start = desk.clock()
    while desk.clock() - start < door.LONGEST - timedelta(hours=6):
        desk.clock.move(hours=6)
        assert await desk.accounts.whose(token), desk.clock() - start
    desk.clock.move(hours=6)
    assert await desk.accounts.whose(token) is None


async def test_a_session_is_not_written_at_every_page(desk: Desk, li: Staff) -> None:
    token = await desk.accounts.sign_in("li", PASSWORD, ADDRESS)

    async def seen() -> list[object]:
        query = select(StaffSessionRow.last_seen_at)
        return await desk.store.read(lambda work: list(work.session.scalars(query)))

    before = await seen()
    desk.clock.move(minutes=1)
    await desk.accounts.whose(token)
    assert await seen() == before
    desk.clock.move(minutes=10)
    await desk.accounts.whose(token)
    assert await seen() != before


async def test_asking_whether_a_session_runs_does_not_prolong_it(desk: Desk, li: Staff) -> None:
    token = await desk.accounts.sign_in("li", PASSWORD, ADDRESS)
    desk.clock.move(hours=11)
    assert await desk.accounts.still_in(token)
    desk.clock.move(hours=2)
    assert not await desk.accounts.still_in(token)


async def test_signing_out_ends_this_session_alone(desk: Desk, li: Staff) -> None:
    here = await desk.accounts.sign_in("li", PASSWORD, ADDRESS)
    there = await desk.accounts.sign_in("li", PASSWORD, ADDRESS)
    await desk.accounts.sign_out(here)
    await desk.accounts.sign_out("never was")
    assert await desk.accounts.whose(here) is None
    assert await desk.accounts.whose(there) == li


async def test_the_first_link_is_for_an_administrator_and_then_there_is_none(desk: Desk) -> None:
    path = await desk.accounts.first_link()
    assert path is not None
    token = path.removeprefix("/desk/setup/")
    session = await desk.accounts.set_up(
        token, login="Boss@example.com", name="  Zhang   Wei ", password=PASSWORD
    )
    boss = await desk.accounts.whose(session)
    assert boss is not None
    assert (boss.login, boss.name, boss.role) == ("boss@example.com", "Zhang Wei", Role.ADMIN)
    assert await desk.accounts.first_link() is None


async def test_who_is_invited_later_is_an_agent(desk: Desk, li: Staff) -> None:
    assert li.role is Role.ADMIN
    token = await _invited(desk, "anna")
    assert await desk.accounts.invitation(token) == door.Invitation("anna", None)
    session = await desk.accounts.set_up(token, login="chosen", name="Anna", password=PASSWORD)
    anna = await desk.accounts.whose(session)
    assert anna is not None
    assert (anna.login, anna.role) == ("anna", Role.AGENT)


async def test_a_link_works_once(desk: Desk) -> None:
    token = await _invited(desk)
    await desk.accounts.set_up(token, login="anna", name="Anna", password=PASSWORD)
    with pytest.raises(SetupLinkSpentError):
        await desk.accounts.invitation(token)
    with pytest.raises(SetupLinkSpentError):
        await desk.accounts.set_up(token, login="eve", name="Eve", password=PASSWORD)


async def test_of_two_at_once_one_gets_the_link(desk: Desk) -> None:
    token = await _invited(desk)
    tries = (
        desk.accounts.set_up(token, login=login, name="N", password=PASSWORD)
        for login in ("anna", "eve")
    )
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, str) for one in results) == 1
    assert sum(isinstance(one, SetupLinkSpentError) for one in results) == 1
    assert await desk.store.read(staff.count_active) == 1


async def test_a_link_runs_out_after_a_day(desk: Desk) -> None:
    token = await _invited(desk)
    desk.clock.move(hours=23, minutes=59)
    await desk.accounts.invitation(token)
    desk.clock.move(minutes=2)
    with pytest.raises(SetupLinkSpentError):
        await desk.accounts.invitation(token)
    with pytest.raises(SetupLinkSpentError):
        await desk.accounts.invitation("never was")


@pytest.mark.parametrize(
    ("login", "name", "password", "error"),
    [
        ("x", "Anna", PASSWORD, UnfitLoginError),
        ("an na", "Anna", PASSWORD, UnfitLoginError),
        ("安娜", "Anna", PASSWORD, UnfitLoginError),
        ("anna", "", PASSWORD, UnfitNameError),
        ("anna", "A" * 81, PASSWORD, UnfitNameError),
        ("anna", "An\u202ena", PASSWORD, UnfitNameError),
        ("anna", "Anna", "short", WeakPasswordError),
        ("li", "Another Li", PASSWORD, LoginTakenError),
    ],
)
async def test_where_something_is_refused_the_link_stays_open(
    desk: Desk, li: Staff, login: str, name: str, password: str, error: type[Exception]
) -> None:
    token = await _invited(desk)
    with pytest.raises(error):
        await desk.accounts.set_up(token, login=login, name=name, password=password)
    assert await desk.accounts.set_up(token, login="anna", name="Anna", password=PASSWORD)


async def test_a_link_for_an_account_sets_its_password_and_ends_its_sessions(
    desk: Desk, li: Staff
) -> None:
    old = await desk.accounts.sign_in("li", PASSWORD, ADDRESS)
    for _ in range(PER_LOGIN):
        await _fails(desk, "li", "198.51.100.1")
    token = await _invited(desk, "LI")
    assert await desk.accounts.invitation(token) == door.Invitation("li", "Li Na")
    new = await desk.accounts.set_up(token, login="", name="", password="another harbour")
    assert await desk.accounts.whose(old) is None
    assert await desk.accounts.whose(new) == li
    assert await _fails(desk, "li", password=PASSWORD)
    assert await desk.accounts.sign_in("li", "another harbour", ADDRESS)


async def test_an_unfit_login_is_not_invited(desk: Desk) -> None:
    with pytest.raises(UnfitLoginError):
        await desk.accounts.invite("not a login")


async def test_a_hash_of_weaker_costs_is_renewed_at_sign_in(
    desk: Desk, li: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    dearer = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", dearer)
    assert await desk.accounts.sign_in("li", PASSWORD, ADDRESS)
    kept = await desk.store.read(lambda work: staff.credentials(work, "li"))
    assert kept is not None
    assert "t=2" in kept.password_hash


async def test_a_password_changed_meanwhile_lets_nobody_in(
    desk: Desk, li: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()

    def verify(kept: str | None, password: str) -> bool:
        change = desk.store.run(lambda work: staff.set_password(work, li.id, "changed"))
        asyncio.run_coroutine_threadsafe(change, loop).result()
        return passwords.verify_password(kept, password)

    monkeypatch.setattr(door, "verify_password", verify)
    await _fails(desk, "li", password=PASSWORD)


async def test_coming_and_going_is_written_down_without_names(desk: Desk, li: Staff) -> None:
    token = await desk.accounts.sign_in("li", PASSWORD, ADDRESS)
    await desk.accounts.sign_out(token)
    day = timedelta(days=1)
    lines = await desk.store.read(
        lambda work: events.between(work, desk.clock() - day, desk.clock() + day)
    )
    assert [line.kind for line in lines] == ["staff.set_up", "staff.signed_in", "staff.signed_out"]
    assert {line.actor for line in lines} == {f"staff:{li.id}"}
    assert [set(line.data) for line in lines] == [{"invitation"}, set(), set()]
