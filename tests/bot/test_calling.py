"""A call goes to the desk by mail where an address is set, says nothing of the person, and not after somebody came."""

from __future__ import annotations

import asyncio
import email
from datetime import UTC, datetime, timedelta
from email.policy import default
from pathlib import Path

import pytest

from bot import calling
from bot.calling import Calling
from bot.conversation.events import Taken
from bot.conversation.office import Office
from bot.errors import DeliveryError, DeliveryRefusedError
from bot.leads.posting import Outbox
from bot.live import Live
from bot.reception import Inbound, Reception
from bot.settings import Settings
from bot.store import events, sessions, staff
from bot.store.durable import Durable
from bot.store.staff import Role
from bot.store.work import Job, Store, Work
from tests.bot.leads.test_delivery import Told
from tests.bot.told import ToldUnderstanding, key, staffer

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten in the morning in Beijing."""


class House:
    """A reception whose calls are mailed, and a clock to move."""

    def __init__(self, store: Store, settings: Settings, folder: Path) -> None:
        self.now = MONDAY
        self.store = store
        self.folder = folder
        own = settings.model_copy(update={"desk_email_to": ("desk@agency.example",)})
        office = Office(mails=True)
        self.reception = Reception(
            store, ToldUnderstanding(), "AAA", Live(), lambda: self.now, office=office
        )
        self.calling = Calling(store, own, Outbox(folder), lambda: self.now)
        self.id = ""

    async def calls(self) -> None:
        receipt = await self.reception.receive(Inbound(key(), "m1", "! secret words"))
        self.id = receipt.conversation_id

    async def passes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)
        await self.reception.quiet(self.id)

    def mails(self) -> list[str]:
        found = sorted(self.folder.glob("*.eml"))
        read = (email.message_from_bytes(path.read_bytes(), policy=default) for path in found)
        return [f"{mail['To']} {mail['Subject']} {mail.get_content()}" for mail in read]


@pytest.fixture
def house(store: Store, settings: Settings, tmp_path: Path) -> House:
    return House(store, settings, tmp_path / "out")


async def _hire(house: House, login: str, role: Role = Role.AGENT) -> str:
    def work_on(work: Work) -> str:
        hired = staff.create(
            work, login=login, name=login.title(), role=role, password_hash="x", now=house.now
        )
        sessions.begin(work, hired.id, now=house.now, lasts=timedelta(hours=8))
        return hired.id

    return await house.store.run(work_on)


async def test_it_rings_for_everybody_twice_then_for_one_who_is_there(
    house: House, jobs: list[Job]
) -> None:
    await _hire(house, "reader", Role.READER)
    house.now += timedelta(minutes=1)
    marco = await _hire(house, "marco")
    await house.calls()
    await house.passes(5)
    await house.passes(5)
    assert [job.args for job in jobs] == [(house.id, ""), (house.id, ""), (house.id, marco)]
    await house.passes(5)
    rung = [
        event.data
        for event in await house.store.read(lambda work: events.of(work, house.id))
        if event.kind == "staff_rung"
    ]
    assert rung == [{"round": "again"}, {"round": "next", "staff": marco}]
    said = await house.reception.transcript(house.id, inside=True)
    assert "Marco, can you take this?" in said[-2].reply.text
    assert "nobody has come yet" in said[-1].reply.text
    assert (await house.reception.state(house.id)).looked_at is None


async def test_the_mail_has_a_link_and_no_word_of_the_person(
    house: House, durable: Durable
) -> None:
    durable.register(calling.FLOW, house.calling.flow)
    await durable.start()
    await house.calls()
    async with asyncio.timeout(20):
        while not house.mails():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    [mail] = house.mails()
    assert mail.startswith("desk@agency.example Somebody in the chat asks for a person")
    assert f"/desk/conversations/{house.id}" in mail
    assert "secret" not in mail


async def test_a_mail_server_that_is_not_there_is_tried_again(
    house: House, settings: Settings, jobs: list[Job]
) -> None:
    own = settings.model_copy(update={"desk_email_to": ("desk@agency.example",)})
    way_out = Told(DeliveryError("not now"), DeliveryRefusedError("never"))
    made = Calling(house.store, own, way_out, lambda: house.now)
    await house.calls()
    assert [await made.mail(house.id, "", jobs[0].id) for _ in range(3)] == [False, True, True]
    assert len(way_out.sent) == 1


async def test_who_has_come_meanwhile_is_not_mailed_about(house: House, jobs: list[Job]) -> None:
    marco = await _hire(house, "marco")
    await house.calls()
    await house.reception.act(house.id, Taken(by=staffer(marco, "Marco")))
    assert await house.calling.mail(house.id, "", jobs[0].id)
    assert not house.mails()
    await house.passes(60)
    assert len(jobs) == 1, "nothing rings any more"


def test_the_mail_is_written_in_both_languages() -> None:
    assert calling.texts("en").keys() == calling.texts("zh").keys()
