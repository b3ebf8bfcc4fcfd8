"""Times a thing done many times, and says it in one line."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class Laps:
    """The durations of one thing, in seconds."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    @contextmanager
    def lap(self) -> Iterator[None]:
        """Time the block."""
        begun = time.perf_counter()
        yield
        self.seconds.append(time.perf_counter() - begun)

    def line(self, what: str) -> str:
        """`what: n=..., median, the slowest twentieth, so many a second`."""
        median, slow = spread(self.seconds)
        rate = len(self.seconds) / sum(self.seconds)
        return (
            f"{what}: n={len(self.seconds)}  median {median * 1000:.1f} ms  "
            f"p95 {slow * 1000:.1f} ms  {rate:.3g}/s"
        )


def spread(seconds: Iterable[float]) -> tuple[float, float]:
    """The median, and what only one in twenty exceeds."""
    kept = list(seconds)
    return statistics.median(kept), ordered(kept, 0.95)


def ordered(seconds: Iterable[float], share: float) -> float:
    """What that share of them does not exceed."""
    found = sorted(seconds)
    return found[min(len(found) - 1, int(len(found) * share))]
