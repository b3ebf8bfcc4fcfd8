"""Lines that belong together, at the door: stored at once, read as one, answered once, found again after a kill."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.conversation import bursts
from bot.conversation.events import Closed, HandedBack, Taken
from bot.conversation.reply import Author
from bot.live import Live
from bot.reception import Edit, Inbound, Reception
from bot.store import conversations, staff
from bot.store.staff import Role
from bot.store.work import Store, Work
from intents.context import Context
from intents.reading import Reading
from knowledge.model import Language
from tests.bot.told import ToldUnderstanding, key, staffer

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Noted:
    """An alarm that only notes when it should ring."""

    def __init__(self) -> None:
        self.set_for: list[tuple[str, datetime]] = []

    def set(self, conversation_id: str, at: datetime) -> None:
        self.set_for.append((conversation_id, at))


class Meddling(ToldUnderstanding):
    """While a message is being read, something else happens: as many times as are given."""

    def __init__(self) -> None:
        super().__init__()
        self.at_reading: list[Callable[[], Awaitable[None]]] = []
        self._busy = False
        self.loop = asyncio.get_running_loop()

    def read(
        self, text: str, *, hint: Language | None = None, context: Context | None = None
    ) -> Reading:
        found = super().read(text, hint=hint, context=context)
        if self.at_reading and not self._busy:
            self._busy = True
            asyncio.run_coroutine_threadsafe(self._happens(), self.loop).result(20)
            self._busy = False
        return found

    async def _happens(self) -> None:
        await self.at_reading.pop(0)()


class Door:
    """The reception with its clock and alarm, and somebody who writes."""

    def __init__(self, store: Store, understanding: ToldUnderstanding | None = None) -> None:
        self.clock, self.alarm = Clock(), Noted()
        self.told = understanding or ToldUnderstanding()
        self.reception = Reception(store, self.told, "AAA", Live(), self.clock, self.alarm)
        self.id = ""
        self.count = 0

    async def opens(self) -> "Door":
        self.id = await self.reception.open(key(), "en")
        return self

    async def writes(
        self, text: str, pause: float = 0.5, choice: str | None = None, message_id: str = ""
    ) -> None:
        self.clock.passes(pause)
        self.count += 1
        mark = message_id or f"m{self.count}"
        await self.reception.receive(Inbound(key(), mark, text, choice, patient=True))

    async def rests(self, seconds: float = 2) -> None:
        self.clock.passes(seconds)
        await self.reception.quiet(self.id)

    async def said(self) -> list[str]:
        lines = await self.reception.transcript(self.id)
        return [line.reply.text for line in lines[1:] if line.author is Author.BOT]

    async def order(self) -> list[str]:
        return [line.author.value for line in (await self.reception.transcript(self.id))[1:]]


@pytest.fixture
async def door(store: Store) -> Door:
    return await Door(store).opens()


async def test_every_line_is_stored_when_it_comes_and_all_are_answered_as_one(door: Door) -> None:
    await door.writes("we have a trademark")
    await door.writes("in Italy")
    assert await door.order() == ["prospect", "prospect"]
    assert door.alarm.set_for[-1] == (door.id, door.clock.now + bursts.SILENCE)
    await door.rests()
    assert await door.order() == ["prospect", "prospect", "bot"]
    assert door.told.heard[-1][0] == "we have a trademark\nin Italy"


async def test_the_question_is_read_with_what_came_before_it(door: Door) -> None:
    await door.writes("we have a trademark")
    await door.writes("what does it cost?")
    assert len(await door.said()) == 1
    assert door.told.heard[-1][0] == "we have a trademark\nwhat does it cost?"
    await door.rests()
    assert len(await door.said()) == 1


async def test_a_change_of_an_earlier_line_is_read_with_the_latest_words_of_the_others(
    door: Door,
) -> None:
    await door.writes("we have a trademark")
    await door.writes("? cost")
    assert await door.reception.edit(Edit(key(), "m2", "e1", "? price")) is not None
    await door.writes("and now", pause=20)
    await door.writes("? time")
    await door.reception.edit(Edit(key(), "m3", "e2", "but now"))
    assert door.told.heard[-1][0] == "but now\n? time"
    assert len(await door.said()) == 4, "the two questions, each answered anew once"
    await door.reception.edit(Edit(key(), "m1", "e3", "we have a patent"))
    assert door.told.heard[-1][0] == "we have a patent", "that question is over"
    assert len(await door.said()) == 4


async def test_changes_of_two_lines_at_once_are_both_in_the_answer(store: Store) -> None:
    told = Meddling()
    door = await Door(store, told).opens()
    await door.writes("we have a trademark")
    await door.writes("? cost")

    async def change_the_other() -> None:
        await door.reception.edit(Edit(key(), "m2", "e2", "? time"))

    told.at_reading.append(change_the_other)
    await door.reception.edit(Edit(key(), "m1", "e1", "we have a patent"))
    assert told.heard[-1][0] == "we have a patent\n? time"


async def test_an_alarm_that_rings_too_early_is_set_anew(door: Door) -> None:
    await door.writes("we have a trademark")
    await door.reception.quiet(door.id)
    assert await door.said() == []
    assert len(door.alarm.set_for) == 2


async def test_alarms_that_ring_together_answer_once(door: Door) -> None:
    await door.writes("we have a trademark")
    door.clock.passes(2)
    await asyncio.gather(*(door.reception.quiet(door.id) for _ in range(8)))
    assert len(await door.said()) == 1


@pytest.mark.parametrize(("text", "choice"), [("menu", None), ("Fee", "ask:fee.official")])
async def test_a_command_or_a_button_lets_what_waits_be_answered_first(
    door: Door, text: str, choice: str | None
) -> None:
    await door.writes("we have a trademark")
    await door.writes(text, choice=choice)
    assert await door.order() == ["prospect", "prospect", "bot", "bot"]
    said = await door.said()
    assert said[0].startswith("out_of_scope")
    assert not (await door.reception.state(door.id)).waiting


async def test_a_repeated_line_does_not_count_twice(door: Door) -> None:
    await door.writes("we have a trademark", message_id="same")
    await door.writes("we have a trademark", message_id="same")
    await door.rests()
    assert door.told.heard[-1][0] == "we have a trademark"
    assert await door.order() == ["prospect", "bot"]


async def test_what_waited_when_the_process_was_killed_is_found_and_answered_once(
    door: Door, store: Store
) -> None:
    await door.writes("we have a trademark")
    after = Reception(store, ToldUnderstanding(), "AAA", Live(), door.clock, Noted())
    assert await after.listening() == [door.id]
    door.clock.passes(60)
    for conversation_id in await after.listening():
        await after.quiet(conversation_id)
    assert len(await door.said()) == 1
    assert await after.listening() == []


async def test_what_another_process_has_left_is_found_until_it_is_done(
    door: Door, store: Store
) -> None:
    await door.writes("we have a trademark")
    door.clock.passes(2 * 3600)
    after = Reception(store, ToldUnderstanding(), "AAA", Live(), door.clock, Noted())
    assert await after.listening() == await after.listening() == [door.id]
    await after.quiet(door.id)
    assert await after.listening() == []


async def test_staff_that_takes_over_has_the_lines_and_the_bot_is_silent(
    door: Door, store: Store
) -> None:
    def hire(work: Work) -> str:
        return staff.create(
            work,
            login="li",
            name="Li Na",
            role=Role.AGENT,
            password_hash="x",
            now=NOW,
            shows_name=True,
        ).id

    li = staffer(await store.run(hire), "Li Na")
    await door.writes("we have a trademark")
    await door.reception.act(door.id, Taken(by=li))
    await door.rests()
    await door.writes("hello?")
    assert await door.said() == []
    await door.reception.act(door.id, HandedBack(by=li))
    await door.writes("we have a patent")
    await door.reception.act(door.id, Closed(by=li))
    await door.rests()
    assert await door.order() == [
        "prospect",
        "system",
        "prospect",
        "system",
        "bot",
        "prospect",
        "system",
    ]


async def test_a_line_that_comes_while_the_wait_is_being_answered_is_read_with_it(
    store: Store,
) -> None:
    told = Meddling()
    door = await Door(store, told).opens()
    await door.writes("we have a trademark")
    told.at_reading = [lambda: door.writes("in Italy", 0)]
    await door.rests()
    assert await door.said() == []
    await door.rests(9)
    assert len(await door.said()) == 1
    assert told.heard[-1][0] == "we have a trademark\nin Italy"


async def test_a_wait_answered_while_the_next_line_is_being_read_is_not_answered_again(
    store: Store,
) -> None:
    told = Meddling()
    door = await Door(store, told).opens()
    await door.writes("we have a trademark")
    told.at_reading = [door.rests]
    await door.writes("? cost")
    heard = [text for text, _ in told.heard]
    assert heard[-1] == "? cost"
    assert len(await door.said()) == 2


async def test_a_line_overtaken_again_and_again_is_kept_and_answered_with_the_others(
    store: Store,
) -> None:
    told = Meddling()
    door = await Door(store, told).opens()
    await door.writes("we have a trademark")
    told.at_reading = [partial(door.writes, text, 0.01) for text in ("first", "second", "third")]
    await door.writes("? cost")
    told.at_reading = []
    await door.rests(9)
    lines = await door.reception.transcript(door.id)
    asked = [line.reply.text for line in lines if line.author is Author.PROSPECT]
    assert "? cost" in asked
    answered = "\n".join(text for text, _ in told.heard)
    assert all(text in answered for text in asked)
    assert not (await door.reception.state(door.id)).waiting


async def test_fifty_lines_at_once_are_each_answered_and_in_order(door: Door) -> None:
    lines = [Inbound(key(), f"x{n}", f"line {n}", patient=True) for n in range(25)]
    await asyncio.gather(*map(door.reception.receive, lines))
    await door.rests(9)
    kept = await door.reception.transcript(door.id)
    asked = [line.reply.text for line in kept if line.author is Author.PROSPECT]
    assert sorted(asked) == sorted(line.text for line in lines)
    assert kept[-1].author is Author.BOT
    assert not (await door.reception.state(door.id)).waiting


async def test_a_waiting_line_that_is_changed_is_read_in_its_new_words(door: Door) -> None:
    await door.writes("we have a tradmark")
    await door.reception.edit(Edit(key(), "m1", "e1", "we have a trademark"))
    await door.rests()
    assert door.told.heard[-1][0] == "we have a trademark"
    assert len(await door.said()) == 1


async def test_without_an_alarm_nothing_waits(store: Store) -> None:
    reception = Reception(store, ToldUnderstanding(), "AAA", Live(), lambda: NOW)
    conversation = await reception.open(key(), "en")
    await reception.receive(Inbound(key(), "m1", "we have a trademark", patient=True))
    lines = await reception.transcript(conversation)
    assert lines[-1].author is Author.BOT


async def test_an_erased_conversation_has_nothing_to_answer(door: Door, store: Store) -> None:
    await door.writes("we have a trademark")
    await store.run(lambda work: conversations.erase(work, door.id))
    await door.rests()


async def test_a_stopped_form_is_forgotten_by_the_clock_and_after_a_restart_too(
    door: Door, store: Store
) -> None:
    await door.writes("start an inquiry")
    await door.writes("cancel")
    at, state = door.alarm.set_for[-1][1], await door.reception.state(door.id)
    assert state.undo is not None
    assert at == state.undo.over
    again = Door(store)
    again.clock.now, again.id = door.clock.now, door.id
    assert await again.reception.listening() == [], "it is not due for long"
    await again.rests(60)
    assert again.alarm.set_for == [(door.id, at)]
    again.clock.passes(500)
    assert await again.reception.listening() == [door.id]
    await again.rests(100)
    forgotten = (await again.reception.state(door.id)).undo
    assert forgotten is not None
    assert forgotten.progress is None
    assert await again.reception.listening() == []
