"""At the door: edits, what is no text, late batches, links, and inquiries asked after by their own people only."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.conversation.events import What
from bot.conversation.reply import Author
from bot.leads import deliveries, registry
from bot.leads.model import Handling, LeadStatus, LostReason
from bot.live import Live
from bot.reception import Edit, Inbound, Reception
from bot.store import conversations
from bot.store.conversations import ConversationKey
from bot.store.work import Store, Work
from tests.bot.conversation.acting import ANSWERS
from tests.bot.told import ToldUnderstanding, key

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def reception(store: Store) -> Reception:
    return Reception(store, ToldUnderstanding(), "AAA IPRIGHT", Live(), lambda: NOW)


async def _said(reception: Reception, conversation: str) -> list[str]:
    lines = await reception.transcript(conversation)
    return [line.reply.text for line in lines if line.author is Author.BOT]


async def fill_in(
    reception: Reception, of: ConversationKey, upto: str | None = None, mark: str = "f"
) -> str:
    """Answer the inquiry's questions until the one of that name is asked, or send it."""
    conversation = await reception.open(of, "en")
    await reception.receive(Inbound(of, f"{mark}-start", "start an inquiry"))
    for number in range(len(ANSWERS) + 1):
        progress = (await reception.state(conversation)).progress
        assert progress is not None
        asked = progress.at.rpartition(".")[2]
        if asked == upto:
            return conversation
        await reception.receive(Inbound(of, f"{mark}-{number}", ANSWERS.get(asked, "send")))
        if asked == "summary":
            return conversation
    raise AssertionError(f"{upto} is never asked")


async def test_an_edit_keeps_the_new_words_beside_the_old_for_the_staff(
    reception: Reception,
) -> None:
    receipt = await reception.receive(Inbound(key(), "m1", "? cost"))
    done = await reception.edit(Edit(key(), "m1", "e1", "? price"))
    assert done is not None
    assert (done.seq, done.repeated) == (receipt.seq, False)
    inside = await reception.transcript(receipt.conversation_id, inside=True)
    [edit] = [line for line in inside if line.kind == "edit"]
    assert (edit.reply.text, edit.of, edit.author) == ("? price", receipt.seq, Author.PROSPECT)
    assert "? cost" in [line.reply.text for line in inside]
    outside = await reception.transcript(receipt.conversation_id)
    assert "? price" not in [line.reply.text for line in outside]


async def test_the_same_edit_twice_has_one_effect(reception: Reception) -> None:
    receipt = await reception.receive(Inbound(key(), "m1", "? cost"))
    before = len(await _said(reception, receipt.conversation_id))
    for _ in range(3):
        again = await reception.edit(Edit(key(), "m1", "e1", "? price"))
    assert again is not None
    assert again.repeated
    assert len(await _said(reception, receipt.conversation_id)) == before + 1
    inside = await reception.transcript(receipt.conversation_id, inside=True)
    assert sum(line.kind == "edit" for line in inside) == 1


async def test_an_edit_without_new_words_or_of_a_message_that_is_not_theirs_does_nothing(
    reception: Reception,
) -> None:
    receipt = await reception.receive(Inbound(key(), "m1", "? cost"))
    await reception.open(key("other"), "en")
    assert await reception.edit(Edit(key(), "m1", "e1", "? cost")) is None
    assert await reception.edit(Edit(key(), "m9", "e2", "? price")) is None
    assert await reception.edit(Edit(key("other"), "m1", "e3", "? price")) is None
    assert await reception.edit(Edit(key("nobody"), "m1", "e4", "? price")) is None
    inside = await reception.transcript(receipt.conversation_id, inside=True)
    assert not [line for line in inside if line.kind == "edit"]


async def test_an_edit_in_a_form_changes_the_answer(reception: Reception) -> None:
    conversation = await fill_in(reception, key(), "holder")
    await reception.receive(Inbound(key(), "holder", "Example Trading Ltd"))
    await reception.edit(Edit(key(), "holder", "e1", "Sample Holding AG"))
    progress = (await reception.state(conversation)).progress
    assert progress is not None
    assert progress.value("holder") == "Sample Holding AG"


@pytest.mark.parametrize("what", list(What))
async def test_what_is_no_text_is_stored_shown_and_answered_once(
    reception: Reception, what: What
) -> None:
    conversation = await reception.open(key(), "zh")
    for _ in range(2):
        receipt = await reception.receive(Inbound(key(), "m1", "", what=what))
    assert receipt.repeated
    lines = await reception.transcript(conversation)
    [line] = [line for line in lines if line.author is Author.PROSPECT]
    assert line.reply.text.startswith("（")
    assert len(await _said(reception, conversation)) == (1 if what is What.REACTION else 2)


async def test_a_contact_answers_the_form_and_is_shown_to_the_staff(reception: Reception) -> None:
    conversation = await fill_in(reception, key(), "contact")
    await reception.receive(Inbound(key(), "card", "+86 138 0013 8000", what=What.CONTACT))
    progress = (await reception.state(conversation)).progress
    assert progress is not None
    assert progress.at == "consent"
    lines = await reception.transcript(conversation)
    assert "(contact) +86 138 0013 8000" in [line.reply.text for line in lines]


async def test_a_batch_that_came_late_is_answered_oldest_first_with_one_apology(
    reception: Reception,
) -> None:
    conversation = await reception.open(key(), "en")
    ago = [timedelta(hours=hours) for hours in (1.5, 3, 2)]
    batch = [
        Inbound(key(), f"m{number}", f"? {number}", sent_at=NOW - since)
        for number, since in enumerate(ago)
    ]
    receipts = await reception.receive_late(batch)
    assert len(receipts) == 3
    lines = await reception.transcript(conversation)
    asked = [line.reply.text for line in lines if line.author is Author.PROSPECT]
    assert asked == ["? 1", "? 2", "? 0"]
    apologies = [
        text for text in await _said(reception, conversation) if "Sorry for the delay" in text
    ]
    assert len(apologies) == 1
    assert "22 November 2026, 14:00" in apologies[0]


async def test_the_latest_link_is_kept_as_the_source(reception: Reception, store: Store) -> None:
    conversation = await reception.open(key(), "en", "t-fee_official")
    assert (await _said(reception, conversation))[-1] == "answer fee.official"

    def source(work: Work) -> str | None:
        return conversations.get(work, conversation).source

    assert await store.read(source) == "t-fee_official"
    await reception.receive(Inbound(key(), "m1", "/start autumn_2026"))
    assert await store.read(source) == "autumn_2026"
    await reception.open(key(), "en")
    assert await store.read(source) == "autumn_2026"


async def _status(reception: Reception, of: ConversationKey, text: str, mark: str) -> str:
    receipt = await reception.receive(Inbound(of, mark, text))
    return (await _said(reception, receipt.conversation_id))[-1]


async def test_where_an_inquiry_is_follows_the_registry(reception: Reception, store: Store) -> None:
    await fill_in(reception, key())
    [lead] = await store.read(registry.latest)
    assert f"{lead.reference} is kept here" in await _status(reception, key(), "status", "s1")

    def delivered(work: Work) -> None:
        [delivery] = deliveries.of_leads(work, [lead.id])
        deliveries.mark_sent(work, delivery.id, now=NOW)

    await store.run(delivered)
    assert "has been sent" in await _status(reception, key(), "status", "s2")
    told = {
        LeadStatus.CONTACTED: "handled",
        LeadStatus.ENGAGED: "handled",
        LeadStatus.WON: "handled",
        LeadStatus.LOST: "closed",
    }
    for number, (status, said) in enumerate(told.items()):
        new = Handling(status=status, lost_reason=LostReason.PRICE)
        change = partial(
            registry.change, reference=lead.reference, new=new, seen=number, by="staff:1", now=NOW
        )
        await store.run(change)
        answer = await _status(reception, key(), f"status {lead.reference}", f"s-{status}")
        assert said in answer
        assert "price" not in answer


async def test_a_reference_alone_opens_nothing_to_somebody_else(
    reception: Reception, store: Store
) -> None:
    await fill_in(reception, key())
    [lead] = await store.read(registry.latest)
    other = await _status(reception, key("other"), f"status {lead.reference}", "o1")
    none = await _status(reception, key("other"), "status TW-2611-00000", "o2")
    assert other.replace(lead.reference, "TW-2611-00000") == none
    elsewhere = ConversationKey("telegram", "main", "somebody", "somebody")
    assert "I cannot find an inquiry" in await _status(
        reception, elsewhere, f"status {lead.reference}", "o3"
    )


async def test_my_data_counts_what_is_kept(reception: Reception) -> None:
    conversation = await fill_in(reception, key(), "consent")
    said = await _status(reception, key(), "/mydata", "d1")
    before = (await _said(reception, conversation))[-2]
    kept = len(await reception.transcript(conversation))
    assert f"The messages of this chat: {kept - 2}, since 22 November 2026." in before
    assert "a…@example.com" in before
    assert "Back to the form." in said
