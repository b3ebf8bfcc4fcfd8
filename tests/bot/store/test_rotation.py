"""Changing keys while the house stays open."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from pydantic import SecretStr
from sqlalchemy import LargeBinary

from bot.errors import KeyMissingError
from bot.settings import Settings
from bot.store import conversations, files, messages, review, rotation
from bot.store.review import Mark
from bot.store.rotation import SEALED, reseal, reseal_all
from bot.store.tables import Base
from bot.store.work import Store
from tests.bot.store.making import NOW, conversation, say

Open = Callable[[str], Store]


@pytest.fixture
def opened(settings: Settings) -> Open:
    """Opens the database with keys named by letters, the sealing one first."""

    def open_with(letters: str) -> Store:
        keys = ",".join(base64.b64encode(letter.encode() * 32).decode() for letter in letters)
        return Store.open(settings.model_copy(update={"encryption_key": SecretStr(keys)}))

    return open_with


async def _fill(store: Store) -> str:
    """A conversation with a state, five messages, a file of one piece and a line to review; its id."""
    await store.migrate()
    begun = await conversation(store, state={"n": 1})
    await store.run(lambda work: [say(work, begun.id, str(n)) for n in range(5)])
    line = Mark("how much", "how much", "en", "missed")
    await store.run(lambda work: review.keep(work, line, on=NOW.date()))
    scan = files.pack(store.cipher, b"scan", upload_key="1", name="a.pdf", kind="pdf")
    await store.run(lambda work: files.keep(work, begun.id, scan, now=NOW))
    return begun.id


async def test_after_it_the_old_key_may_go(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    old = opened("a")
    begun = await _fill(old)
    await old.close()
    both = opened("ba")
    await both.migrate()
    assert await reseal_all(both) == 10
    assert await reseal_all(both) == 0
    await both.close()
    new = opened("b")
    await new.migrate()
    assert (await new.read(lambda work: conversations.get(work, begun))).state == {"n": 1}
    kept = await new.read(lambda work: messages.since(work, begun))
    assert [message.body["text"] for message in kept] == list("01234")
    [scan] = await new.read(lambda work: files.of_conversation(work, begun))
    pieces = await new.read(lambda work: files.sealed(work, scan.id))
    assert files.unpack(new.cipher, scan, pieces) == b"scan"
    [line] = await new.read(review.lines)
    assert line.text == "how much"
    await new.close()


async def test_without_the_old_key_nothing_is_touched(opened: Open) -> None:
    old = opened("a")
    begun = await _fill(old)
    wrong = opened("b")
    with pytest.raises(KeyMissingError):
        await wrong.run(reseal)
    await wrong.close()
    assert (await old.read(lambda work: conversations.get(work, begun))).state == {"n": 1}
    await old.close()


def test_every_sealed_column_is_seen_to() -> None:
    columns = {
        column
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert columns == {attribute.property.columns[0] for attribute, _ in SEALED}
