"""The staff's search, on both databases, over a real reception."""

from __future__ import annotations

import base64
from itertools import count

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.conversation.events import Answered, Noted
from bot.live import Live
from bot.reception import Inbound, Reception
from bot.searching import SHOWN, Results, Search, marked
from bot.settings import Settings
from bot.store import conversations, searching
from bot.store.indexing import rebuild
from bot.store.rotation import reseal_all
from bot.store.tables import Base, SearchTermRow
from bot.store.words import query_words
from bot.store.work import Store, Work
from tests.bot.store.making import hire
from tests.bot.told import INTAKE, ToldUnderstanding, key, staffer

_numbers = count()


@pytest.fixture
def reception(store: Store) -> Reception:
    return _reception(store)


def _reception(store: Store) -> Reception:
    return Reception(store, ToldUnderstanding(), "AAA", Live())


async def _says(reception: Reception, person: str, *texts: str) -> str:
    for text in texts:
        inbound = Inbound(key(person), f"m{next(_numbers)}", text)
        receipt = await reception.receive(inbound)
    return receipt.conversation_id


async def _ids(store: Store, asked: str, *, clear: bool = True) -> list[str]:
    found = await Search(store).results(asked, clear=clear)
    return [each.id for each in found.conversations]


def _marks(found: Results) -> list[str]:
    pieces = [
        piece for one in found.conversations for line in one.excerpts for piece in line.pieces
    ]
    return [piece.text for piece in pieces if piece.marked]


async def test_what_was_written_is_found_in_either_language(
    store: Store, reception: Reception
) -> None:
    english = await _says(reception, "one", "? we make Running Shoes", "? and bags")
    chinese = await _says(reception, "two", "? 我們的運動鞋要備案")
    assert await _ids(store, "shoe") == [english]
    assert await _ids(store, "shoes BAGS") == [english]
    assert await _ids(store, "运动鞋 备案") == [chinese]
    assert await _ids(store, "shoes 备案") == []
    assert await _ids(store, "") == []
    found = await Search(store).results("running bags", clear=True)
    assert set(_marks(found)) == {"Running", "bags"}


async def test_what_the_assistant_says_finds_nobody(store: Store, reception: Reception) -> None:
    await _says(reception, "one", "? cost")
    assert await _ids(store, "answer") == []


async def test_notes_and_replies_of_colleagues_are_found(
    store: Store, reception: Reception
) -> None:
    conversation = await _says(reception, "one", "? cost")
    staff_id = await store.run(lambda work: hire(work).id)
    ann = staffer(staff_id, "Ann")
    await reception.act(conversation, Noted(by=ann, text="Ask their broker in Ningbo."))
    await reception.act(conversation, Answered(by=ann, text="I shall write tomorrow."))
    assert await _ids(store, "broker ningbo") == [conversation]
    assert await _ids(store, "tomorrow") == [conversation]


async def test_more_and_later_hits_stand_first_and_pages_turn(
    store: Store, reception: Reception
) -> None:
    for number in range(SHOWN):
        await _says(reception, f"p{number}", "? shoes")
    often = await _says(reception, "often", "? shoes", "? shoes again")
    first = await Search(store).results("shoes", clear=True)
    assert first.conversations[0].id == often
    assert (len(first.conversations), first.total, first.pages) == (SHOWN, SHOWN + 1, 2)
    second = await Search(store).results("shoes", page=2, clear=True)
    assert len(second.conversations) == 1
    beyond = await Search(store).results("shoes", page=99, clear=True)
    assert beyond.page == 2


async def test_of_a_common_word_the_latest_are_looked_at(
    store: Store, reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LOOKED_AT", 2)
    for number in range(3):
        await _says(reception, f"p{number}", "? shoes")
    rare = await _says(reception, "rare", "? shoes with wheels")
    found = await Search(store).results("shoes", clear=True)
    assert (found.total, found.cut) == (2, True)
    assert await _ids(store, "shoes wheels") == [rare]


async def test_leads_are_found_by_holder_contact_and_reference(
    store: Store, reception: Reception
) -> None:
    conversation = await _says(reception, "one", "start an inquiry", *INTAKE, "send")
    (reference,) = (await reception.state(conversation)).references
    for asked in ("example trading", "name@example.com", reference.lower().replace("-", " ")):
        found = await Search(store).results(asked, clear=True)
        assert [lead.reference for lead in found.leads] == [reference], asked


async def test_who_may_not_see_personal_data_neither_reads_nor_asks_for_it(
    store: Store, reception: Reception
) -> None:
    conversation = await _says(reception, "one", "? shoes, write to li@example.com")
    await _says(reception, "two", "start an inquiry", *INTAKE, "send")
    found = await Search(store).results("write shoes", clear=False)
    text = "".join(piece.text for piece in found.conversations[0].excerpts[0].pieces)
    assert found.conversations[0].id == conversation
    assert "example.com" not in text
    assert "[e-mail]" in text
    found = await Search(store).results("li@example.com", clear=False)
    assert (found.conversations, found.words, found.hidden) == ([], 0, True)
    assert (await Search(store).results("example trading", clear=False)).leads == ()


async def test_what_is_erased_is_found_no_more(store: Store, reception: Reception) -> None:
    conversation = await _says(reception, "one", "? shoes")
    await store.run(lambda work: conversations.erase(work, conversation))
    assert await _ids(store, "shoes") == []
    assert await store.read(_terms) == 0


def _terms(work: Work) -> int:
    return work.session.scalars(select(func.count()).select_from(SearchTermRow)).one()


async def test_the_index_made_anew_is_the_same(store: Store, reception: Reception) -> None:
    conversation = await _says(reception, "one", "start an inquiry", *INTAKE, "send", "? shoes")
    tables = [Base.metadata.tables[name] for name in ("search_terms", "lead_terms")]

    def dump(work: Work) -> list[set[object]]:
        return [set(map(tuple, work.session.execute(select(table)))) for table in tables]

    before = await store.read(dump)
    assert all(before)
    await store.run(lambda work: [work.session.execute(table.delete()) for table in tables])
    assert await _ids(store, "shoes") == []
    assert await rebuild(store) > 2
    assert await store.read(dump) == before
    assert await _ids(store, "shoes") == [conversation]


async def test_a_new_key_finds_what_was_written_under_the_old_one(settings: Settings) -> None:
    for keys, work in (("a", "written"), ("ba", "found"), ("ba", "made anew"), ("b", "found")):
        said = ",".join(base64.b64encode(letter.encode() * 32).decode() for letter in keys)
        store = Store.open(settings.model_copy(update={"encryption_key": SecretStr(said)}))
        await store.migrate()
        if work == "written":
            await _says(_reception(store), "one", "? shoes")
        if work == "made anew":
            await reseal_all(store)
            await rebuild(store)
        assert len(await _ids(store, "shoes")) == 1, (keys, work)
        await store.close()


def test_a_long_message_is_shown_about_what_was_found() -> None:
    pieces = marked(f"{'before ' * 60}shoes {'after ' * 60}", query_words("shoe"))
    assert [piece.text for piece in pieces if piece.marked] == ["shoes"]
    assert (pieces[0].text, pieces[-1].text) == ("…", "…")
    assert sum(len(piece.text) for piece in pieces) < 400
    assert marked("nothing here", query_words("shoe")) == []
