"""From the durable engine's loop to the application's and back, one step at a time."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.store.flows import Plain, Step

LOOK = 0.01


class Hops:
    """Steps on their way. It knows the application's loop; `run` is called on the engine's."""

    def __init__(self, home: asyncio.AbstractEventLoop) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._under_way = 0
        self._closed = False

    async def run(self, step: Step, *args: Plain) -> Plain:
        """Do the step at home; a cancelled caller cancels it there too."""

        async def there() -> Plain:
            return await step(*args)

        # In an empty context, so that a step does not seem to be part of the engine's own work.
        empty = contextvars.Context()
        return await asyncio.wrap_future(
            empty.run(asyncio.run_coroutine_threadsafe, there(), self._home)
        )

    @asynccontextmanager
    async def under_way(self) -> AsyncIterator[None]:
        """Around a step and the record of it; after `close` no further one gets in."""
        if not self._enter():
            await asyncio.Event().wait()  # Until the engine stops, which cancels us.
        try:
            yield
        finally:
            self._leave()

    async def close(self, grace: float) -> bool:
        """Let nothing more in and wait for what is under way; whether it all ended in time."""
        with self._lock:
            self._closed = True
        end = time.monotonic() + grace
        while self._under_way and time.monotonic() < end:  # noqa: ASYNC110 - of two loops
            await asyncio.sleep(LOOK)
        return not self._under_way

    def _enter(self) -> bool:
        with self._lock:
            self._under_way += not self._closed
            return not self._closed

    def _leave(self) -> None:
        with self._lock:
            self._under_way -= 1
