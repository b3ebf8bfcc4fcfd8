"""A message through the one door into a SQLite file: the reading, the transaction, the answer stored."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.sentences import sentences
from benchmarks.timing import Laps
from bot import logs
from bot.live import Live
from bot.reception import Inbound, Reception
from bot.settings import Settings
from bot.store.conversations import ConversationKey
from bot.store.work import Store
from tests.prepared import AGENCY, prepared_engine

MESSAGES = 300
AT_ONCE = 16


def measure() -> Iterator[str]:
    """In one conversation after another, then in many at once."""
    logs.set_up(log_level="ERROR")
    yield from asyncio.run(_measure())


async def _measure() -> list[str]:
    texts = itertools.cycle([sentence for _, sentence in sentences()])
    async with _reception() as reception:
        laps = Laps()
        for number in range(MESSAGES):
            with laps.lap():
                await reception.receive(_inbound("one", number, next(texts)))
        begun = time.perf_counter()
        await asyncio.gather(
            *(_chatter(reception, f"many-{chat}", texts) for chat in range(AT_ONCE))
        )
        rate = MESSAGES // AT_ONCE * AT_ONCE / (time.perf_counter() - begun)
    return [laps.line("a message in one chat"), f"{AT_ONCE} chats at once: {rate:.0f} messages/s"]


async def _chatter(reception: Reception, chat: str, texts: Iterator[str]) -> None:
    for number in range(MESSAGES // AT_ONCE):
        await reception.receive(_inbound(chat, number, next(texts)))


def _inbound(chat: str, number: int, text: str) -> Inbound:
    key = ConversationKey(channel="web", account="", chat=chat, person="", thread="")
    return Inbound(key=key, message_id=f"{chat}-{number}", text=text)


@asynccontextmanager
async def _reception() -> AsyncIterator[Reception]:
    with tempfile.TemporaryDirectory(prefix="tidewaiter-") as folder:
        store = Store.open(Settings(_env_file=None, data_dir=Path(folder)))
        await store.migrate()
        yield Reception(store, prepared_engine(), AGENCY, Live())
        await store.close()
