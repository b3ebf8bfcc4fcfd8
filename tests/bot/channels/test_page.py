"""The chat page: in the language asked for, with all it needs and nothing from elsewhere."""

import json
import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.page import chat_page
from bot.settings import Settings
from tests.bot.channels.conftest import Caller

DATA = re.compile(r'<script type="application/json" id="page-data">(.*?)</script>', re.S)


def data_of(html: str) -> dict[str, Any]:
    found = DATA.search(html)
    assert found
    data: dict[str, Any] = json.loads(found.group(1))
    return data


@pytest.mark.parametrize(
    ("address", "accepts", "language", "chosen"),
    [
        ("/", "en-GB,en;q=0.9", "en", False),
        ("/", "zh-CN", "zh", False),
        ("/", "de", "en", False),
        ("/?lang=zh", "en", "zh", True),
        ("/?lang=en", "zh", "en", True),
        ("/?lang=fr", "zh", "zh", False),
    ],
)
async def test_the_page_speaks_the_language_asked_for(
    caller: Caller, address: str, accepts: str, language: str, *, chosen: bool
) -> None:
    found = await caller.http.get(address, headers={"accept-language": accepts})
    assert found.status_code == 200
    assert f'<html lang="{language}">' in found.text
    data = data_of(found.text)
    assert (data["language"], data["chosen"]) == (language, chosen)


async def test_the_page_is_not_kept_across_versions_or_languages(caller: Caller) -> None:
    found = await caller.http.get("/")
    assert found.headers["cache-control"] == "no-cache"
    assert found.headers["vary"] == "Accept-Language"
    assert "set-cookie" not in found.headers, "looking costs no cookie"


async def test_the_page_can_be_asked_for_its_head(caller: Caller) -> None:
    assert (await caller.http.head("/")).status_code == 200


async def test_everything_the_page_names_is_there(caller: Caller) -> None:
    html = (await caller.http.get("/")).text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    assert len(addresses) >= 4
    for address in addresses:
        assert (await caller.http.get(address)).status_code == 200


async def test_every_module_finds_its_modules(caller: Caller) -> None:
    html = (await caller.http.get("/")).text
    entry = re.findall(r'src="(/static/[^"]+/chat\.js)"', html)[0]
    waiting, seen = [entry], set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        found = await caller.http.get(address)
        assert found.status_code == 200, address
        for path in re.findall(r'(?:from|import) "(\./[^"]+)"', found.text):
            next_ = str(httpx.URL(address).join(path))
            waiting += [next_] if next_ not in seen else []
    assert len(seen) == 15


async def test_the_agencys_name_is_text_and_not_markup(app: FastAPI, settings: Settings) -> None:
    html = chat_page("en", '</script><b>"Sons" & Co', chosen=False, megabytes=20)
    assert "<b>" not in html
    assert data_of(html)["agency"] == '</script><b>"Sons" & Co'


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_gap_is_left_open(language: Any) -> None:
    html = chat_page(language, "AAA IPRIGHT", chosen=False, megabytes=20)
    assert "{" not in DATA.sub("", html)
    assert "AAA IPRIGHT" in html
