"""The door's pages by plain forms: cookies, the set-up link, and what is said when it fails."""

from http.cookies import SimpleCookie

import httpx
import pytest

from bot.desk.accounts import LONGEST
from bot.desk.attempts import PER_LOGIN
from bot.settings import Settings
from bot.store.staff import Staff
from tests.bot.desk.conftest import HERE, PASSWORD, Desk
from tests.bot.desk.page import words

RIGHT = {"login": "li", "password": PASSWORD}
WRONG = {"login": "li", "password": "not the password"}
NEW = {"login": "anna", "name": "Anna", "password": PASSWORD, "again": PASSWORD}


def _cookie(answer: httpx.Response) -> tuple[str, dict[str, str]]:
    """The cookie an answer sets: its name and its attributes."""
    ((name, morsel),) = SimpleCookie(answer.headers["set-cookie"]).items()
    return name, {key: str(value) for key, value in morsel.items() if value}


async def test_on_this_machine_the_cookie_is_plain_but_for_scripts_invisible(
    stranger: httpx.AsyncClient, li: Staff
) -> None:
    name, kept = _cookie(await stranger.post("/desk/sign-in", data=RIGHT))
    assert name == "tidewaiter_staff"
    assert kept == {
        "httponly": "True",
        "max-age": str(int(LONGEST.total_seconds())),
        "path": "/",
        "samesite": "lax",
    }


@pytest.mark.parametrize("public", [None, "https://desk.example"])
async def test_over_https_the_cookie_is_bound_to_this_host_and_to_tls(
    desk: Desk, li: Staff, public: str | None
) -> None:
    base = "https://desk.example" if public is None else "http://10.0.0.5:8000"
    settings = Settings(_env_file=None, data_dir=desk.settings.data_dir, public_url=public)
    async with desk.browser(base, settings) as browser:
        name, kept = _cookie(await browser.post("/desk/sign-in", data=RIGHT))
    assert name == "__Host-tidewaiter_staff"
    assert kept["secure"] == "True"
    assert kept["path"] == "/"
    assert "domain" not in kept


async def test_over_plain_http_from_elsewhere_the_desk_does_not_open(desk: Desk, li: Staff) -> None:
    path = await desk.accounts.invite("anna")
    async with desk.browser("http://192.0.2.10:8000") as browser:
        answers = [
            await browser.get("/desk"),
            await browser.get("/desk/sign-in"),
            await browser.post("/desk/sign-in", data=RIGHT),
            await browser.get(path),
            await browser.post(path, data=NEW),
        ]
    for answer in answers:
        assert answer.status_code == 403
        assert "https only" in words(answer)
        assert "TIDEWAITER_PUBLIC_URL" in words(answer)
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.2", "[::1]:8000", "desk.localhost"])
async def test_every_name_of_this_machine_will_do(desk: Desk, li: Staff, host: str) -> None:
    async with desk.browser(f"http://{host}") as browser:
        assert (await browser.post("/desk/sign-in", data=RIGHT)).status_code == 303


async def test_a_plain_cookie_is_nothing_worth_over_https(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    token = lis.cookies["tidewaiter_staff"]
    async with desk.browser("https://desk.example") as browser:
        browser.cookies.set("tidewaiter_staff", token, domain="desk.example")
        assert (await browser.get("/desk")).status_code == 303


async def test_a_wrong_password_keeps_the_login_and_not_the_password(
    stranger: httpx.AsyncClient, li: Staff
) -> None:
    answer = await stranger.post("/desk/sign-in", data=WRONG)
    assert answer.status_code == 401
    assert "do not go together" in words(answer)
    assert 'value="li"' in answer.text
    assert WRONG["password"] not in answer.text


async def test_an_unknown_login_gets_the_very_same_page(
    stranger: httpx.AsyncClient, li: Staff
) -> None:
    known = await stranger.post("/desk/sign-in", data=WRONG)
    unknown = await stranger.post("/desk/sign-in", data={**WRONG, "login": "no"})
    assert known.status_code == unknown.status_code
    assert known.text.replace('"li"', '"no"') == unknown.text


async def test_who_guesses_is_told_to_wait(stranger: httpx.AsyncClient, li: Staff) -> None:
    for _ in range(PER_LOGIN):
        await stranger.post("/desk/sign-in", data=WRONG)
    answer = await stranger.post("/desk/sign-in", data=RIGHT)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "900"
    assert "wait 15 minutes" in words(answer)


async def test_who_is_signed_in_need_not_sign_in_again(lis: httpx.AsyncClient) -> None:
    answer = await lis.get("/desk/sign-in?next=/desk/leads")
    assert answer.headers["location"] == "/desk/leads"


async def test_the_set_up_link_makes_an_account_and_signs_in(
    desk: Desk, stranger: httpx.AsyncClient
) -> None:
    path = await desk.accounts.invite()
    page = await stranger.get(path)
    assert "Set up your account" in words(page)
    assert (await stranger.post(path, data=NEW)).headers["location"] == "/desk"
    assert "Anna" in words(await stranger.get("/desk"))
    for spent in (await stranger.get(path), await stranger.post(path, data=NEW)):
        assert spent.status_code == 410
        assert "used or has run out" in words(spent)


async def test_the_set_up_link_of_somebody_asks_for_their_password_alone(
    desk: Desk, stranger: httpx.AsyncClient, li: Staff
) -> None:
    path = await desk.accounts.invite("li")
    page = await stranger.get(path)
    assert "For Li Na." in words(page)
    assert 'name="name"' not in page.text
    form = {"password": "another harbour", "again": "another harbour"}
    assert (await stranger.post(path, data=form)).status_code == 303
    again = await stranger.post("/desk/sign-in", data={"login": "li", **form})
    assert again.status_code == 303


@pytest.mark.parametrize(
    ("change", "status", "told"),
    [
        ({"password": "short", "again": "short"}, 422, "at least 12"),
        ({"again": "a different one"}, 422, "passwords differ"),
        ({"login": "no login"}, 422, "A login has"),
        ({"login": "li"}, 409, "already taken"),
        ({"name": " "}, 422, "give a name"),
    ],
)
async def test_what_can_be_put_right_is_asked_again(
    desk: Desk,
    stranger: httpx.AsyncClient,
    li: Staff,
    change: dict[str, str],
    status: int,
    told: str,
) -> None:
    path = await desk.accounts.invite()
    answer = await stranger.post(path, data={**NEW, **change})
    assert answer.status_code == status
    assert told in words(answer)
    assert PASSWORD not in answer.text
    assert f'name="login" value="{change.get("login", "anna")}"' in answer.text
    assert (await stranger.post(path, data=NEW)).status_code == 303


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"login=li&password=x", "text/plain"),
        (b'{"login": "li"}', "application/json"),
        (b"login=\xff\xfe", "application/x-www-form-urlencoded"),
        (b"a=b&" * 30, "application/x-www-form-urlencoded"),
        (b"login=" + b"x" * 70_000, "application/x-www-form-urlencoded"),
    ],
)
async def test_what_is_no_form_of_ours_is_refused(
    stranger: httpx.AsyncClient, content: bytes, kind: str
) -> None:
    answer = await stranger.post(
        "/desk/sign-in", content=content, headers={"Content-Type": kind, "Origin": HERE}
    )
    assert answer.status_code == 422
    assert "could not be read" in words(answer)


async def test_a_set_up_without_a_password_is_refused(
    desk: Desk, stranger: httpx.AsyncClient
) -> None:
    path = await desk.accounts.invite()
    assert (await stranger.post(path)).status_code == 422
