"""Our terms in the words of the durable engine (DBOS)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions, ScheduleInput
from sqlalchemy import Engine

from bot.store.flows import Clockwork, Lane, Pace
from bot.store.work import Job

NAME = "tidewaiter"
VERSION = "1"
"""Fixed: the engine's default is a hash of the code, and an upgrade would leave old work lying."""
THREADS = 16
"""Unbounded by default: 1,250 threads after 300 pieces of work (measured)."""


def executor(slot: int) -> str:
    """The name of a slot's work."""
    return f"slot-{slot}"


def slot_of(name: str | None) -> int | None:
    """The slot of that name; None where it is none of ours."""
    prefix, _, number = (name or "").partition("slot-")
    return int(number) if not prefix and number.isdigit() else None


def config(engine: Engine, slot: int, pace: Pace) -> DBOSConfig:
    """All that must be set; each default it replaces was a trap."""
    return DBOSConfig(
        name=NAME,
        system_database_engine=engine,
        system_database_url=engine.url.render_as_string(hide_password=False),
        application_version=VERSION,
        executor_id=executor(slot),
        max_executor_threads=THREADS,
        # The default is pickle: unreadable, and code execution for whoever can write the table.
        serializer=DBOSPortableJSONSerializer(),
        log_level="WARNING",
        notification_listener_polling_interval_sec=pace.listener,
        scheduler_polling_interval_sec=pace.scheduler,
    )


def register(lane: Lane) -> None:
    """Make a queue, or make it as it is now."""
    DBOS.register_queue(
        lane.name,
        polling_interval_sec=lane.poll,
        worker_concurrency=lane.at_once,
        partition_concurrency=1 if lane.in_order else None,
        limiter=limit(lane.per_second),
        partition_limiter=limit(lane.per_second_each),
        on_conflict="always_update",
    )


def limit(per_second: float | None) -> Any:
    """At least one in a period, so that a slow rate becomes a long period."""
    if per_second is None:
        return None
    count = max(1, int(per_second))
    return {"limit": count, "period": count / per_second}


def tick_entry(clockwork: Clockwork, tick: Callable[..., Any]) -> ScheduleInput:
    """When a flow is begun by the clock."""
    return ScheduleInput(
        schedule_name=clockwork.name, workflow_fn=tick, schedule=clockwork.cron, context=None
    )


def apply(ticking: list[ScheduleInput]) -> None:
    """Ours as they are now; those of former versions go."""
    DBOS.apply_schedules(ticking)
    names = {entry["schedule_name"] for entry in ticking}
    for known in DBOS.list_schedules():
        if known["schedule_name"] not in names:
            DBOS.delete_schedule(known["schedule_name"])


def options(job: Job, lane: Lane) -> EnqueueOptions:
    """A job in the engine's words."""
    options = EnqueueOptions(
        workflow_name=job.name, queue_name=lane.name, workflow_id=job.id, app_version=VERSION
    )
    if job.partition is not None:
        options["queue_partition_key"] = job.partition
    if job.delay is not None:
        options["delay_seconds"] = job.delay
    return options
