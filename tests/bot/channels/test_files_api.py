"""Files over the API: judged, counted while they come in, stored once, and sent by a message."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import files_api, multipart
from bot.channels.limits import UPLOADS
from bot.channels.multipart import part_with_file
from bot.channels.texts import words
from bot.files import shelf
from bot.files.kinds import Refusal
from bot.reception import Reception
from bot.settings import Settings
from bot.store import files
from bot.store.files import Usage
from bot.store.work import Store
from knowledge.model import LANGUAGES
from tests.bot.channels.conftest import Caller, NewCaller, make_app, texts
from tests.bot.channels.test_chat_api import error_of
from tests.bot.files.samples import HEIC, PDF, PROGRAM

MEGABYTE = 1024 * 1024


async def post(
    caller: Caller, content: bytes, name: str = "a.pdf", upload_id: str | None = None
) -> httpx.Response:
    params = {"upload_id": upload_id or str(uuid.uuid4())}
    sent = {"file": (name, content, "image/jpeg")}
    return await caller.http.post("/api/chat/files", params=params, files=sent)


async def upload(caller: Caller, content: bytes = PDF, name: str = "a.pdf") -> dict[str, Any]:
    response = await post(caller, content, name)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


async def send(caller: Caller, *ids: str, message_id: str | None = None) -> httpx.Response:
    body = {"message_id": message_id or str(uuid.uuid4()), "files": list(ids)}
    return await caller.http.post("/api/chat/messages", json=body)


async def test_several_files_are_one_message_with_one_answer(caller: Caller) -> None:
    await caller.opens()
    scan = await upload(caller, PDF, "C:\\scans\\证书.pdf")
    photo = await upload(caller, HEIC, "shoe.HEIC")
    assert {key: scan[key] for key in ("name", "kind", "size", "repeated")} == {
        "name": "证书.pdf",
        "kind": "pdf",
        "size": len(PDF),
        "repeated": False,
    }
    sent = (await send(caller, scan["id"], photo["id"])).json()
    assert len(texts(sent)) == 1
    assert "证书.pdf, shoe.HEIC" in texts(sent)[0]
    own = (await caller.reads(sent["seq"] - 1))["lines"][0]
    assert own["author"] == "prospect"
    assert own["text"] == "证书.pdf (1 KB)\nshoe.HEIC (1 KB)"
    assert own["files"] == [
        {"name": "证书.pdf", "kind": "pdf", "size": len(PDF)},
        {"name": "shoe.HEIC", "kind": "heic", "size": len(HEIC)},
    ]


async def test_the_same_again_is_the_same(caller: Caller, store: Store) -> None:
    await caller.opens()
    upload_id, message_id = str(uuid.uuid4()), str(uuid.uuid4())
    first = (await post(caller, PDF, upload_id=upload_id)).json()
    again = (await post(caller, PDF, upload_id=upload_id)).json()
    assert again == {**first, "repeated": True}
    sent = (await send(caller, first["id"], message_id=message_id)).json()
    repeated = (await send(caller, first["id"], message_id=message_id)).json()
    assert (repeated["seq"], repeated["repeated"]) == (sent["seq"], True)
    assert await store.read(files.usage) == Usage(1, len(PDF))


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (PROGRAM, "photo.jpg", "file_program"),
        (b"<html>", "a.pdf", "file_web_page"),
        (b"", "a.pdf", "file_empty"),
        (b"some words", "a.docx", "file_text"),
    ],
)
async def test_what_is_refused_says_why_and_leaves_nothing(
    caller: Caller, store: Store, content: bytes, name: str, code: str
) -> None:
    await caller.opens()
    caller.http.headers["accept-language"] = "zh"
    refused = await post(caller, content, name)
    assert (refused.status_code, error_of(refused)) == (415, code)
    assert refused.json()["error"]["message"] == words("errors", "zh")[code]
    assert await store.read(files.usage) == Usage(0, 0)


@pytest.fixture
async def narrow(reception: Reception, settings: Settings) -> AsyncIterator[Caller]:
    """A caller of a house that takes two files of a megabyte."""
    limits = {"file_mb": 1, "files_per_chat": 2, "files_per_chat_mb": 1}
    transport = httpx.ASGITransport(make_app(reception, settings.model_copy(update=limits)))
    async with httpx.AsyncClient(transport=transport, base_url="http://chat.test") as http:
        caller = Caller(http)
        await caller.opens()
        yield caller


async def test_each_limit_is_told(narrow: Caller) -> None:
    too_large = await post(narrow, PDF + bytes(MEGABYTE))
    assert (too_large.status_code, error_of(too_large)) == (413, "file_too_large")
    assert "1 MB" in too_large.json()["error"]["message"]
    assert (await post(narrow, PDF + bytes(MEGABYTE - 2 * len(PDF)))).status_code == 200
    too_much = await post(narrow, PDF * 3)
    assert (too_much.status_code, error_of(too_much)) == (409, "files_too_much")
    assert (await post(narrow, PDF)).status_code == 200
    too_many = await post(narrow, HEIC)
    assert (too_many.status_code, error_of(too_many)) == (409, "files_too_many")
    assert "2 files" in too_many.json()["error"]["message"]


async def test_a_body_without_end_is_stopped_on_the_way(narrow: Caller) -> None:
    seen = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal seen
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-'
        while True:
            seen += 65536
            yield bytes(65536)

    address = f"/api/chat/files?upload_id={uuid.uuid4()}"
    kind = {"content-type": "multipart/form-data; boundary=x"}
    refused = await narrow.http.post(address, content=endless(), headers=kind)
    assert (refused.status_code, error_of(refused)) == (413, "file_too_large")
    assert seen < 2 * MEGABYTE


async def test_who_is_slow_is_told(
    caller: Caller, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    await caller.opens()
    monkeypatch.setattr(files_api, "UPLOAD_SECONDS", 0)
    slow = await post(caller, PDF)
    assert (slow.status_code, error_of(slow)) == (408, "file_slow")


async def test_a_stranger_and_another_site_are_refused(caller: Caller) -> None:
    stranger = await post(caller, PDF)
    assert (stranger.status_code, error_of(stranger)) == (401, "open_first")
    await caller.opens()
    caller.http.headers["sec-fetch-site"] = "cross-site"
    foreign = await post(caller, PDF)
    assert (foreign.status_code, error_of(foreign)) == (403, "foreign_origin")


async def test_nobody_sends_the_file_of_another(new_caller: NewCaller) -> None:
    one, other = new_caller(), new_caller()
    await one.opens()
    await other.opens()
    theirs = await upload(one)
    gone = await send(other, theirs["id"])
    assert (gone.status_code, error_of(gone)) == (404, "file_gone")
    assert (await upload(other))["repeated"] is False, "nor learns that it is there"


async def test_too_many_uploads_are_slowed(caller: Caller) -> None:
    await caller.opens()
    codes = [(await post(caller, b"")).status_code for _ in range(UPLOADS.times + 1)]
    assert codes == [415] * UPLOADS.times + [429]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "hello", "files": ["x"]},
        {"files": []},
        {"files": ["x"], "choice": "do:menu"},
        {"files": ["x"] * 21},
    ],
)
async def test_a_message_is_a_text_or_files(caller: Caller, body: dict[str, Any]) -> None:
    await caller.opens()
    given_ = {"message_id": str(uuid.uuid4()), **body}
    refused = await caller.http.post("/api/chat/messages", json=given_)
    assert refused.status_code == 422


def test_every_refusal_has_words_in_both_languages() -> None:
    reasons = {refusal.value for refusal in Refusal}
    reasons |= {shelf.TOO_LARGE, shelf.TOO_MANY, shelf.TOO_MUCH, shelf.FULL}
    for language in LANGUAGES:
        assert reasons <= words("errors", language).keys()


# Multipart


def body_of(name: bytes, content: bytes, boundary: bytes = b"x") -> bytes:
    head = b'Content-Disposition: form-data; name="file"; filename="' + name + b'"'
    return b"--%b\r\n%b\r\nContent-Type: a/b\r\n\r\n%b\r\n--%b--\r\n" % (
        boundary,
        head,
        content,
        boundary,
    )


@given(st.binary(max_size=400).filter(lambda data: b"\r\n--x" not in data))
def test_the_content_comes_out_as_it_went_in(content: bytes) -> None:
    assert part_with_file(body_of(b"a.pdf", content), b"x") == ("a.pdf", content)
    assert part_with_file(b"preamble\r\n" + body_of(b"a", content), b"x").content == content


def test_other_parts_are_passed_over() -> None:
    field = b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n'
    assert part_with_file(field + body_of(b"a.pdf", b"1"), b"x") == ("a.pdf", b"1")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("证书.pdf".encode(), "证书.pdf"),
        (b"say %22yes%22.pdf", 'say "yes".pdf'),
        (b'say \\"yes\\".pdf', 'say "yes".pdf'),
        (b"", ""),
        (b"\xff.pdf", "\ufffd.pdf"),
    ],
)
def test_names_as_browsers_and_curl_write_them(written: bytes, name: str) -> None:
    assert part_with_file(body_of(written, b"1"), b"x").name == name


@given(st.binary(max_size=300), st.integers(0, 120))
def test_any_other_body_is_unreadable_and_nothing_worse(noise: bytes, cut: int) -> None:
    for body in (noise, body_of(b"a.pdf", b"content")[:cut], b"--x" + noise, b"--x\r\n" + noise):
        try:
            part_with_file(body, b"x")
        except multipart._UnreadableError:
            continue


@pytest.mark.parametrize("kind", ["", "application/json", "multipart/form-data", "multipart/x;x"])
async def test_what_is_no_multipart_is_told(caller: Caller, kind: str) -> None:
    await caller.opens()
    address = f"/api/chat/files?upload_id={uuid.uuid4()}"
    refused = await caller.http.post(address, content=b"x", headers={"content-type": kind})
    assert (refused.status_code, error_of(refused)) == (422, "invalid")
