"""The page of rules at `/rules`: public, made once a Beijing day and language, and kept for that day."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock

from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from bot.channels import book as pages
from bot.channels.page import ASSETS
from bot.channels.texts import as_language, preferred
from bot.conversation.scene import today
from bot.settings import Settings
from knowledge.book import bind
from knowledge.library import Library, china
from knowledge.model import LANGUAGES, Language

PATH = "/rules"
HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept-Language, Accept-Encoding"}

Clock = Callable[[], date]


@dataclass(frozen=True)
class Copy:
    """A page ready to be sent."""

    body: bytes
    packed: bytes
    etag: str

    @classmethod
    def of(cls, html: str) -> Copy:
        """A page's text, packed and named after its content; the same name for both forms, so a weak one."""
        body = html.encode()
        name = hashlib.sha256(body).hexdigest()[:32]
        return cls(body, gzip.compress(body, mtime=0), f'W/"{name}"')


class Shelf:
    """The pages of one day; of those who ask at once the first makes the page and the others wait."""

    def __init__(self, library: Callable[[], Library], clock: Clock) -> None:
        self._library = library
        self._clock = clock
        self._lock = Lock()
        self._copies: dict[tuple[date, Language], Copy] = {}

    def copy(self, language: Language) -> Copy:
        """Today's page, which opens in that language. Raises DataFileError."""
        key = (self._clock(), language)
        with self._lock:
            if key not in self._copies:
                same_day = {kept: self._copies[kept] for kept in self._copies if kept[0] == key[0]}
                self._copies = same_day
                self._copies[key] = Copy.of(served(self._library(), *key))
            return self._copies[key]


def served(library: Library, on: date, language: Language) -> str:
    """The document as our server shows it: styles and script lie beside it."""
    lines = [f'<link rel="icon" href="{ASSETS.url("mark.svg")}" type="image/svg+xml">']
    lines += [f'<link rel="stylesheet" href="{ASSETS.url(name)}">' for name in pages.STYLES]
    lines += [f'<link rel="alternate" hreflang="{each}" href="?lang={each}">' for each in LANGUAGES]
    lines += [f'<script type="module" src="{ASSETS.url(pages.SCRIPT)}"></script>']
    head = Markup("\n".join(lines))  # noqa: S704 - our own addresses
    return pages.page(library, bind(library, on), language, head, chat=f"/?lang={language}")


def routes(settings: Settings, clock: Clock = today) -> APIRouter:
    """The page at `/rules`."""
    router = APIRouter(include_in_schema=False)
    shelf = Shelf(lambda: china(settings.cache_dir), clock)

    async def rules(request: Request) -> Response:
        wished = as_language(request.query_params.get("lang"))
        language = wished or preferred(request.headers.get("accept-language"))
        return answer(request, await run_in_threadpool(shelf.copy, language))

    router.add_api_route(PATH, rules, methods=["GET", "HEAD"])
    return router


def answer(request: Request, copy: Copy) -> Response:
    """The page, packed if the browser unpacks, or that what it has is still right."""
    headers = {**HEADERS, "ETag": copy.etag}
    if _has(request.headers.get("if-none-match", ""), copy.etag):
        return Response(status_code=304, headers=headers)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(copy.packed if packed else copy.body, media_type="text/html", headers=headers)


def _has(named: str, etag: str) -> bool:
    """Whether a browser names the page among those it keeps; weak names are compared as strong ones."""
    tags = {tag.strip().removeprefix("W/") for tag in named.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags
