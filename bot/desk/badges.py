"""What the menu counts beside its places, read once for every page that is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from bot.conversation.scene import BEIJING
from bot.leads import board
from bot.store import mentions
from bot.store.work import Store, Work


@dataclass(frozen=True)
class Badge:
    """A count, and what is counted."""

    count: int
    told: str


NONE: Mapping[str, Badge] = {}


class Badges:
    """`noted` is a dependency of the pages behind the door."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def noted(self, request: Request) -> None:
        """Count what calls, where a page may be shown."""
        staff_id, today = request.state.staff.id, self._clock().astimezone(BEIJING).date()

        def work_on(work: Work) -> Mapping[str, Badge]:
            counted = {
                "leads": Badge(board.overdue(work, today), "overdue"),
                "mentions": Badge(mentions.unseen(work, staff_id), "not seen"),
            }
            return {place: badge for place, badge in counted.items() if badge.count}

        request.state.badges = await self._store.read(work_on)


def of(request: Request) -> Mapping[str, Badge]:
    """What was counted for this page."""
    found: Mapping[str, Badge] = getattr(request.state, "badges", NONE)
    return found
