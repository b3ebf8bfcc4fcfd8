"""The page of the search: a plain form, so it works without scripts, and a page can be kept as an address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from bot.desk.gate import me, needs
from bot.desk.lead_views import LeadView
from bot.desk.pages import HOME, Pages
from bot.desk.permissions import Permission, may
from bot.searching import Search
from bot.store.work import Store


class SearchPage:
    """What was found in conversations and leads."""

    def __init__(self, store: Store, pages: Pages, clock: Callable[[], datetime]) -> None:
        self._search = Search(store, clock)
        self._pages = pages
        self._clock = clock

    def add_to(self, router: APIRouter) -> None:
        """Put the page on a router."""
        look = [needs(Permission.LOOK)]
        router.add_api_route("/search", self.show, methods=["GET"], dependencies=look)

    async def show(self, request: Request) -> Response:
        """What has all the words of the search."""
        said = request.query_params
        number = said.get("page", "")
        page = int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else 1
        clear = may(me(request).role, Permission.SEE_PERSONAL)
        found = await self._search.results(said.get("q", ""), page=page, clear=clear)
        return self._pages.show(
            request,
            "search.html",
            self._clock(),
            found=found,
            leads=[LeadView(lead, ()) for lead in found.leads],
            at=lambda page: f"{HOME}/search?{urlencode({'q': found.asked, 'page': page})}",
        )
