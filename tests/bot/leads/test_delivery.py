"""The durable work that brings a lead to the agency, without and with the engine."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from email.message import EmailMessage

import pytest

from bot.errors import DeliveryError, DeliveryRefusedError, StoreError
from bot.leads import deliveries, registry
from bot.leads.delivery import WAITS, Courier
from bot.leads.model import Delivery, DeliveryState
from bot.leads.posting import post
from bot.settings import Settings
from bot.store.durable import Durable
from bot.store.work import Store
from tests.bot.leads.mailserver import MailServer, serving
from tests.bot.leads.making import NOW, REFERENCE, Straight, kept
from tests.bot.leads.test_posting import settings_for

LATER = DeliveryError("451")
NEVER = DeliveryRefusedError("550")


class Told:
    """A way out that does what it is told, then lets everything through."""

    def __init__(self, *faults: Exception, remark: str | None = None) -> None:
        self.faults = list(faults)
        self.remark = remark
        self.sent: list[tuple[EmailMessage, str]] = []
        self.tries = 0

    async def send(self, message: EmailMessage, name: str, /) -> str | None:
        """Do as told."""
        self.tries += 1
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append((message, name))
        return self.remark


async def begun(store: Store) -> Delivery:
    """The delivery of a new lead."""
    made = await kept(store)
    return (await store.read(lambda work: deliveries.of_leads(work, [made.id])))[0]


async def state(store: Store, delivery: Delivery) -> Delivery:
    """How it stands now."""
    return await store.read(lambda work: deliveries.get(work, delivery.id))


def courier(store: Store, way: Told, waits: Sequence[float] = (1, 2, 3)) -> Courier:
    """A courier with that way out."""
    settings = Settings(_env_file=None)
    return Courier(store, settings, way, clock=lambda: NOW, waits=waits)


async def test_a_lead_gets_through(store: Store) -> None:
    delivery, way, run = await begun(store), Told(), Straight()
    assert await courier(store, way).deliver(run, delivery.id) == "sent"
    now = await state(store, delivery)
    assert (now.state, now.attempts, now.sent_at) == (DeliveryState.SENT, 1, NOW)
    message, name = way.sent[0]
    assert name == REFERENCE
    assert message["X-Tidewaiter-Key"] == delivery.key
    assert run.waits == []


async def test_it_is_tried_again_with_longer_waits_and_the_same_mail(store: Store) -> None:
    delivery, way, run = await begun(store), Told(LATER, LATER), Straight()
    assert await courier(store, way).deliver(run, delivery.id) == "sent"
    assert run.waits == [1, 2]
    assert (await state(store, delivery)).attempts == 3


async def test_a_fault_is_told_while_it_waits(store: Store) -> None:
    delivery, way = await begun(store), Told(LATER)
    assert await courier(store, way).attempt(delivery.id) == "again"
    now = await state(store, delivery)
    assert (now.state, now.attempts, now.last_error) == (DeliveryState.PENDING, 1, "451")


async def test_a_refusal_is_final_and_told(store: Store) -> None:
    delivery, way, run = await begun(store), Told(NEVER), Straight()
    assert await courier(store, way).deliver(run, delivery.id) == "refused"
    now = await state(store, delivery)
    assert (now.state, now.attempts, now.last_error) == (DeliveryState.FAILED, 1, "550")
    assert run.waits == []


async def test_after_the_last_attempt_a_person_has_to_look(store: Store) -> None:
    delivery, way, run = await begun(store), Told(*[LATER] * 4), Straight()
    assert await courier(store, way).deliver(run, delivery.id) == "refused"
    now = await state(store, delivery)
    assert (now.state, now.attempts, now.last_error) == (DeliveryState.FAILED, 4, "451")
    assert run.waits == [1, 2, 3]
    assert run.steps == ["attempt"] * 4 + ["give_up"]


async def test_the_last_attempt_may_get_through(store: Store) -> None:
    delivery, way, run = await begun(store), Told(*[LATER] * 3), Straight()
    assert await courier(store, way).deliver(run, delivery.id) == "sent"
    assert run.waits == [1, 2, 3]


async def test_a_person_may_have_it_tried_again(store: Store) -> None:
    delivery, way = await begun(store), Told(NEVER)
    await courier(store, way).deliver(Straight(), delivery.id)
    await store.run(lambda work: deliveries.again(work, delivery.id))
    assert await courier(store, way).deliver(Straight(), delivery.id) == "sent"


async def test_what_was_sent_is_not_sent_again(store: Store) -> None:
    delivery, way = await begun(store), Told()
    for _ in range(3):
        assert await courier(store, way).deliver(Straight(), delivery.id) == "sent"
    assert way.tries == 1


async def test_what_was_given_up_is_not_sent_by_old_work(store: Store) -> None:
    delivery, way = await begun(store), Told()
    await store.run(lambda work: deliveries.mark_failed(work, delivery.id, "x", now=NOW))
    assert await courier(store, way).deliver(Straight(), delivery.id) == "gone"
    assert way.tries == 0


async def test_an_erased_lead_goes_nowhere(store: Store) -> None:
    delivery, way = await begun(store), Told()
    await store.run(lambda work: registry.erase(work, delivery.lead_id))
    assert await courier(store, way).deliver(Straight(), delivery.id) == "gone"
    assert await courier(store, way).give_up(delivery.id) == "gone"
    assert way.tries == 0


async def test_a_lead_erased_while_it_is_sent_leaves_no_trace(store: Store) -> None:
    delivery = await begun(store)

    class Erasing(Told):
        async def send(self, message: EmailMessage, name: str, /) -> str | None:
            await store.run(lambda work: registry.erase(work, delivery.lead_id))
            return await super().send(message, name)

    assert await courier(store, Erasing()).deliver(Straight(), delivery.id) == "gone"


async def test_an_unforeseen_fault_is_one_more_attempt(store: Store) -> None:
    delivery, way = await begun(store), Told(ZeroDivisionError("told in confidence"))
    assert await courier(store, way).deliver(Straight(), delivery.id) == "sent"
    assert (await state(store, delivery)).attempts == 2


async def test_when_nothing_can_be_noted_it_is_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery, way = await begun(store), Told()

    def broken(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(deliveries, "mark_sent", broken)
    monkeypatch.setattr(deliveries, "mark_tried", broken)
    assert await courier(store, way).attempt(delivery.id) == "again"
    # The limit that is written down: the mail has left and leaves again, with the same key.
    monkeypatch.undo()
    assert await courier(store, way).attempt(delivery.id) == "sent"
    assert len({message.as_bytes() for message, _ in way.sent}) == 1


async def test_a_remark_is_kept(store: Store) -> None:
    delivery, way = await begun(store), Told(remark="1 of 2 addresses refused: 550")
    await courier(store, way).deliver(Straight(), delivery.id)
    now = await state(store, delivery)
    assert (now.state, now.last_error) == (DeliveryState.SENT, way.remark)


def test_the_waits_grow_for_a_day() -> None:
    assert list(WAITS) == sorted(WAITS)
    assert 24 < sum(WAITS) / 3600 < 36


async def test_with_the_engine_and_a_mail_server(store: Store, durable: Durable) -> None:
    async with serving(MailServer(["451 later", "421 later still"])) as server:
        settings = settings_for(server)
        way = Courier(store, settings, post(settings), waits=(0.05, 0.05, 0.05))
        durable.register(deliveries.FLOW, way.deliver)
        await durable.start()
        sending = await begun(store)
        await _no_longer_pending(store, sending)
        now = await state(store, sending)
    assert (now.state, now.attempts) == (DeliveryState.SENT, 3)
    assert [message["X-Tidewaiter-Key"] for message in server.taken] == [sending.key]


async def _no_longer_pending(store: Store, delivery: Delivery) -> None:
    for _ in range(400):
        if (await state(store, delivery)).state is not DeliveryState.PENDING:
            return
        await asyncio.sleep(0.05)
    pytest.fail("the delivery did not end")
