"""The page of rules as our server shows it: public, strict, made once a day, asked for again cheaply."""

import gzip
import re
from collections.abc import AsyncIterator
from datetime import date

import httpx
import pytest
from fastapi import FastAPI

from bot.channels import guards, page, rules
from bot.channels.guards import CONTENT_POLICY
from bot.channels.rules import Shelf
from bot.conversation.scene import today
from bot.settings import Settings
from knowledge.library import Library, china
from knowledge.model import Language
from tests.bot.channels.conftest import Caller
from tests.prepared import CACHE

DAY = date(2026, 11, 23)
PLAIN = {"accept-encoding": "identity"}


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """A guarded app with this page and the static files."""
    settings = Settings(_env_file=None, data_dir=CACHE.parent)
    app = FastAPI()
    guards.protect(app, settings)
    app.include_router(rules.routes(settings, lambda: DAY))
    app.include_router(page.ASSETS.routes())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://a.test") as client:
        yield client


@pytest.mark.parametrize(
    ("address", "accepts", "language"),
    [
        ("/rules", "en-GB", "en"),
        ("/rules", "zh-CN,zh;q=0.9", "zh"),
        ("/rules?lang=zh", "en", "zh"),
        ("/rules?lang=en", "zh", "en"),
        ("/rules?lang=both", "zh", "zh"),
    ],
)
async def test_it_opens_in_the_language_asked_for(
    http: httpx.AsyncClient, address: str, accepts: str, language: str
) -> None:
    found = await http.get(address, headers={"accept-language": accepts})
    assert found.status_code == 200
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{language}"' in found.text
    assert 'id="cn.fee.current"' in found.text
    assert "23 November 2026" in found.text


async def test_it_keeps_to_the_strict_policy(http: httpx.AsyncClient) -> None:
    found = await http.get("/rules")
    assert found.headers["content-security-policy"] == CONTENT_POLICY
    assert "set-cookie" not in found.headers
    assert not re.search(r'<style|\bstyle=|\son\w+=|javascript:|="https?://', found.text)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", found.text))


async def test_everything_the_page_names_is_there(http: httpx.AsyncClient) -> None:
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', (await http.get("/rules")).text)
    assert len(addresses) == 6
    for address in addresses:
        assert (await http.get(address)).status_code == 200


async def test_a_browser_that_has_it_is_not_sent_it_again(http: httpx.AsyncClient) -> None:
    first = await http.get("/rules")
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["vary"] == "Accept-Language, Accept-Encoding"
    etag = first.headers["etag"]
    for named in (etag, f'"other", {etag}', etag.removeprefix("W/"), "*"):
        again = await http.get("/rules", headers={"if-none-match": named})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    assert (await http.get("/rules", headers={"if-none-match": '"other"'})).status_code == 200
    assert (await http.get("/rules?lang=zh")).headers["etag"] != etag


async def test_it_is_packed_for_those_who_unpack(http: httpx.AsyncClient) -> None:
    packed = await http.get("/rules", headers={"accept-encoding": "gzip"})
    plain = await http.get("/rules", headers=PLAIN)
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) * 4 < int(plain.headers["content-length"])


async def test_it_can_be_asked_for_its_head_and_nothing_else(http: httpx.AsyncClient) -> None:
    assert (await http.head("/rules")).status_code == 200
    assert (await http.post("/rules")).status_code == 405


def test_a_page_is_made_once_a_day_and_language(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[date, Language]] = []
    days = [DAY]

    def served(_library: Library, on: date, language: Language) -> str:
        made.append((on, language))
        return f"{on} {language}"

    monkeypatch.setattr(rules, "served", served)
    shelf = Shelf(china, lambda: days[-1])
    first = shelf.copy("en")
    assert shelf.copy("en") is first
    assert gzip.decompress(first.packed) == first.body == b"2026-11-23 en"
    shelf.copy("zh")
    days.append(date(2026, 11, 24))
    assert shelf.copy("en").etag != first.etag
    assert made == [(DAY, "en"), (DAY, "zh"), (days[-1], "en")]
    assert len(shelf._copies) == 1, "yesterday's pages are kept by nobody"


async def test_the_chat_shows_it_too(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "china", lambda _cache: china(CACHE))
    found = await caller.http.get("/rules", headers=PLAIN)
    assert found.status_code == 200
    assert today().isoformat()[:4] in found.text
