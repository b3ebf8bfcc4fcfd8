"""The one door: stored once, answered once, one at a time, and silent beside a person."""

import asyncio
import threading
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from bot.conversation.events import Answered, Closed, HandedBack, Noted, Staffer, Taken
from bot.conversation.owner import Owner
from bot.conversation.reply import Author
from bot.errors import ActionRefusedError, ConversationNotFoundError
from bot.leads import registry
from bot.live import DESK, Live
from bot.reception import READINGS, Inbound, Line, Reception
from bot.store import events, staff
from bot.store.staff import Role
from bot.store.work import Job, Store, Work
from intents.context import NO_CONTEXT, Context
from intents.reading import Reading
from knowledge.model import Language
from tests.bot.told import INTAKE, ToldUnderstanding, key, staffer
from tests.prepared import prepared_engine

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Waiting(ToldUnderstanding):
    """Reads its first messages only when all of them have come: as many as are named."""

    def __init__(self, together: int) -> None:
        super().__init__()
        self._together = threading.Barrier(together)
        self._first = together

    def read(
        self, text: str, *, hint: Language | None = None, context: Context | None = None
    ) -> Reading:
        found = super().read(text, hint=hint, context=context)
        if len(self.heard) <= self._first:
            self._together.wait(timeout=20)
        return found


@pytest.fixture
def reception(store: Store) -> Reception:
    return Reception(store, ToldUnderstanding(), "AAA IPRIGHT", Live(), lambda: NOW)


async def _employ(store: Store, login: str, name: str) -> Staffer:
    def work_on(work: Work) -> str:
        hired = staff.create(
            work,
            login=login,
            name=name,
            role=Role.AGENT,
            password_hash="x",
            now=NOW,
            shows_name=True,
        )
        return hired.id

    return staffer(await store.run(work_on), name)


@pytest.fixture
async def li(store: Store) -> Staffer:
    return await _employ(store, "li", "Li Na")


@pytest.fixture
async def marco(store: Store) -> Staffer:
    return await _employ(store, "marco", "Marco")


def _says(text: str, message_id: str, choice: str | None = None) -> Inbound:
    return Inbound(key(), message_id, text, choice)


def _texts(lines: list[Line], author: Author) -> list[str]:
    return [line.reply.text for line in lines if line.author is author]


async def test_a_newcomer_is_greeted_once(reception: Reception) -> None:
    first = await reception.open(key(), "zh")
    assert await reception.open(key(), "zh") == first
    lines = await reception.transcript(first)
    assert [line.author for line in lines] == [Author.BOT]
    assert "您好" in lines[0].reply.text


async def test_a_message_is_stored_and_answered(reception: Reception) -> None:
    conversation = await reception.open(key(), "en")
    receipt = await reception.receive(_says("? cost", "m1"))
    assert (receipt.conversation_id, receipt.repeated) == (conversation, False)
    lines = await reception.transcript(conversation)
    assert _texts(lines, Author.PROSPECT) == ["? cost"]
    assert _texts(lines, Author.BOT)[-1] == "answer fee.official"
    assert [line.message_id for line in lines] == [None, "m1", None]


async def test_the_same_delivery_twice_has_one_effect(reception: Reception) -> None:
    first = await reception.receive(_says("? cost", "m1"))
    second = await reception.receive(_says("? cost", "m1"))
    assert second.repeated
    assert second.seq == first.seq
    lines = await reception.transcript(first.conversation_id)
    assert _texts(lines, Author.PROSPECT) == ["? cost"]


async def test_twenty_deliveries_of_one_message_at_once_have_one_effect(
    reception: Reception,
) -> None:
    receipts = await asyncio.gather(*(reception.receive(_says("? cost", "m1")) for _ in range(20)))
    assert sum(not receipt.repeated for receipt in receipts) == 1
    lines = await reception.transcript(receipts[0].conversation_id)
    assert _texts(lines, Author.BOT).count("answer fee.official") == 1


async def test_twenty_messages_at_once_are_each_answered_in_turn(reception: Reception) -> None:
    conversation = await reception.open(key(), "en")
    await asyncio.gather(*(reception.receive(_says(f"? {n}", f"m{n}")) for n in range(20)))
    lines = await reception.transcript(conversation)
    assert [line.seq for line in lines] == list(range(1, 42))
    talk = [line.author for line in lines[1:]]
    assert talk == [Author.PROSPECT, Author.BOT] * 20


async def test_a_message_is_read_with_what_was_talked_about(store: Store) -> None:
    told = ToldUnderstanding()
    reception = Reception(store, told, "AAA IPRIGHT", Live(), lambda: NOW)
    await reception.receive(_says("? cost", "m1"))
    await reception.receive(_says("? why", "m2"))
    assert [context and context.intents for _, context in told.heard] == [(), ("fee.official",)]


async def test_a_message_overtaken_by_another_is_read_again_after_it(store: Store) -> None:
    told = Waiting(2)
    reception = Reception(store, told, "AAA IPRIGHT", Live(), lambda: NOW)
    await reception.open(key(), "en")
    await asyncio.gather(*(reception.receive(_says(f"? {n}", f"m{n}")) for n in (1, 2)))
    contexts = [context.intents for _, context in told.heard if context is not None]
    assert contexts == [(), (), ("fee.official",)], "both began before either was stored"
    assert told.heard[2][0] in {"? 1", "? 2"}


async def test_a_message_that_is_overtaken_again_and_again_is_taken_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ToldUnderstanding()
    reception = Reception(store, told, "AAA IPRIGHT", Live(), lambda: NOW)
    changing = iter(NO_CONTEXT.answered([f"a.b{number}"]) for number in range(100))
    monkeypatch.setattr("bot.reception._leans_on", lambda _conversation: next(changing))
    await reception.open(key(), "en")
    receipt = await reception.receive(_says("? cost", "m1"))
    assert not receipt.repeated
    assert len(told.heard) == READINGS
    lines = await reception.transcript(receipt.conversation_id)
    assert _texts(lines, Author.PROSPECT) == ["? cost"]


async def test_a_button_is_not_read_again(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    changing = iter(NO_CONTEXT.answered([f"a.b{number}"]) for number in range(100))
    monkeypatch.setattr("bot.reception._leans_on", lambda _conversation: next(changing))
    receipt = await reception.receive(_says("Fee", "m1", "ask:fee.official"))
    assert _texts(await reception.transcript(receipt.conversation_id), Author.BOT)[-1] == (
        "answer fee.official"
    )


async def test_a_conversation_with_the_real_understanding(store: Store) -> None:
    reception = Reception(store, prepared_engine(), "AAA IPRIGHT", Live(), lambda: NOW)
    talk = ("Which papers are needed for a trademark?", "and for patents?", "source?")
    for number, text in enumerate(talk):
        receipt = await reception.receive(_says(text, f"m{number}"))
    lines = await reception.transcript(receipt.conversation_id)
    said = _texts(lines, Author.BOT)[-2:]
    assert "A copy of the patent certificate" in said[0]
    assert "Last checked against the sources" in said[1]


async def test_a_button_pressed_is_what_the_next_message_leans_on(store: Store) -> None:
    reception = Reception(store, prepared_engine(), "AAA IPRIGHT", Live(), lambda: NOW)
    await reception.receive(_says("Trademark papers", "m1", "ask:documents.trademark"))
    receipt = await reception.receive(_says("那专利呢？", "m2"))
    lines = await reception.transcript(receipt.conversation_id)
    assert "专利证书" in _texts(lines, Author.BOT)[-1]


async def test_a_button_leans_on_what_was_named_as_its_words_would(store: Store) -> None:
    reception = Reception(store, prepared_engine(), "AAA IPRIGHT", Live(), lambda: NOW)
    await reception.receive(_says("How high is the fine for goods worth RMB 80,000?", "m1"))
    receipt = await reception.receive(_says("Amount", "m2", "ask:security.amount"))
    await reception.receive(_says("and for 90k?", "m3"))
    said = _texts(await reception.transcript(receipt.conversation_id), Author.BOT)
    assert "RMB 40,000" in said[-2]
    assert "RMB 45,000" in said[-1]


async def test_answering_form_fields_at_once_loses_none(reception: Reception) -> None:
    conversation = await reception.open(key(), "en")
    await reception.receive(_says("start", "m0"))
    presses = [_says("Skip", f"s{n}", "form:skip") for n in range(10)]
    await asyncio.gather(*map(reception.receive, presses))
    state = await reception.state(conversation)
    assert state.progress is not None
    assert state.progress.at == "name"


async def _fill(reception: Reception) -> str:
    conversation = await reception.open(key(), "en")
    for number, text in enumerate(["start an inquiry", *INTAKE]):
        await reception.receive(_says(text, f"f{number}"))
    return conversation


async def test_an_inquiry_becomes_a_lead_and_its_delivery_in_one_transaction(
    reception: Reception, store: Store, jobs: list[Job]
) -> None:
    conversation = await _fill(reception)
    assert not jobs
    await reception.receive(_says("Send", "send"))
    [lead] = await store.read(registry.latest)
    assert lead.conversation_id == conversation
    assert lead.answers["holder"] == "Example Trading Ltd"
    assert lead.consent_at == NOW
    assert len(jobs) == 1
    state = await reception.state(conversation)
    assert state.references == (lead.reference,)


async def test_pressing_send_ten_times_sends_once(
    reception: Reception, store: Store, jobs: list[Job]
) -> None:
    await _fill(reception)
    await asyncio.gather(
        *(reception.receive(_says("Send", f"x{n}", "form:send")) for n in range(10))
    )
    assert len(await store.read(registry.latest)) == 1
    assert len(jobs) == 1


async def test_a_reference_that_is_taken_is_drawn_again(
    reception: Reception, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["TW-2611-AAAAA"] * 30 + ["TW-2611-BBBBB"] * 30)
    monkeypatch.setattr("bot.reception.new_reference", lambda _now: next(drawn))
    for person in ("one", "two"):
        for number, text in enumerate(["start", *INTAKE, "send"]):
            await reception.receive(Inbound(key(person), f"{person}{number}", text))
    found = await store.read(registry.latest)
    assert {lead.reference for lead in found} == {"TW-2611-AAAAA", "TW-2611-BBBBB"}


async def test_a_person_takes_over_writes_and_hands_back(reception: Reception, li: Staffer) -> None:
    conversation = await reception.open(key(), "en")
    await reception.act(conversation, Taken(by=li))
    await reception.receive(_says("? cost", "m1"))
    await reception.act(conversation, Answered(by=li, text="Good morning."))
    await reception.act(conversation, HandedBack(by=li))
    await reception.receive(_says("? cost", "m2"))
    lines = (await reception.transcript(conversation))[1:]
    assert [line.author.value for line in lines] == [
        "system",
        "prospect",
        "staff",
        "system",
        "bot",
        "prospect",
        "bot",
    ]
    assert [line.staff_name for line in lines if line.author is Author.STAFF] == ["Li Na"]


async def test_of_two_who_take_in_the_same_second_one_wins_and_the_other_is_told(
    reception: Reception, li: Staffer, marco: Staffer
) -> None:
    conversation = await reception.open(key(), "en")
    results = await asyncio.gather(
        reception.act(conversation, Taken(by=li)),
        reception.act(conversation, Taken(by=marco)),
        return_exceptions=True,
    )
    [refused] = [result for result in results if result is not None]
    assert isinstance(refused, ActionRefusedError)
    winner = (await reception.state(conversation)).staff_name
    assert refused.user_text == f"{winner} has this conversation."
    assert len(_texts(await reception.transcript(conversation), Author.SYSTEM)) == 1


async def test_the_bot_never_writes_between_taking_over_and_handing_back(
    reception: Reception, li: Staffer
) -> None:
    conversation = await reception.open(key(), "en")
    talk = [reception.receive(_says(f"? {n}", f"m{n}")) for n in range(15)]
    await asyncio.gather(
        *talk[:5],
        reception.act(conversation, Taken(by=li)),
        *talk[5:10],
        reception.act(conversation, Answered(by=li, text="I am here.")),
        *talk[10:],
    )
    lines = await reception.transcript(conversation)
    joined = next(place for place, line in enumerate(lines) if line.author is Author.SYSTEM)
    assert all(line.author is not Author.BOT for line in lines[joined:])
    assert len(_texts(lines, Author.PROSPECT)) == 15


async def test_notes_stay_inside(reception: Reception, li: Staffer) -> None:
    conversation = await reception.open(key(), "en")
    await reception.act(conversation, Noted(by=li, text="Looks serious."))
    assert len(await reception.transcript(conversation)) == 1
    inside = await reception.transcript(conversation, inside=True)
    assert (inside[-1].kind, inside[-1].reply.text) == ("note", "Looks serious.")


async def test_the_queue_puts_those_who_wait_first(reception: Reception, li: Staffer) -> None:
    waiting = await reception.open(key("one"), "en")
    await reception.receive(Inbound(key("one"), "a", "person"))
    other = await reception.open(key("two"), "zh")
    await reception.receive(Inbound(key("two"), "b", "? cost"))
    entries = (await reception.queue()).entries
    assert [entry.id for entry in entries] == [waiting, other]
    assert [entry.owner for entry in entries] == [Owner.WAITING, Owner.BOT]
    assert entries[1].preview == "answer fee.official"
    assert entries[1].unread == 1
    await reception.seen_by_staff(other)
    assert (await reception.entry(other)).unread == 0
    await reception.act(other, Closed(by=li))
    assert (await reception.entry(other)).owner is Owner.CLOSED


async def test_a_chat_in_which_nobody_spoke_is_not_in_the_queue(reception: Reception) -> None:
    await reception.open(key(), "en")
    assert (await reception.queue()).entries == []


async def test_somebody_who_waits_is_not_lost_behind_many_later_chats(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.queue.SHOWN", 3)
    await reception.receive(Inbound(key("first"), "a", "person"))
    for number in range(4):
        await reception.receive(Inbound(key(f"later{number}"), f"m{number}", "? cost"))
    page = await reception.queue()
    assert [entry.owner for entry in page.entries] == [Owner.WAITING, Owner.BOT, Owner.BOT]
    rest = await reception.queue(after=page.older)
    assert [entry.owner for entry in rest.entries] == [Owner.BOT, Owner.BOT]
    assert rest.older is None


async def test_what_happened_is_in_the_journal_with_who_did_it(
    reception: Reception, store: Store, li: Staffer
) -> None:
    conversation = await reception.open(key(), "en")
    await reception.receive(_says("person", "m1"))
    await reception.act(conversation, Taken(by=li))
    journal = await store.read(lambda work: events.of(work, conversation))
    told = [(line.kind, line.actor, line.data.get("to")) for line in journal]
    assert told == [
        ("owner", "prospect", "waiting"),
        ("staff_called", "bot", None),
        ("owner", f"staff:{li.id}", "person"),
    ]


async def test_the_facts_of_an_answer_are_counted_and_of_a_repeat_once(
    reception: Reception, store: Store
) -> None:
    await reception.open(key(), "en")
    for message in ("m1", "m1", "m2"):
        await reception.receive(_says("? cost", message))
    assert await store.read(events.facts_stated) == {"cn.fee.current": 2}


async def test_pages_are_woken_after_the_commit(reception: Reception) -> None:
    conversation = await reception.open(key(), "en")
    with reception.live.watch(conversation) as chat, reception.live.watch(DESK) as desk:
        await reception.receive(_says("? cost", "m1"))
        assert await anext(chat.changes(1)) is True
        assert await anext(desk.changes(1)) is True


async def test_an_unknown_conversation_is_said_to_be_unknown(
    reception: Reception, li: Staffer
) -> None:
    with pytest.raises(ConversationNotFoundError):
        await reception.act("nowhere", Taken(by=li))
    assert await reception.find(key("nobody")) is None


async def test_numbers_rise_without_gaps_for_every_reader(reception: Reception) -> None:
    conversation = await reception.open(key(), "en")
    await reception.receive(_says("? one", "m1"))
    await reception.receive(_says("? one", "m1"))
    await reception.receive(_says("? two", "m2"))
    lines = await reception.transcript(conversation, after=2)
    assert all(later.seq == earlier.seq + 1 for earlier, later in pairwise(lines))
    assert lines[0].seq == 3


@pytest.mark.parametrize(
    "text",
    [
        "joe@example.com",
        "please let a person call me, +86 138 0013 8000",
        "blubber joe@example.com wobble 13800138000",
        "备案有官费吗？我的邮箱joe@example.com，手机13800138000",
    ],
)
async def test_contacts_reach_neither_the_journal_nor_a_log_nor_our_own_lines(
    store: Store, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    caplog.set_level("DEBUG")
    reception = Reception(store, prepared_engine(), "AAA IPRIGHT", Live(), lambda: NOW)
    receipt = await reception.receive(_says(text, "m1"))
    journal = await store.read(lambda work: events.of(work, receipt.conversation_id))
    said = _texts(await reception.transcript(receipt.conversation_id), Author.BOT)
    kept = f"{journal} {said} {await reception.state(receipt.conversation_id)}"
    written = caplog.text + "".join(capsys.readouterr())
    # Four digits alone stand in many a random id.
    for secret in ("joe@", "13800138000", "138 0013 8000"):
        assert secret not in kept
        assert secret not in written
