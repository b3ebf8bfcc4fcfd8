"""What people wrote cannot be read in the database's own files."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from bot.settings import Settings
from bot.store import conversations, files, messages, review
from bot.store.messages import Draft
from bot.store.review import Mark
from bot.store.tables import Base
from bot.store.work import Store, Work
from tests.bot.store.making import NOW, conversation

SECRET = "Yangtze Running Shoes Ltd"


async def test_nothing_in_the_files_of_sqlite(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path)
    store = Store.open(settings)
    await store.migrate()
    await _write(store)
    raw = await asyncio.to_thread(_raw, tmp_path)
    await store.close()
    assert b"CREATE TABLE messages" in raw
    assert SECRET.encode() not in raw
    assert SECRET.encode("utf-16-le") not in raw


async def test_nothing_in_any_column(store: Store) -> None:
    await _write(store)

    def dump(work: Work) -> str:
        tables = (f"SELECT * FROM {name}" for name in Base.metadata.tables)
        rows = [row for query in tables for row in work.session.execute(text(query))]
        return repr([bytes(v) if isinstance(v, memoryview) else v for row in rows for v in row])

    dumped = await store.read(dump)
    assert "prospect" in dumped
    assert SECRET not in dumped


def _raw(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def _write(store: Store) -> None:
    begun = await conversation(store, state={"holder": SECRET})

    def do(work: Work) -> None:
        conversations.save(work, replace(begun, state={"holder": SECRET, "n": 2}))
        messages.append(work, begun.id, Draft("prospect", {"text": SECRET}), now=NOW)
        review.keep(work, Mark(SECRET, SECRET, "en", "missed"), on=NOW.date())
        scan = files.pack(
            work.cipher, SECRET.encode(), upload_key="1", name=f"{SECRET}.pdf", kind="pdf"
        )
        files.keep(work, begun.id, scan, now=NOW)

    await store.run(do)
    found = await store.read(lambda work: conversations.get(work, begun.id))
    assert found.state["holder"] == SECRET
