"""Durable work: start the engine, enqueue in the app's own transaction, schedule, cancel, recover.

What knows DBOS is `machine.py` and `terms.py`, and only this module knows them. The engine is one a
process, so one `Durable` at a time may be started.
Limits: names and arguments of work are kept in the clear until `forget_finished`; a step cut off by
a crash is done again; queues are looked at every `Lane.poll` seconds.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from bot.errors import DurableError
from bot.settings import Settings
from bot.store.flows import COMMON, USUAL, Clockwork, Flow, Lane, Outcome, Pace, Plain, Run
from bot.store.hops import Hops
from bot.store.machine import Machine, Plan
from bot.store.slots import slots
from bot.store.terms import options
from bot.store.work import Job

log = structlog.get_logger(__name__)

NIGHTLY = "17 3 * * *"


class Durable:
    """The engine of one process. Register, `start`, attach `enqueue` to the store, `stop`."""

    def __init__(self, settings: Settings, pace: Pace = USUAL) -> None:
        self._address = settings.database
        self._wanted = settings.executor_slot
        self._keep = timedelta(days=settings.finished_work_days)
        self._pace = pace
        self._flows: dict[str, Flow] = {}
        self._lanes = {COMMON.name: COMMON}
        self._clockworks = [Clockwork("forget_finished", NIGHTLY, self._forget)]
        self._machine: Machine | None = None
        self._stopping = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None

    def register(self, name: str, flow: Flow) -> None:
        """A kind of work. Before the start; the name stays the same for ever."""
        self._before_start(name)
        self._flows[name] = flow

    def lane(self, lane: Lane) -> None:
        """A queue. Before the start."""
        self._before_start(lane.name)
        self._lanes[lane.name] = lane

    def schedule(self, clockwork: Clockwork) -> None:
        """Work begun by the clock. Before the start."""
        self._before_start(clockwork.name)
        self._clockworks.append(clockwork)

    async def start(self) -> None:
        """Take a slot, take up its work, begin to look at the queues.

        Raises SlotTakenError, DurableError.
        """
        self._before_start("start")
        hops = Hops(asyncio.get_running_loop())
        machine = Machine(self._address, hops, slots(self._address))
        plan = Plan(self._flows, tuple(self._lanes.values()), tuple(self._clockworks))
        await asyncio.to_thread(machine.launch, self._wanted, self._pace, plan)
        self._machine = machine
        self._stopping = asyncio.Event()
        self._watch = asyncio.create_task(self._look_around(machine))

    async def stop(self) -> None:
        """Let steps come to their end, then stop. What waits goes on after the next start."""
        if self._machine is None or self._watch is None:
            return
        machine, self._machine = self._machine, None
        self._stopping.set()
        await self._watch
        await asyncio.to_thread(machine.close_queues)
        await machine.hops.close(self._pace.grace)
        await asyncio.to_thread(machine.shut)

    def enqueue(self, session: Session, job: Job) -> None:
        """Begin work in the session's transaction: what `Store.attach` wants.

        Work of an id that is known is not begun again. Raises DurableError.
        """
        lane = self._lanes.get(job.queue or COMMON.name)
        if lane is None or job.name not in self._flows:
            raise DurableError(f"{job.name} on {job.queue}: such a flow or queue is not registered")
        if lane.is_partitioned != (job.partition is not None):
            raise DurableError(f"{job.name}: {lane.name} takes a partition if it keeps an order")
        self._running.client.enqueue_in_transaction(session, options(job, lane), *job.args)

    async def cancel(self, job_id: str) -> None:
        """Work that has not ended does no further step."""
        await asyncio.to_thread(self._running.client.cancel_workflow, job_id)

    async def postpone(self, job_id: str, seconds: float) -> None:
        """Work that waits for its delay waits that long from now."""
        client = self._running.client
        await asyncio.to_thread(client.set_workflow_delay, job_id, delay_seconds=seconds)

    async def outcome(self, job_id: str) -> Outcome | None:
        """How a piece of work stands; None where there is none of that id."""
        return await asyncio.to_thread(self._running.outcome, job_id)

    async def forget_finished(self, older_than: timedelta) -> int:
        """Take away the records of work that ended before that; how many. Done every night."""
        before = datetime.now(UTC) - older_than
        return await asyncio.to_thread(self._running.forget_finished, before)

    async def rescue(self) -> list[int]:
        """Take over the work of slots that are empty for the second time; which ones."""
        return await asyncio.to_thread(self._running.rescue)

    @property
    def slot(self) -> int:
        """This process's number among the replicas. Raises DurableError before the start."""
        return self._running.slot

    @property
    def _running(self) -> Machine:
        if self._machine is None:
            raise DurableError("the durable engine has not been started")
        return self._machine

    def _before_start(self, what: str) -> None:
        if self._machine is not None:
            raise DurableError(f"{what}: the durable engine runs already")

    async def _forget(self, run: Run) -> Plain:
        async def forget() -> Plain:
            return await self.forget_finished(self._keep)

        return await run.step("forget", forget)

    async def _look_around(self, machine: Machine) -> None:
        """Not cancelled at the stop: what a thread has begun it ends before the engine goes."""
        while not await self._is_stopping_within(self._pace.rescue):
            try:
                await asyncio.to_thread(machine.look_around)
            except Exception:
                log.exception("looking for orphaned work failed; it is tried again")

    async def _is_stopping_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True
