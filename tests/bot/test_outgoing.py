"""What a turn wants kept for review is kept in its transaction: masked, counted, and tied to nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from bot.errors import StoreError
from bot.live import Live
from bot.outgoing import LONGEST_REVIEWED
from bot.reception import Inbound, Reception
from bot.store import conversations, events, review
from bot.store.review import ReviewLine
from bot.store.work import Store
from tests.bot.told import INTAKE, ToldUnderstanding, key

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
IN_BEIJING = date(2026, 11, 23)


@pytest.fixture
def reception(store: Store) -> Reception:
    return Reception(store, ToldUnderstanding(), "AAA IPRIGHT", Live(), lambda: NOW)


async def says(reception: Reception, *lines: str, person: str = "somebody") -> str:
    """Somebody writes these lines; the conversation's id."""
    conversation = await reception.open(key(person), "en")
    for number, line in enumerate(lines):
        choice = line if line.startswith(("do:", "ask:")) else None
        await reception.receive(Inbound(key(person), f"{person}-{number}", line, choice))
    return conversation


async def kept(store: Store) -> list[ReviewLine]:
    return await store.read(review.lines)


async def test_a_line_that_was_not_understood_is_kept_masked_with_its_day(
    reception: Reception, store: Store
) -> None:
    await says(reception, "reach me at somebody@example.com or 138 0013 8000")
    [line] = await kept(store)
    assert line.text == "reach me at [e-mail] or [number]"
    assert (line.language, line.kept_on) == ("en", IN_BEIJING)
    assert line.why == {"not_understood": 1}


async def test_the_same_of_two_people_is_one_line(reception: Reception, store: Store) -> None:
    await says(reception, "Blub blub!", person="one")
    await says(reception, "blub  BLUB", person="two")
    [line] = await kept(store)
    assert (line.text, line.times) == ("Blub blub!", 2)


async def test_a_repeated_delivery_counts_once(reception: Reception, store: Store) -> None:
    await says(reception, "blub")
    await says(reception, "blub")
    [line] = await kept(store)
    assert line.times == 1


@pytest.mark.parametrize("wrong", ["wrong", "do:wrong"])
async def test_a_wrong_answer_and_what_was_wanted_instead(
    reception: Reception, store: Store, wrong: str
) -> None:
    await says(reception, "? how much", wrong, "ask:fee.agency")
    [line] = await kept(store)
    assert (line.text, line.why) == ("? how much", {"corrected": 1})
    assert (line.said, line.chosen) == ({"fee.official": 1}, {"fee.agency": 1})


@pytest.mark.parametrize("typed", ["...", "?!", "x" * (LONGEST_REVIEWED + 1)])
async def test_what_there_is_nothing_to_learn_from_is_not_kept(
    reception: Reception, store: Store, typed: str
) -> None:
    await says(reception, typed)
    assert await kept(store) == []


async def test_nothing_of_a_form_is_kept(reception: Reception, store: Store) -> None:
    await says(reception, "start", *INTAKE[:12], "wrong", "blub", "do:wrong")
    assert await kept(store) == []


async def test_neither_the_row_nor_the_journal_tells_what_was_typed_or_by_whom(
    reception: Reception, store: Store
) -> None:
    conversation = await says(reception, "blub secret", "? secret", "wrong")
    journal = await store.read(lambda work: events.of(work, conversation))
    assert "marked_wrong" in [line.kind for line in journal]
    assert "secret" not in repr(journal)
    rows = await store.read(
        lambda work: work.session.execute(text("SELECT * FROM review_lines")).mappings().all()
    )
    assert len(rows) == 2
    assert conversation not in repr(rows)
    assert "somebody" not in repr(rows)


async def test_nothing_typed_reaches_a_log(
    reception: Reception, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await says(reception, "blub secret", "? secret", "wrong")
    out, err = capfd.readouterr()
    assert "secret" not in out + err + caplog.text


async def test_an_erased_conversation_leaves_its_line_and_keeps_no_more(
    reception: Reception, store: Store
) -> None:
    conversation = await says(reception, "blub")
    await store.run(lambda work: conversations.erase(work, conversation))
    [line] = await kept(store)
    assert line.times == 1


async def test_where_the_turn_fails_nothing_is_kept(
    reception: Reception, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("no room")

    monkeypatch.setattr("bot.reception.conversations.save", fail)
    with pytest.raises(StoreError):
        await reception.receive(Inbound(key(), "m1", "blub"))
    assert await kept(store) == []
