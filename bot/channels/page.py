"""The chat page itself: one HTML document, its words in both languages, its static files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.assets import Assets
from bot.channels.limits import CHANNELS
from bot.channels.texts import as_language, preferred, words
from bot.files.kinds import KINDS
from bot.intake.kinds.files import MOST_FILES
from bot.settings import Settings
from knowledge.model import LANGUAGES, Language

HERE = Path(__file__).parent
STATIC = "static"
ASSETS = Assets(HERE / "static", STATIC)
"""Also the console's: `base.css` is the one visual language of both."""

PAGES = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
)


def routes(settings: Settings) -> APIRouter:
    """The page at `/`."""
    router = APIRouter(include_in_schema=False)
    agency, megabytes = settings.agency_name, settings.file_mb

    async def page(request: Request) -> HTMLResponse:
        wished = as_language(request.query_params.get("lang"))
        language = wished or preferred(request.headers.get("accept-language"))
        html = chat_page(language, agency, chosen=wished is not None, megabytes=megabytes)
        return HTMLResponse(html, headers=PAGE_HEADERS)

    router.add_api_route("/", page, methods=["GET", "HEAD"])
    return router


ACCEPTED = ",".join(
    each for kind in KINDS.values() for each in (kind.media_type, *(f".{e}" for e in kind.endings))
)
"""What a browser offers first when files are chosen; what is taken the server says."""

PAGE_HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}


def chat_page(language: Language, agency: str, *, chosen: bool, megabytes: int) -> str:
    """The document. `chosen`: the visitor asked for this language, so the page does not leave it.

    `megabytes`: the size of the largest file that is taken.
    """
    return PAGES.get_template("chat.html").render(
        language=language,
        chosen=chosen,
        agency=agency,
        asset=ASSETS.url,
        other="zh" if language == "en" else "en",
        words={key: _filled(text, agency) for key, text in words("page", language).items()},
        data=page_data(language, agency, chosen=chosen, megabytes=megabytes),
    )


def page_data(language: Language, agency: str, *, chosen: bool, megabytes: int) -> dict[str, Any]:
    """What the page's script needs to know."""
    return {
        "language": language,
        "chosen": chosen,
        "agency": agency,
        "limit": CHANNELS["web"].text,
        "files": {"megabytes": megabytes, "most": MOST_FILES, "accept": ACCEPTED},
        "words": {each: dict(words("page", each)) for each in LANGUAGES},
    }


def _filled(text: str, agency: str) -> str:
    return text.replace("{agency}", agency)
