"""Who may see what: every page but the door wants a session, every write our own form."""

from __future__ import annotations

import re

import httpx
import pytest

from bot.errors import StoreError
from bot.settings import Settings
from bot.store import staff
from bot.store.staff import Staff
from tests.bot.desk.conftest import HERE, PASSWORD, Desk
from tests.bot.desk.page import words

BEFORE_THE_DOOR = {
    *("/desk/sign-in", "/desk/sign-in/code", "/desk/sign-out"),
    "/desk/setup/{token}",
}


def routes(desk: Desk) -> list[tuple[str, str]]:
    """Every method and path of the console but its static files."""
    paths = desk.app().openapi()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


def _filled(path: str) -> str:
    return re.sub(r"\{\w+\}", "anything", path)


async def test_who_has_lost_their_way_at_the_desk_was_led_to_the_prospects_chat(
    desk: Desk, stranger: httpx.AsyncClient, lis: httpx.AsyncClient
) -> None:
    lost = await lis.get("/desk/lead/TW-2611-NONE")
    assert lost.status_code == 404
    assert "There is nothing at this address. To the desk" in words(lost)
    for path in ("/desk", "/desk/leads"):
        slashed = await lis.get(f"{path}/")
        assert (slashed.status_code, slashed.headers["location"]) == (303, path)
    door = await stranger.get("/desk/lead/TW-2611-NONE")
    assert door.status_code == 303
    assert door.headers["location"].startswith("/desk/sign-in")


async def test_every_page_but_the_door_wants_a_session(
    desk: Desk, stranger: httpx.AsyncClient
) -> None:
    closed = [(method, path) for method, path in routes(desk) if path not in BEFORE_THE_DOOR]
    assert len(closed) >= 13
    for method, path in closed:
        answer = await stranger.request(method, _filled(path))
        assert answer.status_code == 303, (method, path)
        assert answer.headers["location"].startswith("/desk/sign-in")


async def test_every_write_from_another_origin_is_refused(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    writes = [path for method, path in routes(desk) if method == "POST"]
    assert len(writes) >= 9
    for path in writes:
        for foreign in (
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ):
            answer = await lis.post(_filled(path), data={"text": "x"}, headers=foreign)
            assert answer.status_code == 403, (path, foreign)
            assert "another site" in words(answer)


async def test_a_foreign_write_has_no_effect(desk: Desk, lis: httpx.AsyncClient) -> None:
    conversation = await desk.says("? cost")
    before = await desk.said(conversation)
    path = f"/desk/conversations/{conversation}/reply"
    await lis.post(path, data={"text": "x"}, headers={"Origin": "https://evil.example"})
    assert await desk.said(conversation) == before


async def test_the_public_address_is_an_origin_of_ours(desk: Desk, li: Staff) -> None:
    public = Settings(
        _env_file=None, data_dir=desk.settings.data_dir, public_url="https://desk.example"
    )
    async with desk.browser("http://10.0.0.5:8000", public) as browser:
        form = {"login": "li", "password": PASSWORD}
        headers = {"Origin": "https://desk.example"}
        assert (await browser.post("/desk/sign-in", data=form, headers=headers)).status_code == 303


async def test_after_the_sign_in_one_is_where_one_wanted_to_go(
    desk: Desk, stranger: httpx.AsyncClient, li: Staff
) -> None:
    asked = await stranger.get("/desk/leads?after=TW-2611-00000")
    door = asked.headers["location"]
    assert door == "/desk/sign-in?next=/desk/leads%3Fafter%3DTW-2611-00000"
    page = await stranger.get(door)
    assert 'name="next" value="/desk/leads?after=TW-2611-00000"' in page.text
    form = {"login": "li", "password": PASSWORD, "next": "/desk/leads?after=TW-2611-00000"}
    answer = await stranger.post("/desk/sign-in", data=form)
    assert answer.headers["location"] == "/desk/leads?after=TW-2611-00000"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "/",
        "/desk.evil.example",
        "/desk/\\evil.example",
        "/desk/\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
    ],
)
async def test_the_sign_in_leads_nowhere_else(
    desk: Desk, stranger: httpx.AsyncClient, li: Staff, wanted: str
) -> None:
    form = {"login": "li", "password": PASSWORD, "next": wanted}
    answer = await stranger.post("/desk/sign-in", data=form)
    assert answer.headers["location"] == "/desk"


async def test_a_script_that_is_signed_out_is_told_so_it_can_go_to_the_door(
    stranger: httpx.AsyncClient,
) -> None:
    refreshed = await stranger.get("/desk/leads", headers={"HX-Request": "true"})
    assert refreshed.status_code == 401
    assert refreshed.headers["hx-redirect"] == "/desk/sign-in?next=/desk/leads"
    stream = await stranger.get("/desk/stream", headers={"Accept": "text/event-stream"})
    assert stream.status_code == 401


async def test_no_page_is_kept_by_browsers_or_proxies(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    pages = ["/desk", f"/desk/conversations/{conversation}", "/desk/leads", "/desk/leads.csv"]
    answers = [await lis.get(page) for page in [*pages, "/desk/leads.json", "/desk/leads/none"]]
    answers += [await stranger.get("/desk"), await stranger.get("/desk/sign-in")]
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


async def test_files_of_the_pages_are_for_everybody_and_kept(
    desk: Desk, stranger: httpx.AsyncClient
) -> None:
    page = await stranger.get("/desk/sign-in")
    files = re.findall(r'(?:src|href)="(/desk/static/[^"]+)"', page.text)
    assert files
    for file in files:
        answer = await stranger.get(file)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


async def test_pages_load_nothing_inline_and_nothing_from_elsewhere(
    desk: Desk, lis: httpx.AsyncClient
) -> None:
    conversation = await desk.says("? cost")
    for path in ("/desk", f"/desk/conversations/{conversation}", "/desk/leads"):
        page = (await lis.get(path)).text
        assert not re.search(r"<style|\bstyle=|\bon[a-z]+=|javascript:|hx-on|<script>", page)
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)
        assert "=&#34;" not in page, "an attribute was escaped together with its quotes"


async def test_leaving_ends_the_session_on_the_server(
    desk: Desk, lis: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    kept = dict(lis.cookies)
    assert (await lis.post("/desk/sign-out")).headers["location"] == "/desk/sign-in"
    stranger.cookies.update(kept)
    assert (await stranger.get("/desk")).status_code == 303
    assert (await stranger.post("/desk/sign-out")).status_code == 303


async def test_leaving_without_having_come_in_does_no_harm(stranger: httpx.AsyncClient) -> None:
    assert (await stranger.post("/desk/sign-out")).headers["location"] == "/desk/sign-in"


async def test_our_own_failure_is_a_page_too_and_tells_nothing(
    desk: Desk, lis: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise StoreError("a secret of the database")

    monkeypatch.setattr(desk.reception, "queue", fail)
    answer = await lis.get("/desk")
    assert answer.status_code == 500
    assert StoreError.default_user_text in words(answer)
    assert "secret" not in answer.text


async def test_who_is_disabled_is_out_at_once(
    desk: Desk, lis: httpx.AsyncClient, li: Staff
) -> None:
    await desk.store.run(lambda work: staff.disable(work, li.id, now=desk.clock()))
    assert (await lis.get("/desk")).status_code == 303


async def test_the_openapi_document_describes_the_console(desk: Desk) -> None:
    described = desk.app().openapi()["paths"]
    assert "/desk/conversations/{conversation_id}/reply" in described
    reply = described["/desk/conversations/{conversation_id}/reply"]["post"]
    assert "application/x-www-form-urlencoded" in reply["requestBody"]["content"]
    assert HERE not in str(described)
