"""Pictures and checklists at addresses of their own: public, kept for the day, refused like any wrong address."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from datetime import date
from functools import partial

import httpx
import pytest
from fastapi import FastAPI

from bot.channels import guards, page, papers, troubles
from bot.channels.limits import PAPERS
from bot.channels.papers import Kept
from bot.errors import PaperError
from bot.settings import Settings
from tests.prepared import CACHE

DAY = date(2026, 11, 23)


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(_env_file=None, data_dir=CACHE.parent)
    app = FastAPI()
    guards.protect(app, settings)
    app.include_router(papers.routes(settings, lambda: DAY))
    app.include_router(page.ASSETS.routes())
    troubles.install(app)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://a.test") as client:
        yield client


@pytest.mark.parametrize(
    ("address", "media", "begins"),
    [
        ("/pictures/ex_officio/en/light.svg", "image/svg+xml", b"<svg"),
        ("/pictures/recordation/zh/dark.png", "image/png", b"\x89PNG"),
        ("/pictures/renewal/en/light.png?expiry=2027-08-31", "image/png", b"\x89PNG"),
        ("/papers/checklist/zh/trademark.pdf?holder=company", "application/pdf", b"%PDF"),
        ("/papers/checklist/en/patent.html", "text/html; charset=utf-8", b"<!doctype html>"),
    ],
)
async def test_each_is_there_with_its_type(
    http: httpx.AsyncClient, address: str, media: str, begins: bytes
) -> None:
    found = await http.get(address)
    assert (found.status_code, found.headers["content-type"]) == (200, media)
    assert found.content.startswith(begins)
    assert found.headers["cache-control"] == "public, max-age=3600"
    assert "set-cookie" not in found.headers


async def test_what_else_stands_in_an_address_is_passed_over(http: httpx.AsyncClient) -> None:
    plain = await http.get("/pictures/change/en/light.svg")
    mailed = await http.get("/pictures/change/en/light.svg?utm_source=mail&changed=")
    assert plain.content == mailed.content


async def test_a_fault_of_ours_is_not_told_to_be_a_wrong_address(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise PaperError("the template is wrong")

    monkeypatch.setattr("bot.papers.picture.typeset", broken)
    with pytest.raises(PaperError):
        await http.get("/pictures/assignment/zh/dark.png")


async def test_a_day_that_is_known_changes_the_picture(http: httpx.AsyncClient) -> None:
    plain = await http.get("/pictures/ex_officio/en/light.svg")
    dated = await http.get("/pictures/ex_officio/en/light.svg?served=2026-09-25")
    assert plain.content != dated.content


@pytest.mark.parametrize(
    "address",
    [
        "/pictures/nothing/en/light.svg",
        "/pictures/ex_officio/fr/light.svg",
        "/pictures/ex_officio/en/pink.svg",
        "/pictures/ex_officio/en/light.gif",
        "/pictures/ex_officio/en/light.svg?served=lately",
        "/pictures/ex_officio/en/light.svg?served=1500-01-01",
        "/pictures/ex_officio/en/light.svg?served=9999-12-31",
        "/papers/checklist/en/secret.pdf",
        "/papers/checklist/en/trademark.doc",
        "/papers/checklist/en/trademark.pdf?holder=ghost",
    ],
)
async def test_a_wrong_address_is_a_page_that_says_so(
    http: httpx.AsyncClient, address: str
) -> None:
    found = await http.get(address)
    assert found.status_code == 404
    assert "There is nothing at this address." in found.text


async def test_without_a_font_the_checklist_comes_as_a_page_and_no_picture_does(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    latin = frozenset({"DejaVu Sans"})
    monkeypatch.setattr("bot.papers.typesetting._families", lambda: latin)
    sheet = await http.get("/papers/checklist/zh/copyright.pdf?holder=person")
    assert sheet.status_code == 307
    assert sheet.headers["location"].endswith("/papers/checklist/zh/copyright.html?holder=person")
    instead = await http.get(sheet.headers["location"])
    assert "著作权海关备案文件清单（权利人为个人）" in instead.text
    assert (await http.get("/pictures/change/zh/light.svg")).status_code == 404


async def test_the_page_keeps_to_the_strict_policy(http: httpx.AsyncClient) -> None:
    found = await http.get("/papers/checklist/en/design.html")
    assert "<style" not in found.text
    style = found.text.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    assert (await http.get(style)).status_code == 200


async def test_who_asks_for_too_many_is_told_to_wait(http: httpx.AsyncClient) -> None:
    for _ in range(PAPERS.times):
        assert (await http.get("/papers/checklist/en/design.html")).status_code == 200
    refused = await http.get("/papers/checklist/en/design.html")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert "That was a lot at once." in refused.text


async def test_what_was_made_is_kept_and_the_oldest_goes() -> None:
    made: list[str] = []

    def make(name: str) -> bytes:
        made.append(name)
        return name.encode()

    kept = Kept(most=2)
    for name in ("a", "b", "a", "c", "a", "b"):
        assert await kept.get((name,), partial(make, name)) == name.encode()
    assert made == ["a", "b", "c", "b"]


async def test_many_who_wait_for_one_picture_hold_no_threads_and_have_it_made_once() -> None:
    made: list[int] = []
    threads: set[int] = set()

    def make(name: int) -> bytes:
        threads.add(threading.active_count())
        made.append(name)
        time.sleep(0.01)
        return b"picture"

    kept, before = Kept(), threading.active_count()
    asked = (kept.get((n % 3,), partial(make, n % 3)) for n in range(30))
    assert await asyncio.gather(*asked) == [b"picture"] * 30
    assert sorted(made) == [0, 1, 2]
    assert max(threads) <= before + 1


async def test_a_request_that_names_another_host_is_not_sent_there(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.papers.typesetting._families", lambda: frozenset({"DejaVu Sans"}))
    named = {"host": "my.pdf.test"}
    sheet = await http.get("/papers/checklist/zh/copyright.pdf", headers=named)
    assert sheet.headers["location"] == "/papers/checklist/zh/copyright.html"
