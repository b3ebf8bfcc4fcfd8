"""A rate limit in memory: a moving window for each key, per process.

Enough behind a balancer, where each process counts for itself. Promises to platforms about how fast
we send are kept elsewhere, by durable queues.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

from bot.channels.limits import Rate

KEYS = 20_000
"""Keys remembered at once; those unused for longest are forgotten first."""


class Windows:
    """Counts what each key did lately."""

    def __init__(
        self, rate: Rate, *, clock: Callable[[], float] = time.monotonic, keys: int = KEYS
    ) -> None:
        self._rate = rate
        self._clock = clock
        self._keys = keys
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """0 where the key may go on, and that is counted; else the seconds until it may."""
        now = self._clock()
        times = self._recent(key, now)
        if len(times) >= self._rate.times:
            return times[0] + self._rate.seconds - now
        times.append(now)
        return 0.0

    def _recent(self, key: str, now: float) -> deque[float]:
        times = self._times.setdefault(key, deque())
        self._times.move_to_end(key)
        while times and times[0] <= now - self._rate.seconds:
            times.popleft()
        if len(self._times) > self._keys:
            self._times.popitem(last=False)
        return times
