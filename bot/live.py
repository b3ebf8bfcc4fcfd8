"""Tells open pages of this process that something changed; what changed they read from the store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

DESK = "desk"
"""The topic of the staff's list; every other topic is a conversation's id."""


class Live:
    """A bulletin board for one process. A watcher that is slow misses nothing but the repetitions."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[Watch]] = {}
        self._closing = False

    def publish(self, *topics: str) -> None:
        """Wake everybody who watches one of the topics."""
        for topic in topics:
            for watcher in self._watchers.get(topic, ()):
                watcher.wake(topic)

    @contextmanager
    def watch(self, *topics: str) -> Iterator[Watch]:
        """Watch some topics for as long as the block lasts."""
        watch = Watch(self)
        for topic in topics:
            self._watchers.setdefault(topic, set()).add(watch)
        try:
            yield watch
        finally:
            for topic in topics:
                self._watchers[topic].discard(watch)
                if not self._watchers[topic]:
                    del self._watchers[topic]

    @property
    def closing(self) -> bool:
        """Whether the process is about to stop, so that streams should end."""
        return self._closing

    def close(self) -> None:
        """End all watching, so that a server with open streams can stop in seconds."""
        self._closing = True
        self.publish(*self._watchers)


class Watch:
    """What `Live.watch` gives: `changes` yields whenever there may be something new, and at intervals."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._event = asyncio.Event()
        self._woken: set[str] = set()
        self.topics: frozenset[str] = frozenset()
        """The topics of the last change that was yielded."""

    def wake(self, topic: str) -> None:
        """There may be something new."""
        self._woken.add(topic)
        self._event.set()

    async def changes(self, interval: float) -> AsyncIterator[bool]:
        """Yield True on a change, False when `interval` seconds passed without; ends when closing."""
        while not self._live.closing:
            try:
                await asyncio.wait_for(self._event.wait(), interval)
            except TimeoutError:
                yield False
                continue
            self._event.clear()
            self.topics, self._woken = frozenset(self._woken), set()
            if not self._live.closing:
                yield True
