"""The shelf takes what is allowed, once, within its limits, and gives it back whole."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.errors import ConversationNotFoundError, FileNotKeptError, FileRefusedError
from bot.files.shelf import Limits, Shelf, Upload
from bot.settings import Settings
from bot.store import conversations, files
from bot.store.files import Usage
from bot.store.work import Store
from tests.bot.files.samples import JPG, PDF, PROGRAM
from tests.bot.store.making import NOW, conversation

ALL = Limits()


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store, lambda: NOW)


@pytest.fixture
async def chat(store: Store) -> str:
    return (await conversation(store)).id


def _numbered(number: int) -> Upload:
    return Upload(f"u{number}", f"{number}.pdf", PDF + b"%d" % number)


async def test_a_file_is_kept_under_a_clean_name(shelf: Shelf, chat: str) -> None:
    shelved = await shelf.keep(chat, Upload("u1", "../证书 .JPG", JPG), ALL)
    assert (shelved.file.name, shelved.file.kind, shelved.repeated) == ("证书.JPG", "jpg", False)
    assert await shelf.content(shelved.file) == JPG


async def test_the_same_again_is_the_same_file(shelf: Shelf, chat: str, store: Store) -> None:
    first = await shelf.keep(chat, Upload("u1", "a.pdf", PDF), ALL)
    assert await shelf.before(chat, "u1") == first.file
    assert await shelf.before(chat, "u2") is None
    again = await shelf.keep(chat, Upload("u1", "a.pdf", PDF), ALL)
    copied = await shelf.keep(chat, Upload("u2", "copy.pdf", PDF), ALL)
    assert again.file == copied.file == first.file
    assert again.repeated
    assert copied.repeated
    assert await store.read(files.usage) == Usage(1, len(PDF))


async def test_the_same_upload_many_times_at_once_is_one_file(shelf: Shelf, chat: str) -> None:
    upload = Upload("u1", "a.pdf", PDF)
    kept = await asyncio.gather(*(shelf.keep(chat, upload, ALL) for _ in range(6)))
    assert len({each.file.id for each in kept}) == 1
    assert sum(not each.repeated for each in kept) == 1


@pytest.mark.parametrize(
    ("upload", "limits", "reason"),
    [
        (Upload("x", "photo.jpg", PROGRAM), ALL, "file_program"),
        (Upload("x", "a.pdf", b""), ALL, "file_empty"),
        (_numbered(9), Limits(size=len(PDF)), "file_too_large"),
        (_numbered(9), Limits(count=1), "files_too_many"),
        (_numbered(9), Limits(total=2 * len(PDF)), "files_too_much"),
        (_numbered(9), Limits(house=2 * len(PDF)), "files_full"),
    ],
)
async def test_what_is_refused_leaves_nothing(
    shelf: Shelf, chat: str, store: Store, upload: Upload, limits: Limits, reason: str
) -> None:
    await shelf.keep(chat, _numbered(1), ALL)
    with pytest.raises(FileRefusedError) as refused:
        await shelf.keep(chat, upload, limits)
    assert refused.value.reason == reason
    assert (await store.read(files.usage)).count == 1


async def test_many_at_once_stay_within_the_limit(shelf: Shelf, chat: str, store: Store) -> None:
    limits = Limits(count=3)
    outcomes = await asyncio.gather(
        *(shelf.keep(chat, _numbered(n), limits) for n in range(8)), return_exceptions=True
    )
    refused = [each for each in outcomes if isinstance(each, FileRefusedError)]
    assert [each.reason for each in refused] == ["files_too_many"] * 5
    assert (await store.read(files.usage)).count == 3
    with pytest.raises(FileRefusedError):
        await shelf.has_room(chat, limits)
    await shelf.has_room(chat, ALL)


async def test_without_a_conversation_there_is_no_file(
    shelf: Shelf, chat: str, store: Store
) -> None:
    kept = (await shelf.keep(chat, _numbered(1), ALL)).file
    await store.run(lambda work: conversations.erase(work, chat))
    with pytest.raises(FileNotKeptError):
        await shelf.content(kept)
    with pytest.raises(ConversationNotFoundError):
        await shelf.keep(chat, _numbered(1), ALL)


async def test_what_was_never_sent_is_forgotten(shelf: Shelf, chat: str, store: Store) -> None:
    await shelf.keep(chat, _numbered(1), ALL)
    later = Shelf(store, lambda: NOW + timedelta(days=3, seconds=1))
    assert await shelf.forget_unsent(3) == 0
    assert await later.forget_unsent(3) == 1


async def test_files_of_one_name_are_told_apart(shelf: Shelf, chat: str) -> None:
    names = ["scan.pdf", "Scan.pdf", "scan (3).pdf", "other.pdf", "scan.pdf"]
    kept = [
        (await shelf.keep(chat, Upload(f"u{n}", name, PDF + b"%d" % n), ALL)).file.name
        for n, name in enumerate(names)
    ]
    assert kept == ["scan.pdf", "Scan (2).pdf", "scan (3).pdf", "other.pdf", "scan (4).pdf"]


def test_the_limits_are_those_of_the_settings() -> None:
    assert Limits.of(Settings(_env_file=None)) == ALL
