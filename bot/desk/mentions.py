"""Where colleagues have named one in their notes: the page that lists them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response

from bot.desk.gate import me, needs
from bot.desk.pages import Pages
from bot.desk.permissions import Permission
from bot.queue import title_of
from bot.store import conversations, mentions
from bot.store.mentions import Mention
from bot.store.work import Store, Work


class Mentions:
    """The page."""

    def __init__(self, store: Store, pages: Pages, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._pages = pages
        self._clock = clock

    def add_to(self, router: APIRouter) -> None:
        """Put the page on a router."""
        look = [needs(Permission.LOOK)]
        router.add_api_route("/mentions", self.show, methods=["GET"], dependencies=look)

    async def show(self, request: Request) -> Response:
        """Where I was named, what I have not seen first."""
        staff_id = me(request).id

        def work_on(work: Work) -> list[tuple[Mention, str]]:
            return [(one, _title(work, one)) for one in mentions.latest(work, staff_id)]

        found = await self._store.read(work_on)
        return self._pages.show(request, "mentions.html", self._clock(), mentions=found)


def _title(work: Work, mention: Mention) -> str:
    return title_of(conversations.get(work, mention.conversation_id))
