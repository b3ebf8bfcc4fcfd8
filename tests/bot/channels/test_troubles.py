"""What no route answers: one shape for the API, a page that leads back for people."""

import httpx
import pytest
from fastapi import FastAPI, HTTPException

from bot.channels import troubles
from tests.bot.channels.conftest import Caller


async def test_an_unknown_address_of_the_api(caller: Caller) -> None:
    found = await caller.http.get("/api/nothing")
    assert found.status_code == 404
    assert found.json() == {
        "error": {"code": "not_found", "message": "There is nothing at this address."}
    }


async def test_a_method_that_is_not_there(caller: Caller) -> None:
    found = await caller.http.get("/api/chat/open")
    assert (found.status_code, found.json()["error"]["code"]) == (405, "method_not_allowed")


async def test_an_unknown_page_leads_back(caller: Caller) -> None:
    found = await caller.http.get("/nothing", headers={"accept-language": "zh"})
    assert found.status_code == 404
    assert '<html lang="zh">' in found.text
    assert 'href="/"' in found.text
    assert "这个地址没有内容" in found.text


@pytest.mark.parametrize("path", ["/crash", "/api/crash"])
async def test_a_crash_says_nothing_of_its_reason(app: FastAPI, caller: Caller, path: str) -> None:
    @app.get(path)
    async def crash() -> None:
        raise RuntimeError("the secret reason")

    found = await caller.http.get(path)
    assert found.status_code == 500
    assert "secret" not in found.text
    assert "Something went wrong on our side" in found.text
    assert found.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("status", "said"), [(405, "cannot be done"), (418, "could not be read")])
async def test_other_errors_are_pages_too(
    app: FastAPI, caller: Caller, status: int, said: str
) -> None:
    @app.get("/odd")
    async def odd() -> None:
        raise HTTPException(status)

    found = await caller.http.get("/odd")
    assert found.status_code == status
    assert said in found.text


async def test_a_redirection_stays_one(app: FastAPI, caller: Caller) -> None:
    @app.get("/away")
    async def away() -> None:
        raise HTTPException(303, headers={"Location": "/"})

    found = await caller.http.get("/away")
    assert (found.status_code, found.headers["location"]) == (303, "/")


async def test_only_http_errors_are_answered(caller: Caller) -> None:
    request = httpx.Request("GET", "http://chat.test/")
    with pytest.raises(ValueError, match="not ours"):
        await troubles._on_http_error(request, ValueError("not ours"))  # type: ignore[arg-type]
