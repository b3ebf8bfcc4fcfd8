"""Erasing what is kept of somebody: after ten minutes, not if undone, and a restart in between loses nothing."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import forgetting
from bot.errors import ConversationNotFoundError, FileNotKeptError
from bot.files.shelf import Limits, Upload
from bot.forgetting import Forgetting
from bot.inbound import InboundFiles
from bot.leads import registry
from bot.live import Live
from bot.reception import Inbound, Reception
from bot.settings import Settings
from bot.store import events, messages
from bot.store.durable import Durable
from bot.store.files import CHUNK_BYTES, KeptFile
from bot.store.tables import Base, FileChunkRow
from bot.store.work import Job, Store, Work
from tests.bot.files.samples import PDF
from tests.bot.leads.test_delivery import Told
from tests.bot.reminders.making import TWO, Clock, reminding, set_for
from tests.bot.test_reception_other import fill_in
from tests.bot.told import ToldUnderstanding, key

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DUE = NOW + timedelta(minutes=10)


@pytest.fixture
def reception(store: Store) -> Reception:
    return Reception(store, ToldUnderstanding(), "AAA IPRIGHT", Live(), lambda: NOW)


async def _wishes(reception: Reception) -> str:
    await reception.receive(Inbound(key(), "w1", "/forget"))
    receipt = await reception.receive(Inbound(key(), "w2", "Yes, erase everything"))
    return receipt.conversation_id


def _forgetting(store: Store, now: datetime) -> Forgetting:
    return Forgetting(store, Live(), lambda: now)


async def test_the_work_is_begun_with_the_wish(reception: Reception, jobs: list[Job]) -> None:
    conversation = await _wishes(reception)
    [job] = jobs
    assert (job.name, job.args, job.delay) == (forgetting.FLOW, (conversation,), 600)


async def test_after_ten_minutes_nothing_is_left_but_the_line_in_the_journal(
    reception: Reception, store: Store
) -> None:
    conversation = await _wishes(reception)
    assert await _forgetting(store, NOW + timedelta(minutes=9)).erase(conversation) is False
    assert await _forgetting(store, DUE).erase(conversation) is True
    assert await reception.find(key()) is None
    assert await store.read(lambda work: messages.since(work, conversation)) == []
    with pytest.raises(ConversationNotFoundError):
        await reception.state(conversation)
    assert await _forgetting(store, DUE).erase(conversation) is False
    assert await reception.open(key(), "en") != conversation


async def test_what_was_undone_is_let_alone(reception: Reception, store: Store) -> None:
    conversation = await _wishes(reception)
    await reception.receive(Inbound(key(), "w3", "undo"))
    assert await _forgetting(store, DUE).erase(conversation) is False
    assert await reception.find(key()) == conversation


async def test_nobody_else_is_erased_and_a_lead_that_was_sent_stays(
    reception: Reception, store: Store
) -> None:
    await fill_in(reception, key())
    other = await reception.open(key("other"), "en")
    conversation = await _wishes(reception)
    await _forgetting(store, DUE).erase(conversation)
    [lead] = await store.read(registry.latest)
    assert lead.conversation_id is None
    assert await reception.find(key("other")) == other


async def test_the_journal_says_that_it_was_done_and_not_of_whom(
    reception: Reception, store: Store
) -> None:
    conversation = await _wishes(reception)
    await _forgetting(store, DUE).erase(conversation)
    kept = await store.read(lambda work: events.of(work, conversation))
    assert [line.kind for line in kept][-1] == "forget_asked"


LARGE = PDF + bytes(CHUNK_BYTES)
KEPT_APART = {"events", "leads", "deliveries", "key_check", "alembic_version"}
"""Tables of which something stays: ids, and what was sent to the agency."""


async def _sends_files(reception: Reception, store: Store, person: str = "somebody") -> KeptFile:
    """Somebody sends a large file, uploads one more and has reminders set; the file that was sent."""
    conversation = await reception.open(key(person), "en")
    shelf = reception.shelf
    sent = (await shelf.keep(conversation, Upload("u1", "seal.pdf", LARGE), Limits())).file
    inbound = InboundFiles(key(person), f"files of {person}", (sent.id,))
    await reception.receive_files(inbound)
    await shelf.keep(conversation, Upload("u2", "draft.pdf", PDF), Limits())
    await set_for(store, TWO, person)
    return sent


async def _rows(store: Store) -> dict[str, int]:
    """How many rows each table has."""

    def count(work: Work) -> dict[str, int]:
        return {
            name: work.session.scalars(select(func.count()).select_from(table)).one()
            for name, table in Base.metadata.tables.items()
        }

    return await store.read(count)


async def test_files_their_sealed_pieces_and_reminders_are_gone_as_well(
    reception: Reception, store: Store
) -> None:
    sent = await _sends_files(reception, store)
    before = await _rows(store)
    assert (before["files"], before["file_chunks"], before["reminders"]) == (2, 3, 4)
    conversation = await _wishes(reception)
    await _forgetting(store, DUE).erase(conversation)
    after = await _rows(store)
    assert not {name for name, rows in after.items() if rows} - KEPT_APART
    with pytest.raises(FileNotKeptError):
        await reception.shelf.content(sent)
    way = Told()
    for day in ("2027-08-15", "2028-05-02"):
        clock = Clock()
        clock.at(day)
        assert await reminding(store, way, clock).look() == 0
    assert way.tries == 0


async def test_files_and_reminders_of_others_stay(reception: Reception, store: Store) -> None:
    theirs = await _sends_files(reception, store, "other")
    conversation = await _wishes(reception)
    await _forgetting(store, DUE).erase(conversation)
    assert await reception.shelf.content(theirs) == LARGE
    assert (await _rows(store))["reminders"] == 4


async def test_what_is_sent_or_uploaded_before_the_wish_is_carried_out_goes_with_it(
    reception: Reception, store: Store
) -> None:
    conversation = await _wishes(reception)
    await _sends_files(reception, store)
    await _forgetting(store, DUE).erase(conversation)
    assert not {name for name, rows in (await _rows(store)).items() if rows} - KEPT_APART
    with pytest.raises(ConversationNotFoundError):
        await reception.shelf.keep(conversation, Upload("u3", "late.pdf", PDF), Limits())


async def test_neither_journal_nor_log_names_files_words_or_addresses(
    reception: Reception,
    store: Store,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    conversation = await _wishes(reception)
    await _sends_files(reception, store)
    await _forgetting(store, DUE).erase(conversation)
    journal = repr(await store.read(lambda work: events.between(work, NOW, DUE + DUE.resolution)))
    told = journal + "".join(capsys.readouterr()) + caplog.text
    assert "files_received" in told
    for personal in ("seal.pdf", "draft.pdf", "li.wei", "RUNNING MAN", "T2017"):
        assert personal not in told


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_no_sealed_piece_is_left_in_the_files_of_sqlite(
    reception: Reception, store: Store, settings: Settings
) -> None:
    await _sends_files(reception, store)
    pieces = await store.read(lambda work: list(work.session.scalars(select(FileChunkRow.content))))
    path = Path(settings.database.removeprefix("sqlite:///"))
    conversation = await _wishes(reception)
    for erased in (False, True):
        if erased:
            await _forgetting(store, DUE).erase(conversation)
        await _checkpoint(path)
        raw = await asyncio.to_thread(path.read_bytes)
        assert [piece[-200:] in raw for piece in pieces] == [not erased] * len(pieces)


async def _checkpoint(path: Path) -> None:
    """Have all that was committed written to the database's own file."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


async def test_the_durable_engine_does_it(
    reception: Reception, store: Store, durable: Durable
) -> None:
    durable.register(forgetting.FLOW, _forgetting(store, DUE).flow)
    await durable.start()
    conversation = await _wishes(reception)
    job = f"{forgetting.FLOW}:{conversation}:{DUE.timestamp():.0f}"
    assert await durable.outcome(job) is not None
    await durable.postpone(job, 0)
    for _ in range(200):
        if await reception.find(key()) is None:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it was not erased")
