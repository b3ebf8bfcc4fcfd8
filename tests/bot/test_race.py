"""Prospect and staff act on one conversation at once, on several machines: one owner, and silence beside a person."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from functools import partial

import pytest

from bot.conversation.events import (
    Answered,
    Closed,
    HandedBack,
    Snoozed,
    Staffer,
    StaffEvent,
    Taken,
    Transferred,
    Woken,
)
from bot.conversation.owner import TRANSITIONS, Move, Owner
from bot.conversation.reply import Author
from bot.errors import ActionRefusedError
from bot.inbound import Line
from bot.live import Live
from bot.reception import Inbound, Reception
from bot.settings import Settings
from bot.store import events, staff
from bot.store.events import Event
from bot.store.staff import Role
from bot.store.work import Store, Work
from tests.bot.test_reception_waiting import Clock
from tests.bot.told import ToldUnderstanding, key, staffer

MACHINES = 3
PEOPLE = ("Li Na", "Marco", "Ada")
ACTS = 36


class Office:
    """Several processes on one database, each with connections of its own, and the people who use them."""

    def __init__(self, stores: list[Store], people: list[Staffer]) -> None:
        self.clock = Clock()
        self.people = people
        self.store = stores[0]
        self.receptions = [
            Reception(store, ToldUnderstanding(), "AAA IPRIGHT", Live(), self.clock)
            for store in stores
        ]
        self.id = ""
        self.written = 0

    async def begins(self) -> None:
        self.id = await self.receptions[0].open(key(), "en")

    async def writes(self, at: Reception, text: str) -> None:
        self.written += 1
        await at.receive(Inbound(key(), f"m{self.written}", text))

    async def act(self, at: Reception, event: StaffEvent) -> str | None:
        """None where it was done, else what the member of the staff was told."""
        try:
            await at.act(self.id, event)
        except ActionRefusedError as refused:
            return refused.user_text
        return None

    async def lines(self) -> list[Line]:
        return await self.receptions[0].transcript(self.id)

    async def journal(self) -> list[Event]:
        found = await self.store.read(lambda work: events.of(work, self.id))
        return [event for event in found if event.kind == "owner"]


@pytest.fixture
async def office(store: Store, settings: Settings) -> AsyncIterator[Office]:
    def hire(work: Work, name: str) -> str:
        login = name.split(maxsplit=1)[0].lower()
        now = Clock().now
        return staff.create(
            work, login=login, name=name, role=Role.AGENT, password_hash="x", now=now
        ).id

    people = [staffer(await store.run(partial(hire, name=name)), name) for name in PEOPLE]
    others = [Store.open(settings) for _ in range(MACHINES - 1)]
    made = Office([store, *others], people)
    await made.begins()
    yield made
    for each in others:
        await each.close()


def assert_silent_beside_a_person(lines: Iterable[Line]) -> None:
    """In the order of the messages: after somebody has joined the bot says nothing until they have left."""
    beside: str | None = None
    for line in lines:
        said = line.reply.text
        if line.author is Author.SYSTEM:
            given = "is with you now" in said
            assert beside or not given, "nobody had it to give"
            beside = said if given or "has joined" in said else None
        assert not (line.author is Author.BOT and beside), f"{said!r} after {beside!r}"
        assert line.author is not Author.STAFF or beside, f"{said!r} without having it"


def assert_by_the_table(journal: Iterable[Event]) -> None:
    """Each change of owner follows on the one before, by a move of the table, and says who made it and when."""
    owner = Owner.BOT
    for event in journal:
        assert event.data["from"] == owner
        here = TRANSITIONS[owner, Move(event.data["move"])]
        assert event.data["to"] == here
        assert event.actor == "prospect" or event.actor.startswith(("staff:", "system"))
        assert event.at
        owner = here


async def _one(office: Office, chance: random.Random) -> None:
    """Somebody does something at some machine."""
    at, by = chance.choice(office.receptions), chance.choice(office.people)
    other = chance.choice(office.people)
    until = office.clock.now.replace(day=29)
    deeds: list[Callable[[], Awaitable[object]]] = [
        lambda: office.writes(at, "? cost"),
        lambda: office.writes(at, "person"),
        lambda: office.writes(at, "hello"),
        lambda: office.act(at, Taken(by=by)),
        lambda: office.act(at, Answered(by=by, text="Good morning.")),
        lambda: office.act(at, HandedBack(by=by)),
        lambda: office.act(at, Transferred(by=by, to=other)),
        lambda: office.act(at, Snoozed(by=by, until=until)),
        lambda: office.act(at, Woken(by=by)),
        lambda: office.act(at, Closed(by=by, reason="answered")),
        lambda: at.quiet(office.id),
    ]
    weights = [5, 2, 3, 3, 3, 3, 3, 1, 1, 1, 1]
    await asyncio.sleep(chance.random() / 50)
    await chance.choices(deeds, weights)[0]()


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(n, marks=pytest.mark.soak) for n in range(3, 60))]
)
async def test_whatever_comes_together_the_bot_is_silent_beside_a_person(
    office: Office, seed: int
) -> None:
    chance = random.Random(seed)
    await asyncio.gather(*(_one(office, random.Random(chance.random())) for _ in range(ACTS)))
    lines = await office.lines()
    assert [line.seq for line in lines] == sorted({line.seq for line in lines})
    assert_silent_beside_a_person(lines)
    assert_by_the_table(await office.journal())
    mine = [line for line in lines if line.author is Author.PROSPECT]
    assert len(mine) == office.written, "nothing the prospect wrote is lost"


async def test_of_those_who_take_at_once_one_has_it_and_the_others_are_told_who(
    office: Office,
) -> None:
    for number in range(4):
        told = await asyncio.gather(
            *(
                office.act(office.receptions[(place + number) % MACHINES], Taken(by=by))
                for place, by in enumerate(office.people)
            ),
            office.writes(office.receptions[0], "? cost"),
        )
        answers = told[: len(office.people)]
        [winner] = [by for by, said in zip(office.people, answers, strict=True) if said is None]
        assert answers.count(f"{winner.name} has this conversation.") == len(office.people) - 1
        state = await office.receptions[0].state(office.id)
        assert (state.owner, state.staff_id) == (Owner.PERSON, winner.id)
        assert_silent_beside_a_person(await office.lines())
        await office.act(office.receptions[1], HandedBack(by=winner))


async def test_of_two_transfers_at_once_one_counts(office: Office) -> None:
    li, marco, ada = office.people
    await office.act(office.receptions[0], Taken(by=li))
    told = await asyncio.gather(
        office.act(office.receptions[0], Transferred(by=li, to=marco)),
        office.act(office.receptions[1], Transferred(by=li, to=ada)),
    )
    state = await office.receptions[0].state(office.id)
    assert state.staff_name in (marco.name, ada.name)
    assert sorted(each or "" for each in told) == ["", f"{state.staff_name} has this conversation."]


async def test_what_a_disabled_colleague_left_behind_can_be_taken(office: Office) -> None:
    li, marco, ada = office.people
    await office.act(office.receptions[0], Taken(by=li))
    await office.store.run(lambda work: staff.disable(work, li.id, now=office.clock.now))
    assert await office.act(office.receptions[0], Taken(by=marco)) is None
    assert (await office.receptions[1].state(office.id)).staff_id == marco.id
    refused = await office.act(office.receptions[0], Transferred(by=marco, to=li))
    assert (
        refused == "Li Na cannot have this conversation: choose a colleague who talks to prospects."
    )
    await office.store.run(
        lambda work: staff.set_profile(work, ada.id, name=ada.name, role=Role.REVIEWER)
    )
    assert await office.act(office.receptions[0], Transferred(by=marco, to=ada)) is not None
    await office.writes(office.receptions[2], "? cost")
    assert_silent_beside_a_person(await office.lines())
