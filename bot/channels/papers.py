"""Pictures of procedures and checklists to print, at addresses of their own: public, made once a day and kept."""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from bot.channels.faults import ApiError
from bot.channels.gate import address, admit
from bot.channels.limits import PAPERS
from bot.channels.page import ASSETS, HERE
from bot.channels.rates import Windows
from bot.conversation.scene import today
from bot.papers import checklist, picture
from bot.papers.checklist import Wanted
from bot.papers.picture import Form, Theme
from bot.papers.typesetting import can_set
from bot.settings import Settings
from knowledge import procedures
from knowledge.documents import Holder, Right
from knowledge.errors import (
    AmountError,
    CalendarRangeError,
    NotInForceError,
    UnknownProcedureError,
)
from knowledge.library import Library, china
from knowledge.model import Language
from knowledge.procedures import Procedure
from knowledge.walkthrough import Walkthrough

TYPES: Mapping[str, str] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
PaperForm = Literal["pdf", "html"]
STYLE = "paper.css"
KEPT = 48
"""About 35 MB of pictures at most: a long one is 0.7 MB."""
KEEP = {"Cache-Control": "public, max-age=3600"}
"""A day's paper is right for the day; an hour's lag after midnight harms nobody, for it says of which day it is."""

Clock = Callable[[], date]


class Kept:
    """What was made lately; one is made at a time, so that many who ask at once cost one thread and one processor."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._turn = asyncio.Lock()
        self._made: OrderedDict[tuple[Any, ...], bytes] = OrderedDict()

    async def get(self, key: tuple[Any, ...], make: Callable[[], bytes]) -> bytes:
        """The bytes under a key, made now if they are not there. Raises what `make` raises."""
        if key not in self._made:
            async with self._turn:
                if key not in self._made:
                    self._keep(key, await run_in_threadpool(make))
        self._made.move_to_end(key)
        return self._made[key]

    def _keep(self, key: tuple[Any, ...], made: bytes) -> None:
        self._made[key] = made
        while len(self._made) > self._most:
            self._made.popitem(last=False)


NOT_THERE = (UnknownProcedureError, AmountError, CalendarRangeError, NotInForceError)
"""What an address can ask for that there is not; anything else that goes wrong is ours, and is logged."""


class PaperRoute(APIRoute):
    """A route for people: whatever is wrong with the address, there is nothing at it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's handler with its errors turned into those that a page is shown for."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except (RequestValidationError, *NOT_THERE):
                raise HTTPException(404) from None
            except ApiError as error:
                wait = {"Retry-After": str(math.ceil(error.retry_after or 1))}
                raise HTTPException(error.status, headers=wait) from None

        return answer


def routes(settings: Settings, clock: Clock = today) -> APIRouter:
    """`/pictures/...` and `/papers/...`."""
    router = APIRouter(include_in_schema=False, route_class=PaperRoute)
    kept, asked = Kept(), Windows(PAPERS)

    async def drawn(
        request: Request, procedure: str, language: Language, theme: Theme, form: Form
    ) -> Response:
        admit(asked, address(request))
        if not can_set(language):
            raise HTTPException(404)
        wanted, on = procedures.procedure(procedure), clock()
        days = _days(request, wanted)

        def make() -> bytes:
            walk = Walkthrough(china(settings.cache_dir), wanted, language, on)
            return picture.draw(walk, days, agency=settings.agency_name, theme=theme, form=form)

        key = ("picture", procedure, language, theme, form, tuple(sorted(days.items())), on)
        return _sent(await kept.get(key, make), form)

    async def listed(
        request: Request,
        language: Language,
        right: Right,
        form: PaperForm,
        holder: Annotated[Holder | None, Query()] = None,
    ) -> Response:
        admit(asked, address(request))
        wanted = Wanted(right, holder, language, clock())
        if form == "pdf" and not can_set(language):
            return RedirectResponse(_as_page(request))

        def make() -> bytes:
            library = china(settings.cache_dir)
            if form == "pdf":
                return checklist.as_pdf(library, wanted, settings.agency_name)
            style = Markup('<link rel="stylesheet" href="{}">').format(ASSETS.url(STYLE))
            return checklist.as_html(library, wanted, settings.agency_name, style).encode()

        return _sent(await kept.get(("checklist", wanted, form), make), form)

    pictures = "/pictures/{procedure}/{language}/{theme}.{form}"
    router.add_api_route(pictures, drawn, methods=["GET", "HEAD"])
    lists = "/papers/checklist/{language}/{right}.{form}"
    router.add_api_route(lists, listed, methods=["GET", "HEAD"])
    return router


def standing_alone(library: Library, wanted: Wanted, agency: str) -> str:
    """The checklist as an HTML file that needs nothing else."""
    style = (HERE / "static" / STYLE).read_text(encoding="utf-8")
    return checklist.as_html(library, wanted, agency, Markup(f"<style>\n{style}</style>"))  # noqa: S704 - our own file


def _days(request: Request, procedure: Procedure) -> dict[str, date]:
    """The days of a procedure that the address names; what else stands in it is not for us.

    Raises HTTPException where one is no day.
    """
    named = {name: request.query_params.get(name) for name in procedure.days}
    try:
        return {name: date.fromisoformat(day) for name, day in named.items() if day}
    except ValueError:
        raise HTTPException(404) from None


def _as_page(request: Request) -> str:
    """The address of the same paper as a page: on this site, whatever host the request names."""
    page = request.url.path.removesuffix(".pdf") + ".html"
    return f"{page}?{request.url.query}" if request.url.query else page


def _sent(body: bytes, form: str) -> Response:
    return Response(body, media_type=TYPES[form], headers=KEEP)
