"""The staff's pages over many conversations, measured at the server: `python -m benchmarks desk`.

500 open conversations and 100,000 old ones, on SQLite and on PostgreSQL where one can be started; the whole page is
asked for, as a browser does. Beside the time that passed stands our own share of it: on a busy machine the first says
little, and on PostgreSQL the second leaves the server out. TIDEWAITER_BENCH_OLD is another number of old ones.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import psycopg
from fastapi import FastAPI
from sqlalchemy import insert, make_url, text

from benchmarks.sentences import sentences
from benchmarks.timing import Laps
from bot import logs
from bot.clock import utc_now
from bot.conversation.owner import Owner
from bot.conversation.reply import Reply
from bot.conversation.state import State
from bot.desk import console
from bot.desk.accounts import Accounts
from bot.live import Live
from bot.reception import Reception
from bot.settings import Settings
from bot.store import indexing
from bot.store.ids import new_id
from bot.store.tables import ConversationRow, MessageRow
from bot.store.work import Store, Work
from tests.bot.postgres import NoPostgresError, shared_server
from tests.prepared import AGENCY, prepared_engine

OPEN = 500
OLD = int(os.environ.get("TIDEWAITER_BENCH_OLD", "100000"))
BATCH = 2_000
LINES = 4
ROUNDS = 20
HERE = "http://127.0.0.1:8000"
PASSWORD = "a harbour at night"
PAGES = {
    "queue": "/desk",
    "queue, closed": "/desk?show=closed",
    "queue, mine (none)": "/desk?show=mine",
    "queue, Chinese and by the bot": "/desk?show=bot&language=zh",
    "one conversation": "/desk/conversations/{open}",
    "search, a common word": "/desk/search?q=customs",
    "search, three words": "/desk/search?q=trademark+record+cost",
    "search, Chinese": "/desk/search?q=%E5%A4%87%E6%A1%88%E8%B4%B9%E7%94%A8",
    "search, nothing found": "/desk/search?q=unheard",
}
Rows = list[dict[str, Any]]


def measure() -> Iterator[str]:
    """A line a page and database."""
    logs.set_up(log_level="ERROR")
    with tempfile.TemporaryDirectory(prefix="tidewaiter-") as folder:
        yield from asyncio.run(_measure("SQLite", f"sqlite:///{folder}/desk.db", Path(folder)))
        try:
            with shared_server(Path(folder) / "postgres") as address:
                yield from asyncio.run(
                    _measure("PostgreSQL", _fresh(address), Path(folder) / "other")
                )
        except NoPostgresError as error:
            yield f"PostgreSQL: {error}"


def _fresh(address: str) -> str:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench")
    return make_url(address).set(database="bench").render_as_string(hide_password=False)


async def _measure(name: str, address: str, folder: Path) -> list[str]:
    settings = Settings(_env_file=None, data_dir=folder, database_url=address)
    store = Store.open(settings)
    await store.migrate()
    begun = time.perf_counter()
    some = await _fill(store)
    filled = time.perf_counter() - begun
    found = [f"{name}: {OPEN} open, {OLD} old conversations, written in {filled:.0f} s"]
    async with _browser(store, settings) as browser:
        for what, path in PAGES.items():
            laps, used = Laps(), time.process_time()
            for _ in range(ROUNDS):
                with laps.lap():
                    answer = await browser.get(path.format(open=some))
                answer.raise_for_status()
            own = (time.process_time() - used) / ROUNDS
            found.append(f"{laps.line(f'{name}, {what}')}  of it {own * 1000:.1f} ms of CPU here")
    await store.close()
    return found


@asynccontextmanager
async def _browser(store: Store, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    store.attach(lambda _session, _job: None)
    reception = Reception(store, prepared_engine(), AGENCY, Live())
    accounts = Accounts(store)
    token = (await accounts.invite()).rsplit("/", 1)[1]
    await accounts.set_up(token, login="li@example.com", name="Li Na", password=PASSWORD)
    app = FastAPI()
    app.include_router(console.routes(reception, accounts, store, settings))
    async with AsyncExitStack() as stack:
        transport = httpx.ASGITransport(app)
        client = httpx.AsyncClient(transport=transport, base_url=HERE, headers={"Origin": HERE})
        browser = await stack.enter_async_context(client)
        await browser.post("/desk/sign-in", data={"login": "li@example.com", "password": PASSWORD})
        yield browser


@dataclass(frozen=True)
class _Kind:
    """What a conversation made here is like."""

    owner: Owner
    language: str
    channel: str
    days: float


async def _fill(store: Store) -> str:
    """All conversations, the old ones first; the id of an open one."""
    chance = random.Random(7)
    said = [sentence for _, sentence in islice(sentences(), 5_000)]
    kinds = [_old(chance) for _ in range(OLD)] + [_open(chance) for _ in range(OPEN)]
    some = ""
    for start in range(0, len(kinds), BATCH):
        rows, lines = _rows(store, kinds[start : start + BATCH], said, chance)
        await store.run(lambda work, rows=rows, lines=lines: _write(work, rows, lines))  # type: ignore[misc]
        some = rows[-1]["id"]
    await store.run(lambda work: work.session.execute(text("ANALYZE")))
    return some


def _old(chance: random.Random) -> _Kind:
    owner = Owner.CLOSED if chance.random() < 0.6 else Owner.BOT
    return _Kind(owner, *_where(chance), days=chance.uniform(2, 900))


def _open(chance: random.Random) -> _Kind:
    owner = Owner.WAITING if chance.random() < 0.3 else Owner.BOT
    return _Kind(owner, *_where(chance), days=chance.uniform(0, 1))


def _where(chance: random.Random) -> tuple[str, str]:
    return chance.choice(["en", "zh"]), chance.choice(["web", "web", "telegram", "whatsapp"])


def _rows(
    store: Store, kinds: list[_Kind], said: list[str], chance: random.Random
) -> tuple[Rows, Rows]:
    rows: Rows = []
    lines: Rows = []
    for kind in kinds:
        row = _conversation(store, kind)
        rows.append(row)
        lines += [_line(store, row, seq, chance.choice(said)) for seq in range(1, LINES + 1)]
    return rows, lines


def _conversation(store: Store, kind: _Kind) -> dict[str, Any]:
    row_id, at = new_id(), utc_now() - timedelta(days=kind.days)
    waits = at if kind.owner is Owner.WAITING else None
    language = "zh" if kind.language == "zh" else "en"
    state = State(owner=kind.owner, language=language, waiting_since=waits)
    sealed = store.cipher.seal(state.model_dump(mode="json"), f"conversations.state:{row_id}")
    key = {"channel": kind.channel, "account": "main", "chat": row_id, "person": row_id}
    moments = {"created_at": at, "updated_at": at, "last_inbound_at": at, "listed_at": at}
    plain = {"owner": kind.owner.value, "stage": state.stage.value, "language": language}
    counts = {"last_seq": LINES, "unread_by_staff": 0, "thread": ""}
    return key | moments | plain | counts | {"id": row_id, "state": sealed, "on_top_since": waits}


def _line(store: Store, row: dict[str, Any], seq: int, words: str) -> dict[str, Any]:
    message_id = new_id()
    body = {"reply": Reply.of(words).model_dump(mode="json")}
    row_of_it = {
        "id": message_id,
        "conversation_id": row["id"],
        "channel": row["channel"],
        "seq": seq,
        "author": "prospect" if seq % 2 else "bot",
        "body": store.cipher.seal(body, f"messages.body:{message_id}"),
        "created_at": row["updated_at"],
        "kind": "message",
    }
    return {"row": row_of_it, "body": body}


def _write(work: Work, rows: Rows, lines: Rows) -> None:
    work.session.execute(insert(ConversationRow), rows)
    work.session.execute(insert(MessageRow), [line["row"] for line in lines])
    for line in lines:
        row = line["row"]
        if row["author"] in indexing.AUTHORS:
            day = row["created_at"].date()
            indexing.index_message(work, row["conversation_id"], row["seq"], line["body"], day)
