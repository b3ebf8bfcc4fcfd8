"""The clockwork over years: what is due leaves once, what came too late does not, wherever the rows lie."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

import pytest
from pydantic import SecretStr
from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from bot.errors import DeliveryError, DeliveryRefusedError
from bot.leads.posting import post
from bot.reminders import registry
from bot.reminders.registry import LEASE
from bot.reminders.sending import NAME, PATIENCE
from bot.settings import Settings
from bot.store.durable import Durable
from bot.store.tables import Base
from bot.store.work import Job, Store, Work
from tests.bot.leads.mailserver import MailServer, serving
from tests.bot.leads.test_delivery import Told
from tests.bot.leads.test_posting import settings_for
from tests.bot.reminders.making import (
    ANSWERS,
    MAILING,
    RULES,
    TWO,
    Clock,
    journal,
    reminding,
    rows,
    set_for,
    states,
)
from tests.bot.store.diaries import ended

LATER, NEVER = DeliveryError("451"), DeliveryRefusedError("550")
Move = Callable[[], Awaitable[Store]]
OPENS, CLOSES = "2027-11-16", "2028-05-01"
"""The days of the two reminders of ANSWERS."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


def subjects(way: Told) -> list[str]:
    """What was sent, in order: the last words of the subjects."""
    return [str(message["Subject"]).split("Customs")[-1].strip(" ,") for message, _ in way.sent]


async def test_each_is_sent_on_its_day_and_once(store: Store, clock: Clock) -> None:
    conversation = await set_for(store, TWO)
    way = Told()
    for day in (
        "2027-02-13",
        "2027-02-14",
        "2027-02-14",
        "2027-08-01",
        OPENS,
        CLOSES,
        "2028-06-01",
    ):
        clock.at(day)
        await reminding(store, way, clock).look()
    assert subjects(way) == [
        "opens on 28 February 2027",
        "last day Tuesday 31 August 2027",
        "opens on 30 November 2027",
        "last day Wednesday 31 May 2028",
    ]
    assert {row.state for row in await rows(store)} == {"sent"}
    assert [line for line in await journal(store, conversation) if "sent" in line] == [
        "reminder.sent 2 opens",
        "reminder.sent 2 closes",
        "reminder.sent 1 opens",
        "reminder.sent 1 closes",
    ]


async def test_at_seven_in_china_it_is_still_night(store: Store, clock: Clock) -> None:
    await set_for(store)
    way = Told()
    clock.at("2027-11-15", hour=23)
    assert await reminding(store, way, clock).look() == 0
    clock.on(hours=2)
    assert await reminding(store, way, clock).look() == 1


@pytest.mark.parametrize(
    ("day", "sent", "left"),
    [
        ("2027-12-16", ["possible since 30 November 2027"], ["opens sent", "closes waiting"]),
        ("2028-05-20", ["last day Wednesday 31 May 2028"], ["opens dropped", "closes sent"]),
        ("2028-05-31", ["last day Wednesday 31 May 2028"], ["opens dropped", "closes sent"]),
        ("2028-06-01", [], ["opens dropped", "closes dropped"]),
        ("2036-01-01", [], ["opens dropped", "closes dropped"]),
    ],
)
async def test_a_server_that_was_down_sends_what_still_makes_sense(
    store: Store, clock: Clock, day: str, sent: list[str], left: list[str]
) -> None:
    conversation = await set_for(store)
    way = Told()
    clock.at(day)
    assert await reminding(store, way, clock).look() == len(sent)
    assert subjects(way) == sent
    assert await states(store) == [f"1 {each}" for each in left]
    dropped = [line for line in await journal(store, conversation) if "dropped" in line]
    assert len(dropped) == sum("dropped" in each for each in left)
    if len(dropped) == 1:
        assert dropped == ["reminder.dropped 1 opens overtaken"]


async def test_years_and_restarts_on_the_same_database(settings: Settings, clock: Clock) -> None:
    """Each look is by a new process's store; between the looks nothing runs at all."""
    way = Told()
    store = Store.open(settings)
    await store.migrate()
    far = ANSWERS | {"recordations.1.valid_until": "2036-02-29"}
    await set_for(store, far)
    await store.close()
    for day in ("2027-01-01", "2030-06-01", "2035-08-14", "2035-08-15", "2035-08-16", "2036-01-31"):
        store = Store.open(settings)
        await store.migrate()
        clock.at(day)
        await reminding(store, way, clock).look()
        await store.close()
    assert subjects(way) == ["opens on 29 August 2035", "last day Friday 29 February 2036"]


@pytest.fixture
async def moved(
    store: Store, new_postgres: Callable[[], str], settings: Settings
) -> AsyncIterator[Move]:
    """Copies all rows to a fresh PostgreSQL database, with nothing of the durable engine, and opens it."""
    opened: list[Store] = []

    async def move() -> Store:
        there = Store.open(settings.model_copy(update={"database_url": SecretStr(new_postgres())}))
        opened.append(there)
        copied = await store.read(_everything)

        def put(work: Work) -> None:
            _replace_all(work.session, copied)

        await there.run(put)
        await there.migrate()
        return there

    yield move
    for each in opened:
        await each.close()


def _everything(work: Work) -> dict[str, list[dict[str, object]]]:
    return {
        table.name: [dict(row) for row in work.session.execute(select(table)).mappings()]
        for table in Base.metadata.sorted_tables
    }


def _replace_all(session: Session, rows: dict[str, list[dict[str, object]]]) -> None:
    for table in reversed(Base.metadata.sorted_tables):
        session.execute(delete(table))
    for table in Base.metadata.sorted_tables:
        if rows[table.name]:
            session.execute(insert(table), rows[table.name])
    for name in ("events", "sign_in_attempts", "review_lines"):
        # As every way of moving rows by hand has to: PostgreSQL goes on counting where it was told.
        count = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"
        session.execute(text(count))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_moved_database_goes_on_where_it_was(
    store: Store, moved: Move, clock: Clock
) -> None:
    await set_for(store, TWO)
    way = Told(LATER)
    clock.at("2027-02-14")
    assert await reminding(store, way, clock).look() == 0, "one is being tried when it moves"
    there = await moved()
    for day in ("2027-02-15", "2027-02-15", OPENS, CLOSES):
        clock.at(day)
        await reminding(there, way, clock).look()
    assert subjects(way) == [
        "opens on 28 February 2027",
        "opens on 30 November 2027",
        "last day Wednesday 31 May 2028",
    ]
    assert await states(there) == [
        "1 opens sent",
        "1 closes sent",
        "2 opens sent",
        "2 closes dropped",
    ]


async def test_one_that_died_between_taking_and_sending_comes_back(
    store: Store, clock: Clock
) -> None:
    await set_for(store)
    way = Told()
    clock.at(OPENS)
    taken = await store.run(lambda work: registry.claim(work, RULES, now=clock.now))
    assert taken is not None
    assert await reminding(store, way, clock).look() == 0
    clock.now += LEASE
    assert await reminding(store, way, clock).look() == 1
    assert await reminding(store, way, clock).look() == 0


async def test_a_failure_is_tried_again_with_the_same_mail(store: Store, clock: Clock) -> None:
    await set_for(store)
    way = Told(LATER, ZeroDivisionError("told in confidence"), DeliveryError("421"))
    clock.at(OPENS)
    seen = []
    for _ in range(12):
        await reminding(store, way, clock).look()
        seen.append((await rows(store))[0].last_error if way.tries < 4 else None)
        clock.on(hours=1)
    assert way.tries == 4
    assert len(way.sent) == 1
    assert way.sent[0][0]["Date"] == "Tue, 16 Nov 2027 04:00:00 +0000"
    assert [each for each in dict.fromkeys(seen) if each] == ["451", "ZeroDivisionError", "421"]


async def test_it_is_tried_until_the_last_day_and_then_dropped(store: Store, clock: Clock) -> None:
    conversation = await set_for(store)
    way = Told(*[LATER] * 1000)
    clock.at(CLOSES)
    for _ in range(4 * 40):
        await reminding(store, way, clock).look()
        clock.on(hours=6)
    assert await states(store) == ["1 opens dropped", "1 closes dropped"]
    assert 60 < way.tries < 100
    assert (await journal(store, conversation))[-1] == "reminder.dropped 1 closes over"
    await reminding(store, Told(), clock).look()


async def test_a_refusal_is_final_and_told(store: Store, clock: Clock, jobs: list[Job]) -> None:
    conversation = await set_for(store)
    way = Told(NEVER)
    clock.at(OPENS)
    await reminding(store, way, clock).look()
    clock.on(days=1)
    await reminding(store, way, clock).look()
    assert way.tries == 1
    assert await states(store) == ["1 opens refused", "1 closes waiting"]
    assert (await journal(store, conversation))[-1] == "reminder.refused 1 opens"
    [job] = jobs
    [refused] = [row for row in await rows(store) if row.state == "refused"]
    assert (job.name, job.args) == (registry.TELL, (refused.id,))


async def test_a_mail_server_that_is_away_ends_the_look(store: Store, clock: Clock) -> None:
    for number in range(PATIENCE + 2):
        await set_for(store, person=f"p{number}")
    way = Told(*[LATER] * 100)
    clock.at(OPENS)
    await reminding(store, way, clock).look()
    assert way.tries == PATIENCE
    way.faults = []
    clock.on(hours=1)
    assert await reminding(store, way, clock).look() == PATIENCE + 2


async def test_what_is_stopped_or_erased_is_not_sent(store: Store, clock: Clock) -> None:
    mine = await set_for(store)
    await store.run(lambda work: registry.stop(work, mine, by="word", now=clock.now))
    way = Told()
    clock.at(CLOSES)
    assert await reminding(store, way, clock).look() == 0
    assert way.tries == 0


async def test_without_a_mail_server_it_lies_in_the_outbox_once(
    store: Store, settings: Settings, clock: Clock
) -> None:
    await set_for(store)
    clock.at(OPENS)
    for _ in range(3):
        await reminding(store, post(settings), clock, settings).look()
        clock.on(hours=1)
    [letter] = settings.outbox.glob("*.eml")
    assert letter.name == f"reminder-{(await rows(store))[0].id}.eml"
    assert b"ACME, T2017-12345" in letter.read_bytes()


async def test_with_the_engine_and_a_mail_server(
    store: Store, durable: Durable, clock: Clock
) -> None:
    await set_for(store, ANSWERS, language="zh")
    clock.at(OPENS)
    async with serving(MailServer()) as server:
        settings = settings_for(server, public_url=MAILING.public_url)
        clockwork = reminding(store, post(settings), clock, settings).clockwork
        assert clockwork.name == NAME
        durable.register("now", clockwork.flow)
        await durable.start()
        for name in ("once", "twice"):
            await store.run(partial(Work.enqueue, job=Job("now", name)))
            await ended(durable, name)
    [message] = server.taken
    assert server.envelopes[0].rcpt_tos == ["li.wei@holder.example"]
    assert message["Subject"] == "提醒：海关备案续展，2027年11月30日起可以申请"
    assert str(message["List-Unsubscribe"]).startswith(f"<{MAILING.public_url}/reminders/stop/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
