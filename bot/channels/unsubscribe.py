"""The page at the link of every reminder: its one button stops them.

Reading it stops nothing, for mail scanners follow links.
"""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from bot.channels.page import ASSETS, PAGES
from bot.channels.texts import words
from bot.clock import Clock, utc_now
from bot.reminders import registry
from bot.reminders.mail import STOP_PATH
from bot.reminders.model import Link
from bot.store.work import Store, Work

PATH = STOP_PATH + "{token}"
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


def routes(store: Store, clock: Clock = utc_now) -> APIRouter:
    """`/reminders/stop/<token>`: the page, and the POST of its button or of a mail program (RFC 8058)."""
    router = APIRouter(include_in_schema=False)

    async def show(token: str) -> HTMLResponse:
        return _page(await store.read(lambda work: registry.linked(work, token)))

    async def stop(token: str) -> HTMLResponse:
        def work_on(work: Work) -> Link | None:
            link = registry.linked(work, token)
            if link is not None:
                registry.stop(work, link.conversation_id, by="link", now=clock())
            return registry.linked(work, token)

        return _page(await store.run(work_on))

    router.add_api_route(PATH, show, methods=["GET", "HEAD"])
    router.add_api_route(PATH, stop, methods=["POST"])
    return router


def _page(link: Link | None) -> HTMLResponse:
    """What the link leads to, without a word of who or what: it may be in others' hands. Raises HTTPException."""
    if link is None:
        raise HTTPException(404)
    html = PAGES.get_template("stop.html").render(
        language=link.language,
        asset=ASSETS.url,
        words=words("reminders", link.language),
        waiting=link.waiting,
    )
    return HTMLResponse(html, headers=HEADERS)
