"""Takes away what has been kept long enough: at the start, and every night for all processes together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bot.conversation.scene import today
from bot.files.shelf import Shelf
from bot.store import drafts, review
from bot.store.durable import NIGHTLY
from bot.store.flows import Clockwork, Plain, Run
from bot.store.work import Store

NAME = "forget_review_lines"


class Retention:
    """Forgets lines for review last kept, and drafts made, more than so many days ago, and uploads never sent."""

    def __init__(
        self, store: Store, days: int, clock: Callable[[], date] = today, *, file_days: int = 3
    ) -> None:
        self._store = store
        self._shelf = Shelf(store)
        self._days = timedelta(days=days)
        self._file_days = file_days
        self._clock = clock

    async def forget(self) -> int:
        """How many were forgotten."""
        before = self._clock() - self._days
        lines = await self._store.run(
            lambda work: review.forget(work, before=before) + drafts.forget(work, before=before)
        )
        return lines + await self._shelf.forget_unsent(self._file_days)

    async def _flow(self, run: Run) -> Plain:
        return await run.step("forget", self.forget)

    @property
    def clockwork(self) -> Clockwork:
        """The same as work that the durable engine begins every night."""
        return Clockwork(NAME, NIGHTLY, self._flow)
