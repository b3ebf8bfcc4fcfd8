"""The live feed over a real server: each line once and in order, resumed where it broke off, ended at a stop."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import pytest

from bot.channels import stream
from bot.conversation.bursts import LONGEST
from bot.conversation.events import Answered, HandedBack
from bot.live import Live
from bot.reception import Reception
from bot.settings import Settings
from bot.store import conversations
from bot.store.work import Store
from tests.bot.channels.conftest import (
    AGENCY,
    Caller,
    Event,
    events,
    make_app,
    texts,
    until,
)
from tests.bot.channels.test_chat_api import employ
from tests.bot.told import ToldUnderstanding


@pytest.fixture
async def visitor(url: str) -> AsyncIterator[Caller]:
    async with httpx.AsyncClient(base_url=url, timeout=10) as http:
        caller = Caller(http)
        caller.answer = await caller.opens()
        yield caller


@asynccontextmanager
async def listening(
    visitor: Caller, after: int = 0, **headers: str
) -> AsyncIterator[AsyncIterator[Event]]:
    address = f"/api/chat/stream?after={after}"
    async with visitor.http.stream("GET", address, headers=headers) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield events(response)


async def take(feed: AsyncIterator[Event], count: int) -> list[Event]:
    return [await asyncio.wait_for(anext(feed), 8) for _ in range(count)]


async def test_a_stream_begins_with_what_there_is_and_who_speaks(visitor: Caller) -> None:
    async with listening(visitor) as feed:
        line, presence = await take(feed, 2)
    assert (line.name, line.id, line.data["seq"]) == ("line", "1", 1)
    assert (presence.name, presence.id) == ("presence", None)
    assert presence.data == {
        "owner": "bot",
        "person": None,
        "language": "en",
        "typing": False,
    }


async def until_line(feed: AsyncIterator[Event], text: str) -> AsyncIterator[Event]:
    """The lines up to the one with this text; who speaks may be told before, between or after."""
    while True:
        (event,) = await take(feed, 1)
        if event.name == "line":
            yield event
            if event.data["text"] == text:
                return


async def test_what_is_written_comes_at_once(visitor: Caller) -> None:
    async with listening(visitor, after=1) as feed:
        await take(feed, 1)
        await visitor.writes("? cost")
        lines = await take(feed, 2)
    assert [line.data["author"] for line in lines] == ["prospect", "bot"]
    assert [line.id for line in lines] == ["2", "3"]


@pytest.mark.parametrize(("header", "first"), [("2", 3), ("0", 2), ("nonsense", 2), ("-5", 2)])
async def test_a_stream_goes_on_after_the_last_event(
    visitor: Caller, header: str, first: int
) -> None:
    await visitor.writes("? cost")
    async with listening(visitor, after=1, **{"Last-Event-ID": header}) as feed:
        (line,) = await take(feed, 1)
    assert line.data["seq"] == first


async def test_a_person_is_seen_to_come_and_to_go(
    visitor: Caller, reception: Reception, store: Store
) -> None:
    li, conversation = await employ(store), visitor.answer["conversation"]
    async with listening(visitor, after=1) as feed:
        await take(feed, 1)
        await reception.act(conversation, Answered(by=li, text="Li here."))
        joined, said, person = await take(feed, 3)
        await reception.act(conversation, HandedBack(by=li))
        left, asked, bot = await take(feed, 3)
    assert (joined.data["author"], said.data["name"]) == ("system", "Li Na")
    assert (person.name, person.data["person"]) == ("presence", "Li Na")
    assert (left.data["author"], asked.data["author"]) == ("system", "bot")
    assert (bot.name, bot.data["owner"]) == ("presence", "bot")


class Noted:
    """An alarm that a test rings itself."""

    def __init__(self) -> None:
        self.set_for: list[str] = []

    def set(self, conversation_id: str, at: datetime) -> None:  # noqa: ARG002
        self.set_for.append(conversation_id)


async def test_while_a_line_waits_the_page_sees_that_an_answer_is_coming(
    store: Store, settings: Settings
) -> None:
    clock = [datetime.now(UTC)]
    alarm = Noted()
    reception = Reception(store, ToldUnderstanding(), AGENCY, Live(), lambda: clock[-1], alarm)
    app = make_app(reception, settings)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://chat.test") as http:
        caller = Caller(http)
        await caller.opens()
        waiting = await caller.writes("we have a trademark")
        assert waiting["presence"]["typing"] is True
        assert texts(waiting) == []
        [conversation] = alarm.set_for
        clock.append(clock[-1] + LONGEST)
        await reception.quiet(conversation)
        answered = await caller.reads(waiting["last"])
    assert answered["presence"]["typing"] is False
    assert len(texts(answered)) == 1


async def test_lines_are_complete_and_in_order_under_load(visitor: Caller) -> None:
    async with listening(visitor, after=1) as feed:
        await take(feed, 1)
        await asyncio.gather(*(visitor.writes(f"? question {n}") for n in range(20)))
        lines = await take(feed, 40)
    assert [line.data["seq"] for line in lines] == list(range(2, 42))


async def test_what_another_process_wrote_is_found_without_being_woken(
    visitor: Caller, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = Reception(store, ToldUnderstanding(), AGENCY, Live())
    li = await employ(store)
    monkeypatch.setattr(stream.Feed.events, "__defaults__", (0.05,))
    async with listening(visitor, after=1) as feed:
        await take(feed, 1)
        await elsewhere.act(visitor.answer["conversation"], Answered(by=li, text="From afar."))
        said = [event async for event in until_line(feed, "From afar.")]
    assert [event.data["author"] for event in said] == ["system", "staff"]


async def test_a_stop_ends_all_streams_at_once(visitor: Caller, reception: Reception) -> None:
    async with listening(visitor) as one, listening(visitor) as other:
        await take(one, 2)
        await take(other, 2)
        begun = time.monotonic()
        reception.live.close()
        assert [event async for event in one] == [event async for event in other] == []
    assert time.monotonic() - begun < 2


async def test_who_goes_away_leaves_no_watcher_behind(
    visitor: Caller, reception: Reception
) -> None:
    async with listening(visitor) as feed:
        await take(feed, 2)
        assert reception.live._watchers
    await until(lambda: not reception.live._watchers)


async def test_a_conversation_that_is_erased_ends_the_stream(
    visitor: Caller, reception: Reception, store: Store
) -> None:
    conversation = visitor.answer["conversation"]
    async with listening(visitor) as feed:
        await take(feed, 2)
        await store.run(lambda work: conversations.erase(work, conversation))
        reception.live.publish(conversation)
        assert [event async for event in feed] == []


async def test_the_browser_is_told_how_soon_to_come_back(visitor: Caller) -> None:
    async with visitor.http.stream("GET", "/api/chat/stream") as response:
        head = [line async for line in take_lines(response, 2)]
    assert head == [": open", "retry: 1500"]
    assert response.headers["x-accel-buffering"] == "no"


async def take_lines(response: httpx.Response, count: int) -> AsyncIterator[str]:
    lines = response.aiter_lines()
    for _ in range(count):
        yield await anext(lines)
