"""What a person is shown of what is kept of them: their own, of every conversation of theirs, and nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.conversation.reply import Author
from bot.inbound import InboundFiles
from bot.live import Live
from bot.reception import Inbound, Reception
from bot.reminders import registry
from bot.store.conversations import ConversationKey
from bot.store.work import Store
from tests.bot.files.samples import JPG
from tests.bot.reminders.making import TWO, set_for
from tests.bot.test_reception_files import upload
from tests.bot.told import ToldUnderstanding, key

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def reception(store: Store) -> Reception:
    return Reception(store, ToldUnderstanding(), "AAA IPRIGHT", Live(), lambda: NOW)


async def shown(reception: Reception, of: ConversationKey, word: str = "/mydata") -> str:
    """What the bot answers to that command."""
    receipt = await reception.receive(Inbound(of, f"{word} of {of}", word))
    lines = await reception.transcript(receipt.conversation_id, receipt.seq)
    return "\n".join(line.reply.text for line in lines if line.author is Author.BOT)


async def test_my_data_lists_files_and_reminders_of_this_person_alone(
    reception: Reception, store: Store
) -> None:
    mine = await reception.open(key(), "en")
    other = await reception.open(key("other"), "en")
    sent = await upload(reception, mine, "certificate.pdf")
    await reception.receive_files(InboundFiles(key(), "m1", (sent,)))
    await upload(reception, mine, "mark.jpg", JPG)
    await upload(reception, other, "theirs.pdf")
    await set_for(store, TWO)
    await set_for(store, TWO | {"email": "another@holder.example"}, person="other")
    said = await shown(reception, key())
    assert "Files kept: 2." in said
    assert "certificate.pdf (PDF, 1 KB), 23 November 2026\n" in said
    assert "mark.jpg (JPG, 1 KB), 23 November 2026, uploaded and not sent" in said
    assert "theirs.pdf" not in said
    assert "Reminders to come, by mail: 4." in said
    assert "ACME, T2017-12345, before its renewal closes: 1 May 2028, to l…@holder.ex" in said
    assert said.index("RUNNING MAN, before its renewal opens") < said.index("ACME, T2017-12345")
    assert "a…@" not in said


async def test_reminders_stopped_by_the_link_of_a_mail_are_shown_no_more(
    reception: Reception, store: Store
) -> None:
    conversation = await reception.open(key(), "en")
    await set_for(store, TWO)
    assert "set from this chat: 4" in await shown(reception, key(), "settings")
    await store.run(lambda work: registry.stop(work, conversation, by="link", now=NOW))
    assert "Reminders" not in await shown(reception, key())
    assert "Reminders: none are set." in await shown(reception, key(), "/settings")
