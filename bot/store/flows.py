"""What durable work is made of, said without the engine, so that it can be tested without it.

A flow only strings steps together. What it does between them is done again after a crash; a step
that has come back is not. A step cut off by a crash is done again, so it must bear that.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

Plain = str | int | float | bool | None
"""What may be kept of a step or passed to a flow: it is stored in the clear, so ids and words."""

Step = Callable[..., Awaitable[Plain]]
"""An async function; it runs on the application's own loop, where the store lives."""


class Run(Protocol):
    """What a flow is given: the only ways in which it may touch the world or wait."""

    @property
    def id(self) -> str:
        """The id of this piece of work."""

    async def step(self, name: str, step: Step, *args: Plain) -> Plain:
        """Do this once and remember what came back. A step must tell failure by what it returns."""

    async def sleep(self, seconds: float) -> None:
        """Wait; the end stays where it was even if the process dies meanwhile."""


Flow = Callable[..., Awaitable[Plain]]
"""`async def flow(run: Run, *ids)`; its order of steps must not change while work is under way."""


@dataclass(frozen=True)
class Lane:
    """A queue. With `in_order`, jobs of one partition go one at a time and in order."""

    name: str
    poll: float = 0.1
    """Seconds between two looks for work: the usual wait of a job, and the cost when idle."""
    at_once: int | None = None
    """How many jobs one process does at the same time."""
    in_order: bool = False
    per_second: float | None = None
    """How many jobs may begin in a second, all processes together."""
    per_second_each: float | None = None
    """The same for each partition."""

    @property
    def is_partitioned(self) -> bool:
        """Whether jobs on it say what their order, or their pace, is kept for."""
        return self.in_order or self.per_second_each is not None


COMMON = Lane("common", poll=0.25)
"""The queue for everything that needs no order. Unbounded: work that sleeps counts as at work."""


@dataclass(frozen=True)
class Clockwork:
    """A flow that is begun by the clock, once a tick for all processes together."""

    name: str
    cron: str
    """Five fields, or six beginning with seconds; in UTC."""
    flow: Flow


@dataclass(frozen=True)
class Pace:
    """How often the engine looks around, in seconds; tests are in a hurry."""

    listener: float = 1.0
    scheduler: float = 30.0
    rescue: float = 10.0
    """Between two looks for orphaned work; a slot must be empty at two in a row."""
    grace: float = 5.0
    """What a step that is under way gets at a stop."""


USUAL = Pace()


@dataclass(frozen=True)
class Outcome:
    """How a piece of work stands."""

    done: bool
    failed: bool
    result: Any = None
