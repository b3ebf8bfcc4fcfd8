"""Looks at conversations again when what was written there has waited long enough.

An alarm is a timer of this process. What a killed process has left is found in the store: at the start all of it, and
from then on, for other processes' sake, whatever should have been answered a while ago.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bot.clock import Clock, utc_now

log = structlog.get_logger(__name__)

LOOK_SECONDS = 15.0
"""Between two looks for what another process has left unanswered."""

Ring = Callable[[str], Awaitable[None]]
"""Answers what waits in a conversation, or sets its alarm anew."""


class Alarms:
    """One alarm a conversation; setting it again moves it. `start` it when there is something to ring."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._ringing: set[asyncio.Task[None]] = set()
        self._ring: Ring | None = None
        self._looking: asyncio.Task[None] | None = None

    def set(self, conversation_id: str, at: datetime) -> None:
        """Ring for this conversation then."""
        seconds = max(0.0, (at - self._clock()).total_seconds())
        loop = asyncio.get_running_loop()
        self._unset(conversation_id)
        self._timers[conversation_id] = loop.call_later(seconds, self._rung, conversation_id)

    async def start(
        self, ring: Ring, left: Callable[[], Awaitable[list[str]]], every: float = LOOK_SECONDS
    ) -> None:
        """Take up what was left, and go on looking for more."""
        self._ring = ring
        self._looking = asyncio.create_task(self._look(left, every))

    async def close(self) -> None:
        """Ring no more. What waits is found at the next start."""
        self._ring = None
        for conversation_id in list(self._timers):
            self._unset(conversation_id)
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        await asyncio.gather(*self._ringing, return_exceptions=True)

    def _unset(self, conversation_id: str) -> None:
        before = self._timers.pop(conversation_id, None)
        if before is not None:
            before.cancel()

    def _rung(self, conversation_id: str) -> None:
        self._timers.pop(conversation_id, None)
        task = asyncio.ensure_future(self._answer(conversation_id))
        self._ringing.add(task)
        task.add_done_callback(self._ringing.discard)

    async def _answer(self, conversation_id: str) -> None:
        if self._ring is None:
            return
        try:
            await self._ring(conversation_id)
        except Exception:
            # It is still in the store, and the next look finds it.
            log.exception("what waited could not be answered yet", conversation=conversation_id)

    async def _look(self, left: Callable[[], Awaitable[list[str]]], every: float) -> None:
        while True:
            try:
                found = await left()
            except Exception:
                log.exception("looking for what waits failed; it is tried again")
                found = []
            for conversation_id in found:
                if conversation_id not in self._timers:
                    await self._answer(conversation_id)
            await asyncio.sleep(every)
