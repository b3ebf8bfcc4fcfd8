"""What tests of durable work have in common: a small flow, and waiting for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable

from bot.store.durable import Durable
from bot.store.flows import Lane, Outcome, Plain, Run
from bot.store.work import Job, Work

LINE = Lane("line", poll=0.05, in_order=True)
PATIENCE = 20

Start = Callable[..., Awaitable[Durable]]


class Diary:
    """A flow of two steps with a rest between them, and what it did."""

    def __init__(self, rest: float = 0) -> None:
        self.lines: list[str] = []
        self.rest = rest

    async def write(self, line: str) -> Plain:
        assert threading.current_thread() is threading.main_thread()
        self.lines.append(line)
        return line.upper()

    async def flow(self, run: Run, name: str) -> Plain:
        first = await run.step("first", self.write, f"{name}1")
        await run.sleep(self.rest)
        second = await run.step("second", self.write, f"{name}2")
        return f"{run.id}: {first} {second}"


async def until(look: Callable[[], Awaitable[object] | object]) -> None:
    """Wait for what the durable engine is to do."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = look()
            if isinstance(found, Awaitable):
                found = await found
            if found:
                return
            await asyncio.sleep(0.02)


async def ended(durable: Durable, job_id: str) -> Outcome:
    """How a piece of work ended."""

    async def look() -> bool:
        outcome = await durable.outcome(job_id)
        return outcome is not None and outcome.done

    await until(look)
    outcome = await durable.outcome(job_id)
    assert outcome is not None
    return outcome


def begin(*names: str, **how: object) -> Callable[[Work], None]:
    """A unit of work that begins a diary for each name."""

    def do(work: Work) -> None:
        for name in names:
            work.enqueue(Job("diary", name, (name,), **how))  # type: ignore[arg-type]

    return do
