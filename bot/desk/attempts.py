"""Guessing is slowed down: sign-ins that fail are counted, for each login and for each address.

The counts lie in the database, so they survive a restart and hold on all replicas. Logins and
addresses are kept as hashes only, and no longer than the window.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.desk.errors import TooManyAttemptsError
from bot.store import attempts
from bot.store.work import Store, Work

WINDOW = timedelta(minutes=15)
PER_LOGIN = 5
PER_ADDRESS = 20
"""More than for a login: an office may sit behind one address."""


class Attempts:
    """Counts an attempt before the password is looked at, so that many at once count as many."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        # Counting and adding must not interleave. Each replica has a lock of its own, so `n`
        # replicas may let `n` guesses more through; that is little enough.
        self._one_by_one = asyncio.Lock()

    async def begin(self, login: str, address: str) -> None:
        """Count one more attempt. Raises TooManyAttemptsError, and then does not count it."""
        now = self._clock()

        def work_on(work: Work) -> bool:
            attempts.sweep(work, before=now - WINDOW)
            if _too_many(work, login, address, now):
                return False
            for label in _labels(login, address):
                attempts.record(work, label, now=now)
            return True

        async with self._one_by_one:
            allowed = await self._store.run(work_on)
        if not allowed:
            raise TooManyAttemptsError(WINDOW)

    async def forget(self, login: str, address: str | None = None) -> None:
        """They proved who they are: the counts begin anew."""

        def work_on(work: Work) -> None:
            for label in _labels(login, address):
                attempts.forget(work, label)

        await self._store.run(work_on)


def _too_many(work: Work, login: str, address: str, now: datetime) -> bool:
    limits = zip(_labels(login, address), (PER_LOGIN, PER_ADDRESS), strict=True)
    return any(attempts.count(work, label, since=now - WINDOW) >= limit for label, limit in limits)


def _labels(login: str, address: str | None) -> list[str]:
    """Two kinds in one table: the word in front keeps a login from passing for an address."""
    labels = [f"login {login.strip()}"]
    return labels if address is None else [*labels, f"address {address}"]
