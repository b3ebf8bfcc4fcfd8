"""Forms left half-way are found by the clock, on channels that let us write, and seen to once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.unasked import NAME, UNASKED, FormsLeft, RefusedReminders
from bot.conversation.events import Taken
from bot.errors import DeliveryRefusedError
from bot.live import Live
from bot.reception import Inbound, Reception
from bot.reminders import registry
from bot.settings import Settings
from bot.store import conversations, events, staff
from bot.store.conversations import ConversationKey
from bot.store.durable import Durable
from bot.store.staff import Role
from bot.store.work import Job, Store
from tests.bot.leads.test_delivery import Told
from tests.bot.reminders.making import Clock, reminding, rows
from tests.bot.store.diaries import ended
from tests.bot.told import ToldUnderstanding, staffer

BEGUN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten in the morning in Beijing."""


@pytest.fixture
def clock() -> Clock:
    return Clock(BEGUN)


@pytest.fixture
def reception(store: Store, clock: Clock) -> Reception:
    return Reception(store, ToldUnderstanding(), "AAA IPRIGHT", Live(), clock)


@pytest.fixture
def forms_left(store: Store, reception: Reception, settings: Settings, clock: Clock) -> FormsLeft:
    return FormsLeft(store, reception, settings, clock)


async def begins(reception: Reception, channel: str = "web", person: str = "p") -> str:
    """Somebody begins a form and answers its first question; the conversation's id."""
    key = ConversationKey(channel, "main", person, person)
    conversation = await reception.open(key, "en")
    for number, line in enumerate(("start an inquiry", "trademark")):
        await reception.receive(Inbound(key, f"{person}-{number}", line))
    return conversation


async def last(reception: Reception, conversation: str) -> str:
    """What was said last."""
    return (await reception.transcript(conversation))[-1].reply.text


async def reminded(reception: Reception, conversation: str) -> int:
    """How often the bot reminded."""
    lines = await reception.transcript(conversation)
    return sum(line.reply.text.startswith("Your form is still open") for line in lines)


async def test_an_untouched_form_is_reminded_of_once_and_the_next_day_by_nothing(
    reception: Reception, forms_left: FormsLeft, store: Store, clock: Clock
) -> None:
    conversation = await begins(reception)
    pointed_out = 0
    for _ in range(24 * 5):
        clock.on(hours=1)
        pointed_out += await forms_left.look()
    assert pointed_out == 1, "who was reminded is no candidate any more"
    assert await reminded(reception, conversation) == 1
    lines = await store.read(lambda work: events.of(work, conversation))
    [line] = [line for line in lines if line.kind == "form_reminded"]
    assert line.at == BEGUN + timedelta(hours=23), "at nine: after twenty hours it was night"
    assert line.data == {"form": "recordation"}


async def test_who_goes_on_is_left_alone(
    reception: Reception, forms_left: FormsLeft, clock: Clock
) -> None:
    conversation = await begins(reception)
    clock.on(hours=19)
    await reception.receive(Inbound(ConversationKey("web", "main", "p", "p"), "x", "registered"))
    clock.on(hours=19)
    assert await forms_left.look() == 0
    assert await reminded(reception, conversation) == 0


@pytest.mark.parametrize(
    ("channel", "hours", "times"),
    [
        ("web", 24, 1),
        ("web", 24 * 30, 1),
        ("telegram", 24 * 30, 1),
        ("whatsapp", 23.9, 1),
        ("whatsapp", 24, 0),
        ("terminal", 24, 0),
        ("pigeon", 24, 0),
    ],
)
async def test_a_channel_is_written_to_only_where_it_lets_us(
    reception: Reception,
    forms_left: FormsLeft,
    clock: Clock,
    channel: str,
    hours: float,
    times: int,
) -> None:
    conversation = await begins(reception, channel)
    clock.on(hours=hours)
    assert await forms_left.look() == times
    assert await reminded(reception, conversation) == times


def test_every_channel_we_know_of_is_decided() -> None:
    assert set(UNASKED) == {"web", "telegram", "whatsapp", "terminal"}


async def test_never_beside_a_person(
    reception: Reception, forms_left: FormsLeft, store: Store, clock: Clock
) -> None:
    conversation = await begins(reception)
    hired = await store.run(
        lambda work: staff.create(
            work,
            login="li",
            name="Li",
            role=Role.AGENT,
            password_hash="x",
            now=BEGUN,
            shows_name=True,
        )
    )
    await reception.act(conversation, Taken(by=staffer(hired.id, "Li")))
    clock.on(hours=24)
    assert await forms_left.look() == 0
    assert await reminded(reception, conversation) == 0


async def test_after_sixty_days_it_is_dropped_with_a_line_in_the_journal(
    reception: Reception, forms_left: FormsLeft, store: Store, clock: Clock
) -> None:
    conversation = await begins(reception)
    before = await last(reception, conversation)
    clock.on(days=60, hours=12)
    assert await forms_left.look() == 1
    assert await forms_left.look() == 0
    assert await last(reception, conversation) == before
    assert (await reception.state(conversation)).progress is None
    lines = await store.read(lambda work: events.of(work, conversation))
    assert [line.kind for line in lines][-1] == "form_dropped"


async def test_a_sent_or_stopped_form_is_no_candidate(
    reception: Reception, forms_left: FormsLeft, store: Store, clock: Clock
) -> None:
    conversation = await begins(reception)
    kept = await store.read(lambda work: conversations.get(work, conversation))
    assert kept.form_since == kept.form_unreminded_since == BEGUN
    key = ConversationKey("web", "main", "p", "p")
    await reception.receive(Inbound(key, "c", "cancel"))
    kept = await store.read(lambda work: conversations.get(work, conversation))
    assert (kept.form_since, kept.form_unreminded_since) == (None, None)
    clock.on(days=61)
    assert await forms_left.look() == 0


async def test_one_that_fails_keeps_none_of_the_others(
    reception: Reception,
    forms_left: FormsLeft,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad, good = await begins(reception, person="bad"), await begins(reception, person="good")
    see_to = reception.form_left

    async def fail(conversation_id: str, *more: object) -> None:
        if conversation_id == bad:
            raise LookupError("no such question")
        await see_to(conversation_id, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(reception, "form_left", fail)
    clock.on(hours=24)
    await forms_left.look()
    assert await reminded(reception, good) == 1
    assert await reminded(reception, bad) == 0


async def test_an_open_page_shows_it_at_once(
    reception: Reception, forms_left: FormsLeft, clock: Clock
) -> None:
    conversation = await begins(reception)
    clock.on(hours=24)
    with reception.live.watch(conversation) as watch:
        await forms_left.look()
        changes = watch.changes(0.01)
        assert await anext(changes) is True


async def test_the_durable_engine_does_it(
    reception: Reception, forms_left: FormsLeft, store: Store, durable: Durable, clock: Clock
) -> None:
    conversation = await begins(reception)
    clock.on(hours=24)
    assert forms_left.clockwork.name == NAME
    durable.register("now", forms_left.clockwork.flow)
    await durable.start()
    store.attach(durable.enqueue)
    await store.run(lambda work: work.enqueue(Job("now", "once")))
    assert (await ended(durable, "once")).result == 1
    assert await reminded(reception, conversation) == 1


REMINDED = ("remind me", "ACME", "31 May 2028", "skip", "no", "li.wei@holder.example")


async def refused(reception: Reception, store: Store, clock: Clock, channel: str = "web") -> str:
    """Somebody has a reminder set, and its mail is refused for good; the conversation's id."""
    key = ConversationKey(channel, "main", "r", "r")
    conversation = await reception.open(key, "en")
    for number, line in enumerate((*REMINDED, "I agree", "send")):
        await reception.receive(Inbound(key, f"r-{number}", line))
    clock.at("2027-11-16")
    way = Told(DeliveryRefusedError("every address refused: 550"))
    await reminding(store, way, clock).look()
    return conversation


async def texts(reception: Reception, conversation: str, kind: str) -> list[str]:
    """What stands in a conversation of that kind."""
    lines = await reception.transcript(conversation, inside=True)
    return [line.reply.text for line in lines if line.kind == kind]


async def test_a_refused_reminder_is_told_once_to_the_staff_and_to_the_person(
    store: Store, reception: Reception, clock: Clock, jobs: list[Job]
) -> None:
    conversation = await refused(reception, store, clock)
    [job] = jobs
    before = await reception.entry(conversation)
    for _ in range(2):
        await RefusedReminders(reception).tell(job.args[0])
    [note] = await texts(reception, conversation, "note")
    assert "every address refused: 550" in note
    assert (await texts(reception, conversation, "message"))[-1].startswith(
        "A reminder by mail did not arrive: the one for ACME."
    )
    assert (await reception.entry(conversation)).unread == before.unread + 1
    assert [row.state for row in await rows(store)].count("refused") == 1
    bodies = {
        row.state: store.cipher.open(row.body, f"reminders.body:{row.id}")
        for row in await rows(store)
    }
    assert bodies["refused"] == {}, "what was told is kept no longer"
    assert bodies["waiting"]["email"] == "li.wei@holder.example"


async def test_a_refusal_is_told_on_a_channel_only_where_it_lets_us_write(
    store: Store, reception: Reception, clock: Clock, jobs: list[Job]
) -> None:
    conversation = await refused(reception, store, clock, "whatsapp")
    before = await texts(reception, conversation, "message")
    await RefusedReminders(reception).tell(jobs[0].args[0])
    assert await texts(reception, conversation, "message") == before, "a year later it may not"
    assert len(await texts(reception, conversation, "note")) == 1


async def test_no_log_and_no_journal_names_the_refused_address(
    store: Store,
    reception: Reception,
    clock: Clock,
    jobs: list[Job],
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    conversation = await refused(reception, store, clock)
    await RefusedReminders(reception).tell(jobs[0].args[0])
    journal = await store.read(lambda work: events.of(work, conversation))
    logged = "".join(capsys.readouterr()) + caplog.text  # by how an earlier test set the log up
    assert "a reminder was refused" in logged
    assert "reminder_refused" in repr(journal)
    assert "holder.example" not in logged + repr(journal)


async def test_of_what_was_erased_before_it_could_be_told_nothing_is_told(
    store: Store, reception: Reception, clock: Clock, jobs: list[Job]
) -> None:
    conversation = await refused(reception, store, clock)
    await store.run(lambda work: conversations.erase(work, conversation))
    await RefusedReminders(reception).tell(jobs[0].args[0])


async def test_the_durable_engine_tells_of_a_refusal(
    store: Store, reception: Reception, clock: Clock, durable: Durable
) -> None:
    durable.register(registry.TELL, RefusedReminders(reception).flow)
    await durable.start()
    conversation = await refused(reception, store, clock)
    for _ in range(200):
        if await texts(reception, conversation, "note"):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("nobody was told")
