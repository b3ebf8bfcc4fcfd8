"""The durable engine (DBOS) while it runs; with `terms.py` all that knows it, for `durable.py` alone.

The engine has a loop and 16 threads of its own: on the application's loop it would put its own
threads in place of those of `asyncio.to_thread`, and a stop would leave that loop without any.
Steps hop to the application's loop, where the store lives. All methods here block.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Coroutine, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, StepOptions
from sqlalchemy import Engine

from bot.errors import DurableError, TidewaiterError
from bot.store.engines import durable_engine
from bot.store.flows import Clockwork, Flow, Lane, Outcome, Pace, Plain, Step
from bot.store.hops import Hops
from bot.store.slots import Slots
from bot.store.terms import NAME, apply, config, executor, register, slot_of, tick_entry

log = structlog.get_logger(__name__)

FAILED = ("ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
FINISHED = ["SUCCESS", *FAILED]
BATCH = 500
PATIENCE = 5.0
"""Seconds the engine's threads get to end."""

_only = threading.Lock()
"""Held while an engine runs: there can be one in a process."""


@dataclass(frozen=True)
class Plan:
    """What the engine is to know at its start."""

    flows: Mapping[str, Flow]
    lanes: tuple[Lane, ...]
    clockworks: tuple[Clockwork, ...]


@dataclass
class Machine:
    """What exists while the engine runs."""

    address: str
    hops: Hops
    slots: Slots
    slot: int = -1
    engine: Engine = field(init=False)
    client: DBOSClient = field(init=False)
    dbos: DBOS | None = None
    suspects: set[int] = field(default_factory=set)
    """Slots that were empty when we last looked."""

    def launch(self, wanted: int | None, pace: Pace, plan: Plan) -> None:
        """Everything up to looking at the queues. In a thread, so the engine makes its own loop.

        Raises SlotTakenError, DurableError.
        """
        if not _only.acquire(blocking=False):
            raise DurableError("the durable engine runs already in this process")
        self._connect()
        try:
            self.slot = self.slots.take(wanted)
            self._begin(pace, plan)
        except TidewaiterError:
            self._give_up()
            raise
        except Exception as error:
            self._give_up()
            raise DurableError(f"the durable engine did not start: {error}") from error

    def close_queues(self) -> None:
        """Begin no more work.

        To be done while the engine's loop runs: a queue that hands work to a stopped loop waits for
        ever, with a connection in its hand.
        """
        if self.dbos is not None:
            for stop in self.dbos.background_thread_stop_events:
                stop.set()
        _await_end("queue-worker-")

    def shut(self) -> None:
        """Stop looking, close connections, give the slot back."""
        # It warns of each piece of work that waits, though that goes on after the next start.
        logging.getLogger("dbos").setLevel(logging.ERROR)
        with ExitStack() as last:
            for step in (_only.release, self.slots.leave, self.engine.dispose, self.client.destroy):
                last.callback(step)
            DBOS.destroy(destroy_registry=True)
            _await_end("dbos-executor-")

    def _give_up(self) -> None:
        self.close_queues()
        self.shut()

    def _connect(self) -> None:
        _quiet()
        self.engine = durable_engine(self.address)
        self.client = DBOSClient(
            system_database_engine=self.engine,
            serializer=DBOSPortableJSONSerializer(),
            application_name=NAME,
            lazy=True,
        )

    def _begin(self, pace: Pace, plan: Plan) -> None:
        self.dbos = DBOS(config=config(self.engine, self.slot, pace))
        for name, flow in plan.flows.items():
            DBOS.workflow(name=name)(self._body(flow))
        ticking = [tick_entry(clockwork, self._tick(clockwork)) for clockwork in plan.clockworks]
        DBOS.launch()
        for lane in plan.lanes:
            register(lane)
        apply(ticking)

    def outcome(self, job_id: str) -> Outcome | None:
        """How a piece of work stands."""
        found = self.client.list_workflows(workflow_ids=[job_id], load_input=False)
        if not found:
            return None
        status = found[0]
        return Outcome(status.status in FINISHED, status.status in FAILED, status.output)

    def forget_finished(self, before: datetime) -> int:
        """Delete what ended before then, in batches; how many."""
        count = 0
        while ids := [
            status.workflow_id
            for status in self.client.list_workflows(
                status=FINISHED,
                completed_before=before.isoformat(),
                limit=BATCH,
                load_input=False,
                load_output=False,
            )
        ]:
            self.client.delete_workflows(ids)
            count += len(ids)
        return count

    def look_around(self) -> None:
        """Keep our own slot, look after the others'."""
        if not self.slots.keep():
            log.error("slot lost: another process may be doing our work", slot=self.slot)
            return
        for number in self.rescue():
            log.warning("took over the work of a replica that has gone", slot=number)

    def rescue(self) -> list[int]:
        """Take over the work of slots that were empty the last time too; which ones."""
        pending = self.client.list_workflows(status="PENDING", load_input=False, load_output=False)
        owners = {slot_of(status.executor_id) for status in pending} - {None, self.slot}
        empty = {number for number in owners if number is not None and self._adopt(number)}
        taken = sorted(empty & self.suspects)
        self.suspects = empty
        return taken

    def _adopt(self, number: int) -> bool:
        """Whether the slot is empty; if it was so before, its work is put on the queue again."""
        with self.slots.borrow(number) as is_empty:
            if is_empty and number in self.suspects:
                # Underscored, but what DBOS's own tools use; to do it twice does no harm.
                DBOS._recover_pending_workflows([executor(number)])  # noqa: SLF001
            return bool(is_empty)

    def _body(self, flow: Flow) -> Callable[..., Coroutine[Any, Any, Plain]]:
        async def body(*args: Plain) -> Plain:
            return await flow(_Steps(self.hops), *args)

        return body

    def _tick(self, clockwork: Clockwork) -> Callable[..., Coroutine[Any, Any, None]]:
        async def tick(_at: datetime, _context: Any) -> None:
            await clockwork.flow(_Steps(self.hops))

        return DBOS.workflow(name=clockwork.name)(tick)


class _Steps:
    """A Run on the engine."""

    def __init__(self, hops: Hops) -> None:
        self._hops = hops

    @property
    def id(self) -> str:
        return str(DBOS.workflow_id)

    async def step(self, name: str, step: Step, *args: Plain) -> Plain:
        async def there() -> Plain:
            return await self._hops.run(step, *args)

        async with self._hops.under_way():
            return await DBOS.run_step_async(StepOptions(name=name), there)

    async def sleep(self, seconds: float) -> None:
        await DBOS.sleep_async(seconds)


def _quiet() -> None:
    """Its lines go where ours go, instead of to a console of its own."""
    logger = logging.getLogger("dbos")
    logger.setLevel(logging.WARNING)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _await_end(prefix: str) -> None:
    """Wait for the engine's threads of this name; those that hang are left behind.

    Looked at and not joined: one that is just being started cannot be joined.
    """
    end = time.monotonic() + PATIENCE
    while any(thread.name.startswith(prefix) for thread in threading.enumerate()):
        if time.monotonic() > end:
            log.warning("threads of the durable engine did not end", threads=prefix)
            return
        time.sleep(0.005)
