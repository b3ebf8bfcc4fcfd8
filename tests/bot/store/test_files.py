"""Files: whole or not at all, sealed at their place, gone with their conversation."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import DecryptionError, FileNotKeptError, StoreError
from bot.store import conversations, files
from bot.store.files import CHUNK_BYTES, KeptFile, Usage
from bot.store.tables import FileChunkRow
from bot.store.work import Store, Work
from tests.bot.store.making import NOW, conversation


async def keep(
    store: Store, conversation_id: str, content: bytes = b"scan", upload: str = "u1"
) -> KeptFile:
    package = files.pack(store.cipher, content, upload_key=upload, name="证书.pdf", kind="pdf")
    return await store.run(lambda work: files.keep(work, conversation_id, package, now=NOW))


async def content_of(store: Store, file: KeptFile) -> bytes:
    pieces = await store.read(lambda work: files.sealed(work, file.id))
    return files.unpack(store.cipher, file, pieces)


@pytest.mark.parametrize("size", [1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES - 1])
async def test_what_was_kept_comes_back(store: Store, size: int) -> None:
    begun, content = await conversation(store), os.urandom(size)
    kept = await keep(store, begun.id, content)
    assert await content_of(store, kept) == content
    assert await store.read(lambda work: files.get(work, kept.id)) == kept
    assert (kept.name, kept.kind, kept.size, kept.sent_at) == ("证书.pdf", "pdf", size, None)


async def test_a_piece_does_not_open_in_another_place(store: Store) -> None:
    begun = await conversation(store)
    content = b"a" * CHUNK_BYTES + b"b" * CHUNK_BYTES + b"c"
    kept = await keep(store, begun.id, content)
    pieces = await store.read(lambda work: files.sealed(work, kept.id))
    for wrong in ([pieces[1], pieces[0], pieces[2]], pieces[:2], [*pieces, pieces[2]], []):
        with pytest.raises(DecryptionError):
            files.unpack(store.cipher, kept, wrong)


async def test_an_upload_is_kept_once(store: Store) -> None:
    begun, other = await conversation(store), await conversation(store, "p2")
    kept = await keep(store, begun.id)
    with pytest.raises(StoreError):
        await keep(store, begun.id)
    await keep(store, other.id)
    assert await store.read(lambda work: files.uploaded(work, begun.id, "u1")) == kept
    assert await store.read(lambda work: files.uploaded(work, begun.id, "u2")) is None
    assert await store.read(lambda work: files.usage(work, begun.id)) == Usage(1, 4)
    assert await store.read(files.usage) == Usage(2, 8)


async def test_they_go_with_their_conversation(store: Store) -> None:
    begun = await conversation(store)
    kept = await keep(store, begun.id)
    assert await store.run(lambda work: conversations.erase(work, begun.id))
    with pytest.raises(FileNotKeptError):
        await store.read(lambda work: files.get(work, kept.id))
    left = await store.read(lambda work: work.session.scalars(select(FileChunkRow)).all())
    assert not left
    assert await store.read(files.usage) == Usage(0, 0)


async def test_only_what_was_never_sent_is_forgotten(store: Store) -> None:
    begun = await conversation(store)
    sent, unsent = [await keep(store, begun.id, upload=name) for name in ("sent", "unsent")]

    def forget(work: Work) -> tuple[int, int]:
        files.mark_sent(work, [sent.id], now=NOW)
        early = files.forget_unsent(work, before=NOW)
        return early, files.forget_unsent(work, before=NOW + timedelta(seconds=1))

    assert await store.run(forget) == (0, 1)
    [left] = await store.read(lambda work: files.of_conversation(work, begun.id))
    assert (left.id, left.sent_at) == (sent.id, NOW)
    assert await store.read(lambda work: files.those(work, [unsent.id, sent.id])) == [left]
    assert await content_of(store, left) == b"scan"
