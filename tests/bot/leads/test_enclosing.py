"""Files with a lead's mail: attached as far as they fit, named beyond that, the same on every attempt."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from bot.files.shelf import MEGABYTE, Limits, Shelf, Upload
from bot.intake.kinds.files import kept as as_answer
from bot.leads import deliveries, registry
from bot.leads.delivery import Courier
from bot.leads.mail import compose
from bot.leads.model import DeliveryState, Lead
from bot.settings import Settings
from bot.store import conversations
from bot.store.tables import FileChunkRow
from bot.store.work import Store, Work
from tests.bot.files.samples import JPG, PDF
from tests.bot.leads.making import ANSWERS, NOW, REFERENCE, Straight, lead, new_lead
from tests.bot.leads.test_delivery import Told
from tests.bot.store.making import conversation

LARGE = PDF + bytes(MEGABYTE)


async def sent(store: Store, **contents: bytes) -> Lead:
    """A lead with these files, in the registry."""
    begun, shelf = await conversation(store), Shelf(store)
    found = [
        (await shelf.keep(begun.id, Upload(name, name.replace("_", "."), content), Limits())).file
        for name, content in contents.items()
    ]
    answers = {**ANSWERS, "files": as_answer(tuple((f.id, f.name) for f in found))}
    new = new_lead(begun.id, answers=answers)
    return await store.run(lambda work: registry.create(work, new, now=NOW))


async def deliver(store: Store, lead: Lead, **settings: Any) -> EmailMessage:
    """The mail as it arrives."""
    way = Told()
    courier = Courier(store, Settings(_env_file=None, **settings), way, clock=lambda: NOW)
    [delivery] = await store.read(lambda work: deliveries.of_leads(work, [lead.id]))
    assert await courier.deliver(Straight(), delivery.id) == DeliveryState.SENT.value
    [(message, _)] = way.sent
    arrived = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert isinstance(arrived, EmailMessage)
    return arrived


def attached(message: EmailMessage) -> dict[str, Any]:
    return {
        part.get_filename() or "": part.get_payload(decode=True)
        for part in message.iter_attachments()
    }


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


async def test_files_go_with_the_mail(store: Store) -> None:
    message = await deliver(store, await sent(store, 证书_pdf=PDF, shoe_jpg=JPG))
    assert attached(message) == {"证书.pdf": PDF, "shoe.jpg": JPG}
    kinds = [part.get_content_type() for part in message.iter_attachments()]
    assert kinds == ["application/pdf", "image/jpeg"]
    assert "Files: 证书.pdf, shoe.jpg" in text(message)
    assert "Files, attached: 证书.pdf; shoe.jpg" in text(message)
    assert message.get_body(("html",)) is not None


async def test_what_is_too_much_is_named_with_the_way_to_it(store: Store) -> None:
    made = await sent(store, large_pdf=LARGE, shoe_jpg=JPG)
    message = await deliver(
        store, made, lead_email_files_mb=1, public_url="https://chat.agency.example"
    )
    assert attached(message) == {"shoe.jpg": JPG}
    assert "Files, not attached for their size: large.pdf" in text(message)
    assert f"https://chat.agency.example/desk/leads/{REFERENCE}" in text(message)


async def test_none_at_all_if_so_set(store: Store) -> None:
    message = await deliver(store, await sent(store, a_pdf=PDF), lead_email_files_mb=0)
    assert attached(message) == {}
    assert "a.pdf" in text(message)


async def test_files_that_were_erased_are_told(store: Store) -> None:
    made = await sent(store, a_pdf=PDF)
    assert made.conversation_id is not None
    gone = made.conversation_id
    await store.run(lambda work: conversations.erase(work, gone))
    message = await deliver(store, made)
    assert attached(message) == {}
    assert "Files erased since: a.pdf" in text(message)


async def test_a_damaged_file_keeps_no_lead_from_arriving(store: Store) -> None:
    made = await sent(store, a_pdf=PDF, b_jpg=JPG)

    def damage(work: Work) -> None:
        row = work.session.query(FileChunkRow).filter(FileChunkRow.id.startswith("")).first()
        assert row is not None
        row.content = row.content[:-1] + bytes([row.content[-1] ^ 1])

    await store.run(damage)
    message = await deliver(store, made)
    assert len(attached(message)) == 1
    assert "not attached" in text(message)


async def test_every_attempt_is_the_same(store: Store) -> None:
    made = await sent(store, a_pdf=PDF)
    first = await deliver(store, made)
    [delivery] = await store.read(lambda work: deliveries.of_leads(work, [made.id]))

    def again(work: Work) -> None:
        deliveries.mark_failed(work, delivery.id, "550", now=NOW)
        deliveries.again(work, delivery.id)

    await store.run(again)
    assert (await deliver(store, made)).as_bytes() == first.as_bytes()


@pytest.mark.parametrize("form", ["recordation", "a form of another version"])
def test_a_lead_without_files_says_nothing_of_files(form: str) -> None:
    made = lead(form=form)
    message = compose(made, "key", Settings(_env_file=None))
    assert "Files" not in message.as_string()
