"""The chat's API: open, write, read; one message once; one shape for every error; nobody else's talk."""

import asyncio
import uuid
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.limits import MESSAGES, OPENINGS, READS
from bot.conversation.events import Answered, HandedBack, Noted, Taken
from bot.errors import StoreError
from bot.reception import Reception
from bot.settings import Settings
from bot.store import conversations, staff
from bot.store.staff import Role
from bot.store.work import Store, Work
from tests.bot.channels.conftest import Caller, NewCaller, make_app, texts
from tests.bot.told import staffer


async def employ(store: Store, name: str = "Li Na") -> Any:
    """A member of the staff."""

    def work_on(work: Work) -> str:
        hired = staff.create(
            work,
            login=name,
            name=name,
            role=Role.AGENT,
            password_hash="x",
            now=datetime.now(UTC),
            shows_name=True,
        )
        return hired.id

    return staffer(await store.run(work_on), name)


def error_of(response: httpx.Response) -> str:
    """The code of an error, its shape made sure of."""
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert body["error"]["message"]
    code: str = body["error"]["code"]
    return code


# Opening


async def test_a_newcomer_is_greeted_and_given_a_cookie(caller: Caller) -> None:
    response = await caller.http.post("/api/chat/open")
    assert response.status_code == 200
    assert "HttpOnly" in response.headers["set-cookie"]
    chat = response.json()
    assert len(chat["lines"]) == 1
    assert chat["last"] == 1
    assert chat["presence"] == {"owner": "bot", "person": None, "language": "en", "typing": False}


async def test_who_comes_back_finds_the_talk_as_it_was(caller: Caller) -> None:
    first = await caller.opens()
    await caller.writes("? cost")
    second = await caller.opens()
    assert second["conversation"] == first["conversation"]
    assert texts(second, "prospect") == ["? cost"]
    assert len(texts(second)) == 2, "greeted once"


@pytest.mark.parametrize(
    ("opening", "accepts", "language"),
    [({}, "zh-CN", "zh"), ({"language": "zh"}, "en", "zh"), ({"language": "en"}, "zh", "en")],
)
async def test_the_greeting_is_in_the_visitors_language(
    caller: Caller, opening: dict[str, str], accepts: str, language: str
) -> None:
    caller.http.headers["accept-language"] = accepts
    chat = await caller.opens(**opening)
    assert chat["presence"]["language"] == language
    assert chat["lines"][0]["language"] == language


async def test_the_source_is_kept(caller: Caller, store: Store) -> None:
    chat = await caller.opens(source="spring-campaign")
    kept = await store.read(lambda work: conversations.get(work, chat["conversation"]))
    assert kept.source == "spring-campaign"


@pytest.mark.parametrize(
    ("said", "kept"), [("Europe/Rome", "Europe/Rome"), ("Mars/North", None), (None, None)]
)
async def test_the_time_zone_is_kept_where_there_is_one(
    caller: Caller, reception: Reception, said: str | None, kept: str | None
) -> None:
    response = await caller.http.post("/api/chat/open", json={"zone": said})
    state = await reception.state(response.json()["conversation"])
    assert state.zone == kept


async def test_a_token_we_did_not_give_out_is_not_taken_up(caller: Caller) -> None:
    caller.http.cookies.set("tidewaiter_visitor", "x" * 43)
    response = await caller.http.post("/api/chat/open")
    assert "x" * 43 not in response.headers["set-cookie"]


async def test_the_database_does_not_hold_the_token(caller: Caller, store: Store) -> None:
    chat = await caller.opens()
    kept = await store.read(lambda work: conversations.get(work, chat["conversation"]))
    token = caller.http.cookies["tidewaiter_visitor"]
    assert token not in repr(kept)


async def test_over_tls_the_cookie_is_a_host_cookie(
    reception: Reception, settings: Settings
) -> None:
    secure = settings.model_copy(update={"public_url": "https://chat.example.com"})
    transport = httpx.ASGITransport(make_app(reception, secure))
    async with httpx.AsyncClient(transport=transport, base_url="https://chat.test") as http:
        written = (await http.post("/api/chat/open")).headers["set-cookie"]
    assert written.startswith("__Host-tidewaiter_visitor=")
    assert "Secure" in written


# Writing


async def test_the_answer_comes_with_the_receipt(caller: Caller) -> None:
    await caller.opens()
    sent = await caller.writes("? cost")
    assert texts(sent) == ["answer fee.official"]
    assert texts(sent, "prospect") == [], "the writer knows what it wrote"
    assert (sent["seq"], sent["last"], sent["repeated"]) == (2, 3, False)


async def test_with_after_the_answer_fills_the_gap(caller: Caller) -> None:
    await caller.opens()
    await caller.writes("? cost")
    sent = await caller.writes("? time", after=1)
    assert texts(sent, "prospect") == ["? cost", "? time"]


async def test_a_page_knows_its_own_message_again(caller: Caller) -> None:
    await caller.opens()
    message_id = str(uuid.uuid4())
    sent = await caller.writes("? cost", message_id=message_id, after=0)
    assert [line["message_id"] for line in sent["lines"]] == [None, message_id, None]


async def test_the_same_message_twice_has_one_effect(caller: Caller) -> None:
    await caller.opens()
    message_id = str(uuid.uuid4())
    first = await caller.writes("? cost", message_id=message_id)
    second = await caller.writes("? cost", message_id=message_id)
    assert (second["repeated"], second["seq"]) == (True, first["seq"])
    assert texts(second) == texts(first), "who missed the answer gets it again"
    assert len((await caller.reads())["lines"]) == 3


async def test_ten_tries_at_once_have_one_effect(caller: Caller) -> None:
    await caller.opens()
    message_id = str(uuid.uuid4())
    found = await asyncio.gather(
        *(caller.writes("? cost", message_id=message_id) for _ in range(10))
    )
    assert sum(not sent["repeated"] for sent in found) == 1
    assert texts(await caller.reads(), "prospect") == ["? cost"]


async def test_two_visitors_may_use_the_same_id(new_caller: NewCaller) -> None:
    one, other = new_caller(), new_caller()
    message_id = str(uuid.uuid4())
    for visitor in (one, other):
        await visitor.opens()
        sent = await visitor.writes("? cost", message_id=message_id)
        assert not sent["repeated"]
        assert texts(sent) == ["answer fee.official"]


async def test_a_button_and_its_words_do_the_same(new_caller: NewCaller) -> None:
    presser, typer = new_caller(), new_caller()
    chat = await presser.opens()
    await typer.opens()
    button = next(c for c in chat["lines"][0]["choices"] if c["payload"] == "do:start")
    pressed = await presser.writes(button["says"], button["payload"])
    typed = await typer.writes(button["says"])
    assert texts(pressed) == texts(typed)
    assert texts(pressed)


async def test_a_whole_inquiry_can_be_written_by_a_script(caller: Caller) -> None:
    await caller.opens()
    said = await caller.writes("start an inquiry")
    for _ in range(20):
        choices = {choice["payload"] for choice in said["lines"][-1]["choices"]}
        if "form:send" in choices:
            break
        said = await caller.writes(an_answer(choices))
    said = await caller.writes("send")
    assert any("TW-" in text for text in texts(said))


def an_answer(choices: set[str]) -> str:
    """Something that fits the present question."""
    if "form:skip" in choices:
        return "skip"
    fits = ("trademark", "registered", "no", "holder", "company", "planning", "send_later", "agree")
    for choice in choices:
        if choice.startswith("option:") and choice.rpartition(":")[2] in fits:
            return choice.rpartition(":")[2]
    return "maria@example.com of Italy"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("x" * 4097, "too_long"),
    ],
)
async def test_a_text_that_is_none_or_too_long(caller: Caller, text: str, code: str) -> None:
    await caller.opens()
    refused = await caller.posts(text)
    assert (refused.status_code, error_of(refused)) == (422, code)


async def test_the_longest_text_is_taken(caller: Caller) -> None:
    await caller.opens()
    await caller.writes("字" * 4096)
    assert texts(await caller.reads(), "prospect") == ["字" * 4096]


async def test_white_space_around_a_text_is_no_part_of_it(caller: Caller) -> None:
    await caller.opens()
    await caller.writes("  ? cost\nand time \n")
    assert texts(await caller.reads(), "prospect") == ["? cost\nand time"]


@pytest.mark.parametrize(
    "body",
    [
        b"nonsense",
        b"",
        b"[]",
        b"\xff\xfe",
        b'{"text": "hi"}',
        b'{"message_id": "not-a-uuid", "text": "hi"}',
        b'{"message_id": "6f1c7c58-3a3d-4b0e-9d0e-2d3f5b7a9c11", "text": 5}',
        b'{"message_id": "6f1c7c58-3a3d-4b0e-9d0e-2d3f5b7a9c11", "text": "\\ud800"}',
        b'{"message_id": "6f1c7c58-3a3d-4b0e-9d0e-2d3f5b7a9c11", "text": "a", "more": 1}',
    ],
)
async def test_what_cannot_be_read_is_told_in_the_one_shape(caller: Caller, body: bytes) -> None:
    await caller.opens()
    headers = {"content-type": "application/json", "accept-language": "zh"}
    refused = await caller.http.post("/api/chat/messages", content=body, headers=headers)
    assert refused.status_code in {400, 422}
    assert error_of(refused) == "invalid"
    assert refused.json()["error"]["message"] == "无法读取该请求。"


@pytest.mark.parametrize("opening", [{"language": "de"}, {"source": "<b>"}, {"source": "x" * 201}])
async def test_an_opening_that_cannot_be_read(caller: Caller, opening: dict[str, str]) -> None:
    refused = await caller.http.post("/api/chat/open", json=opening)
    assert (refused.status_code, error_of(refused)) == (422, "invalid")


async def test_another_site_cannot_write_with_a_visitors_cookie(caller: Caller) -> None:
    await caller.opens()
    caller.http.headers["sec-fetch-site"] = "cross-site"
    refused = await caller.posts("? cost")
    assert (refused.status_code, error_of(refused)) == (403, "foreign_origin")
    del caller.http.headers["sec-fetch-site"]
    assert len((await caller.reads())["lines"]) == 1


# Reading


async def test_lines_after_a_number(caller: Caller) -> None:
    await caller.opens()
    await caller.writes("? cost")
    assert [line["seq"] for line in (await caller.reads(after=1))["lines"]] == [2, 3]
    nothing = await caller.reads(after=3)
    assert (nothing["lines"], nothing["last"]) == ([], 3)


async def test_visitors_see_only_their_own_talk(new_caller: NewCaller) -> None:
    one, other = new_caller(), new_caller()
    await one.opens()
    await one.writes("? my secret")
    await other.opens()
    assert "secret" not in str(await other.reads())


@pytest.mark.parametrize("after", ["-1", "x", ""])
async def test_a_number_that_is_none(caller: Caller, after: str) -> None:
    await caller.opens()
    refused = await caller.http.get("/api/chat/lines", params={"after": after})
    assert (refused.status_code, error_of(refused)) == (422, "invalid")


@pytest.mark.parametrize("path", ["lines", "stream"])
async def test_who_has_not_opened_is_told_to(caller: Caller, path: str) -> None:
    refused = await caller.http.get(f"/api/chat/{path}")
    assert (refused.status_code, error_of(refused)) == (401, "open_first")
    assert (await caller.posts("hi")).status_code == 401


async def test_what_was_erased_has_to_be_opened_anew(caller: Caller, store: Store) -> None:
    chat = await caller.opens()
    await store.run(lambda work: conversations.erase(work, chat["conversation"]))
    refused = await caller.posts("hi")
    assert (refused.status_code, error_of(refused)) == (401, "open_first")
    assert (await caller.opens())["conversation"] != chat["conversation"]


# The staff


async def test_the_page_sees_a_person_come_write_and_go(
    caller: Caller, reception: Reception, store: Store
) -> None:
    chat = await caller.opens()
    li, conversation = await employ(store), chat["conversation"]
    await reception.act(conversation, Taken(by=li))
    await reception.act(conversation, Answered(by=li, text="Li here."))
    seen = await caller.reads(after=1)
    assert [line["author"] for line in seen["lines"]] == ["system", "staff"]
    assert (seen["lines"][1]["text"], seen["lines"][1]["name"]) == ("Li here.", "Li Na")
    assert seen["presence"] == {
        "owner": "person",
        "person": "Li Na",
        "language": "en",
        "typing": False,
    }
    assert texts(await caller.writes("? cost")) == [], "the bot is silent"
    await reception.act(conversation, HandedBack(by=li))
    assert (await caller.reads())["presence"]["owner"] == "bot"


async def test_notes_stay_inside(caller: Caller, reception: Reception, store: Store) -> None:
    chat = await caller.opens()
    li = await employ(store)
    await reception.act(chat["conversation"], Noted(by=li, text="a difficult client"))
    await reception.act(chat["conversation"], Answered(by=li, text="Good morning."))
    seen = await caller.reads()
    assert "difficult" not in str(seen)
    assert seen["last"] == max(line["seq"] for line in seen["lines"])


# Rates


async def test_too_many_messages_are_slowed_down(caller: Caller) -> None:
    await caller.opens()
    found = [await caller.posts("? cost") for _ in range(MESSAGES.times + 1)]
    assert [response.status_code for response in found[:-1]] == [200] * MESSAGES.times
    refused = found[-1]
    assert (refused.status_code, error_of(refused)) == (429, "too_many")
    seconds = refused.headers["retry-after"]
    assert 0 < int(seconds) <= MESSAGES.seconds
    assert f"{seconds} seconds" in refused.json()["error"]["message"]


async def test_one_visitors_haste_does_not_stop_another(new_caller: NewCaller) -> None:
    hasty, calm = new_caller(), new_caller()
    await hasty.opens()
    await calm.opens()
    for _ in range(MESSAGES.times + 1):
        await hasty.posts("? cost")
    await calm.writes("? cost")


async def test_too_many_new_visitors_of_one_address(caller: Caller) -> None:
    for _ in range(OPENINGS.times):
        caller.http.cookies.clear()
        await caller.opens()
    known = caller.http.cookies["tidewaiter_visitor"]
    caller.http.cookies.clear()
    refused = await caller.http.post("/api/chat/open")
    assert (refused.status_code, error_of(refused)) == (429, "too_many")
    caller.http.cookies.set("tidewaiter_visitor", known)
    await caller.opens()


async def test_too_much_reading_is_slowed_down(caller: Caller) -> None:
    await caller.opens()
    for _ in range(READS.times):
        await caller.reads(after=1)
    refused = await caller.http.get("/api/chat/lines")
    assert (refused.status_code, error_of(refused)) == (429, "too_many")


# Trouble


async def test_a_store_that_is_away_is_said_to_be(
    caller: Caller, reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    await caller.opens()

    async def broken(_inbound: object) -> None:
        raise StoreError("disk full: the secret path")

    monkeypatch.setattr(reception, "receive", broken)
    refused = await caller.posts("hi")
    assert (refused.status_code, error_of(refused)) == (503, "unavailable")
    assert "secret" not in refused.text


# The document


async def test_the_openapi_document_says_what_there_is(app: FastAPI) -> None:
    document = app.openapi()
    assert set(document["paths"]) == {
        "/api/chat/open",
        "/api/chat/messages",
        "/api/chat/files",
        "/api/chat/lines",
        "/api/chat/receipts",
        "/api/chat/stream",
    }
    write = document["paths"]["/api/chat/messages"]["post"]
    assert set(write["responses"]) == {"200", "401", "403", "404", "413", "422", "429", "503"}
    for status, response in write["responses"].items():
        schema = response["content"]["application/json"]["schema"]["$ref"].rsplit("/")[-1]
        assert schema == ("Sent" if status == "200" else "FaultBody")
    text = document["components"]["schemas"]["Writing"]["properties"]["text"]["anyOf"][0]
    assert (text["minLength"], text["maxLength"]) == (1, 4096)
