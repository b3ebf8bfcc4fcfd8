"""Lines kept for review: counted, found again, forgotten, and readable by nobody without the key."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.errors import ReviewLineNotFoundError
from bot.settings import Settings
from bot.store import review
from bot.store.review import Mark, ReviewLine
from bot.store.work import Store, Work

DAY = date(2026, 11, 22)
LINE = Mark("How much, please?", "how much please", "en", "missed", said=("fee.a", "fee.b"))


async def kept(store: Store, *marks: Mark, on: date = DAY) -> list[ReviewLine]:
    def keep(work: Work) -> None:
        for mark in marks:
            review.keep(work, mark, on=on)

    await store.run(keep)
    return await store.read(review.lines)


async def test_a_line_comes_back_as_it_was_kept(store: Store) -> None:
    [line] = await kept(store, LINE)
    assert (line.text, line.language, line.kept_on) == ("How much, please?", "en", DAY)
    assert (line.why, line.said, line.chosen) == ({"missed": 1}, {"fee.a": 1, "fee.b": 1}, {})
    assert await store.read(lambda work: review.get(work, line.number)) == line


async def test_the_same_line_again_counts_up_and_stays_as_it_was_first_typed(store: Store) -> None:
    again = replace(LINE, text="how MUCH please", said=("fee.b",))
    [line] = await kept(store, LINE, again)
    assert (line.times, line.text, line.said) == (2, LINE.text, {"fee.a": 1, "fee.b": 2})


async def test_in_another_language_it_is_another_line(store: Store) -> None:
    assert len(await kept(store, LINE, replace(LINE, language="zh"))) == 2


async def test_a_message_counts_once_for_its_last_reason(store: Store) -> None:
    corrected = replace(LINE, why="corrected", was="missed", said=(), chosen="fee.b")
    [line] = await kept(store, LINE, LINE, corrected)
    assert (line.times, line.why, line.chosen) == (
        2,
        {"missed": 1, "corrected": 1},
        {"fee.b": 1},
    )


async def test_a_reason_whose_line_was_dropped_meanwhile_begins_it_anew(store: Store) -> None:
    [line] = await kept(store, replace(LINE, why="corrected", was="missed"))
    assert line.why == {"corrected": 1}


async def test_twenty_at_once_are_twenty(store: Store) -> None:
    keep = (store.run(lambda work: review.keep(work, LINE, on=DAY)) for _ in range(20))
    await asyncio.gather(*keep)
    [line] = await store.read(review.lines)
    assert line.times == 20


async def test_the_most_frequent_come_first(store: Store) -> None:
    other = replace(LINE, likeness="other", text="other")
    late = replace(LINE, likeness="late", text="late")
    await kept(store, LINE, other, other)
    lines = await kept(store, late, on=DAY + timedelta(days=1))
    assert [line.text for line in lines] == ["other", "late", LINE.text]


async def test_a_line_is_dropped_and_its_number_is_not_given_again(store: Store) -> None:
    [line] = await kept(store, LINE)
    assert await store.run(lambda work: review.drop(work, line.number))
    assert not await store.run(lambda work: review.drop(work, line.number))
    with pytest.raises(ReviewLineNotFoundError, match=str(line.number)):
        await store.read(lambda work: review.get(work, line.number))
    [anew] = await kept(store, LINE)
    assert anew.number != line.number


async def test_a_line_is_forgotten_by_the_day_it_was_last_kept(store: Store) -> None:
    await kept(store, LINE, replace(LINE, likeness="old", text="old"))
    await kept(store, LINE, on=DAY + timedelta(days=5))
    gone = await store.run(lambda work: review.forget(work, before=DAY + timedelta(days=1)))
    [left] = await store.read(review.lines)
    assert (gone, left.text) == (1, LINE.text)


async def test_nothing_of_it_can_be_read_or_guessed_without_the_key(store: Store) -> None:
    await kept(store, LINE)
    rows = await store.read(
        lambda work: work.session.execute(text("SELECT * FROM review_lines")).mappings().all()
    )
    [row] = rows
    assert set(row) == {"id", "fingerprint", "language", "kept_on", "body"}
    assert b"much" not in bytes(row["body"])
    assert b"fee.a" not in bytes(row["body"])
    assert row["fingerprint"] == store.cipher.fingerprints("en\0how much please", "review_lines")[0]


def _with_keys(settings: Settings, letters: str) -> Store:
    keys = ",".join(base64.b64encode(letter.encode() * 32).decode() for letter in letters)
    return Store.open(settings.model_copy(update={"encryption_key": SecretStr(keys)}))


async def test_with_a_new_key_before_the_old_one_the_line_is_found_again(
    settings: Settings,
) -> None:
    old, both = _with_keys(settings, "a"), _with_keys(settings, "ba")
    await old.migrate()
    await kept(old, LINE)
    [line] = await kept(both, LINE, LINE)
    assert line.times == 3
    await old.close()
    await both.close()
