"""Where files lie: taken in by content and within limits, given out whole, forgotten when never sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, count

from bot.clock import Clock, utc_now
from bot.errors import FileRefusedError
from bot.files.kinds import Refusal, kind_of
from bot.files.names import cleaned
from bot.settings import Settings
from bot.store import conversations, files
from bot.store.files import KeptFile, Package
from bot.store.work import Store, Work

MEGABYTE = 1024 * 1024

TOO_LARGE = "file_too_large"
TOO_MANY = "files_too_many"
TOO_MUCH = "files_too_much"
FULL = "files_full"


@dataclass(frozen=True)
class Limits:
    """How much is taken. Sizes in bytes."""

    size: int = 20 * MEGABYTE
    """Of one file."""
    count: int = 60
    """Files of one conversation."""
    total: int = 200 * MEGABYTE
    """All files of one conversation together."""
    house: int = 10_000 * MEGABYTE
    """All files of all conversations together."""

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """As the settings say."""
        return cls(
            size=settings.file_mb * MEGABYTE,
            count=settings.files_per_chat,
            total=settings.files_per_chat_mb * MEGABYTE,
            house=settings.files_mb * MEGABYTE,
        )


@dataclass(frozen=True)
class Upload:
    """What came in. `key` is the sender's own id of it: the same again is the same file."""

    key: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Shelved:
    """The file as it is kept, and whether it was there before, by its key or by its content."""

    file: KeptFile
    repeated: bool


class Shelf:
    """The files of all conversations."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    async def before(self, conversation_id: str, key: str) -> KeptFile | None:
        """The file of an upload that came before, so that its content need not be read again."""
        return await self._store.read(lambda work: files.uploaded(work, conversation_id, key))

    async def has_room(self, conversation_id: str, limits: Limits) -> None:
        """Raises FileRefusedError where not even a small file is taken any more."""
        await self._store.read(lambda work: _make_sure(work, conversation_id, 1, limits))

    async def keep(self, conversation_id: str, upload: Upload, limits: Limits) -> Shelved:
        """Take a file in. When this returns it is stored.

        Raises FileRefusedError (its reason is an id of words for people),
        ConversationNotFoundError.
        """
        if len(upload.content) > limits.size:
            raise FileRefusedError(TOO_LARGE)
        package = await asyncio.to_thread(self._pack, upload)

        def work_on(work: Work) -> Shelved:
            conversations.lock(work, conversation_id)
            there = files.of_conversation(work, conversation_id)
            again = _like(package, there, files.uploaded(work, conversation_id, upload.key))
            if again is not None:
                return Shelved(again, repeated=True)
            _make_sure(work, conversation_id, package.size, limits)
            new = _apart(package, there)
            kept = files.keep(work, conversation_id, new, now=self._clock())
            return Shelved(kept, repeated=False)

        return await self._store.run(work_on)

    async def content(self, file: KeptFile) -> bytes:
        """A file whole. Raises FileNotKeptError, DecryptionError."""

        def read(work: Work) -> list[bytes]:
            return files.sealed(work, files.get(work, file.id).id)

        pieces = await self._store.read(read)
        return await asyncio.to_thread(files.unpack, self._store.cipher, file, pieces)

    async def forget_unsent(self, days: int) -> int:
        """Take away uploads that no message named within so many days; how many."""
        before = self._clock() - timedelta(days=days)
        return await self._store.run(lambda work: files.forget_unsent(work, before=before))

    def _pack(self, upload: Upload) -> Package:
        kind = kind_of(upload.content)
        if isinstance(kind, Refusal):
            raise FileRefusedError(kind.value)
        name = cleaned(upload.name, kind)
        return files.pack(
            self._store.cipher, upload.content, upload_key=upload.key, name=name, kind=kind.id
        )


def _like(package: Package, there: Iterable[KeptFile], known: KeptFile | None) -> KeptFile | None:
    """The file that this is again: the same upload, or the same content a second time."""
    return known or next((file for file in there if file.digest == package.digest), None)


def _make_sure(work: Work, conversation_id: str, size: int, limits: Limits) -> None:
    here = files.usage(work, conversation_id)
    if here.count >= limits.count:
        raise FileRefusedError(TOO_MANY)
    if here.size + size > limits.total:
        raise FileRefusedError(TOO_MUCH)
    if files.usage(work).size + size > limits.house:
        raise FileRefusedError(FULL)


def _apart(package: Package, there: Iterable[KeptFile]) -> Package:
    """With a name no other file here has, as a folder would make it: `scan (2).pdf`."""
    taken = {file.name.lower() for file in there}
    stem, _, ending = package.name.rpartition(".")
    names = (f"{stem} ({number}).{ending}" for number in count(2))
    name = next(name for name in chain([package.name], names) if name.lower() not in taken)
    return replace(package, name=name)
