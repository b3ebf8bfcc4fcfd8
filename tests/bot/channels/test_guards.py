"""What stands before everything: our own pages only, small bodies, and strict headers on every answer."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.datastructures import Headers

from bot.channels import guards
from bot.channels.guards import CONTENT_POLICY, HEADERS, is_ours, own_origins
from bot.channels.limits import BODY_BYTES
from bot.settings import Settings
from tests.bot.channels.conftest import Caller

TEMPLATES = Path(guards.__file__).parent / "templates"
HOST = "chat.example.com"


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": f"https://{HOST}"}, False),
        ({"origin": f"https://{HOST}"}, True),
        ({"origin": f"http://{HOST.upper()}"}, True),
        ({"origin": f"https://{HOST}:8443"}, False),
        ({"origin": f"https://{HOST}.evil.example"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": "https://public.example"}, True),
    ],
)
def test_whose_write_it_is(headers: dict[str, str], *, ours: bool) -> None:
    given = Headers({"host": HOST, **headers})
    assert is_ours(given, {"https://public.example"}) is ours


def test_without_a_host_no_origin_is_ours() -> None:
    assert not is_ours(Headers({"origin": "https://"}))


@pytest.mark.parametrize(
    ("public_url", "origins"),
    [
        (None, set()),
        ("https://Chat.Example.com/path", {"https://chat.example.com"}),
        ("http://127.0.0.1:8000", {"http://127.0.0.1:8000"}),
    ],
)
def test_our_own_origins(public_url: str | None, origins: set[str]) -> None:
    assert own_origins(Settings(_env_file=None, public_url=public_url)) == origins


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """A guarded app with a few routes of its own."""
    app = FastAPI()

    @app.api_route("/any", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    @app.api_route("/api/any", methods=["GET", "POST"])
    async def anything() -> dict[str, bool]:
        return {"ok": True}

    guards.protect(app, Settings(_env_file=None))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
        yield client


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_a_write_from_elsewhere_is_refused(http: httpx.AsyncClient, method: str) -> None:
    refused = await http.request(method, "/any", headers={"origin": "https://evil.example"})
    assert refused.status_code == 403
    assert refused.text == "This request came from another site and was refused."
    assert (await http.request(method, "/any")).status_code == 200


async def test_reading_from_elsewhere_is_allowed(http: httpx.AsyncClient) -> None:
    found = await http.get("/any", headers={"sec-fetch-site": "cross-site"})
    assert found.status_code == 200


async def test_the_api_is_told_in_its_own_shape_and_language(http: httpx.AsyncClient) -> None:
    headers = {"sec-fetch-site": "cross-site", "accept-language": "zh"}
    refused = await http.post("/api/any", headers=headers)
    assert refused.json()["error"] == {
        "code": "foreign_origin",
        "message": "该请求来自其他网站，已被拒绝。",
    }


@pytest.mark.parametrize("path", ["/any", "/api/any", "/nothing"])
async def test_every_answer_carries_the_headers(http: httpx.AsyncClient, path: str) -> None:
    found = await http.get(path)
    for name, value in HEADERS.items():
        assert found.headers[name] == value


async def test_a_refusal_carries_the_headers_as_well(http: httpx.AsyncClient) -> None:
    refused = await http.post("/any", headers={"origin": "null"})
    assert refused.headers["x-content-type-options"] == "nosniff"


async def test_what_the_api_says_is_kept_by_nobody(http: httpx.AsyncClient) -> None:
    assert (await http.get("/api/any")).headers["cache-control"] == "no-store"
    assert "cache-control" not in (await http.get("/any")).headers


async def test_a_body_that_says_it_is_too_large_is_not_read(http: httpx.AsyncClient) -> None:
    refused = await http.post("/api/any", content=b"x" * (BODY_BYTES + 1))
    assert refused.status_code == 413
    assert refused.json()["error"]["code"] == "too_large"
    assert (await http.post("/api/any", content=b"x" * BODY_BYTES)).status_code == 200


async def test_a_body_that_does_not_say_is_stopped_on_the_way(caller: Caller) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 4096

    await caller.opens()
    headers = {"content-type": "application/json"}
    refused = await caller.http.post("/api/chat/messages", content=endless(), headers=headers)
    assert refused.status_code == 413
    assert refused.json()["error"]["code"] == "too_large"


async def test_a_strange_length_is_no_way_round(http: httpx.AsyncClient) -> None:
    found = await http.post("/api/any", headers={"content-length": "-1"})
    assert found.status_code in {200, 400}


async def test_other_protocols_pass_untouched() -> None:
    seen = []

    async def inner(scope: object, receive: object, send: object) -> None:
        seen.append(scope)

    async def nothing() -> dict[str, object]:
        return {}

    async def nowhere(message: object) -> None:
        raise AssertionError(message)

    app = guards.SecurityHeaders(guards.SameOrigin(guards.BodyLimit(inner, "/api/", 1)))
    await app({"type": "lifespan"}, nothing, nowhere)
    assert seen == [{"type": "lifespan"}]


def test_nothing_inline_is_allowed_and_nothing_from_third_parties() -> None:
    assert "unsafe" not in CONTENT_POLICY
    assert "*" not in CONTENT_POLICY
    assert not re.search(r"https?:", CONTENT_POLICY)
    assert "frame-ancestors 'self'" in CONTENT_POLICY


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_our_pages_keep_to_it(path: Path) -> None:
    html = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|style=|\son\w+=|javascript:|https?://", html)
    for script in re.findall(r"<script[^>]*>", html):
        assert "src=" in script or 'type="application/json"' in script
