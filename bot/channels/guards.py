"""What stands before every page and every API: whose request it is, how large, and what a page may load.

`protect(app, settings)` puts all of it on an app. Plain ASGI, so that streams pass through untouched.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.faults import API, fault
from bot.channels.limits import BODY_BYTES
from bot.channels.texts import preferred, word
from bot.settings import Settings

FILES = f"{API}chat/files"
"""Takes large bodies and counts them itself."""
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
"""Nothing inline, nothing from third parties."""

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    # Not `no-referrer`: with it browsers send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def protect(app: FastAPI, settings: Settings) -> None:
    """Put every guard on an app; the one added last stands outermost."""
    app.add_middleware(BodyLimit, prefix=API, size=BODY_BYTES, besides=frozenset({FILES}))
    app.add_middleware(SameOrigin, ours=own_origins(settings))
    app.add_middleware(SecurityHeaders)


def own_origins(settings: Settings) -> frozenset[str]:
    """Origins that are ours besides the host a request names."""
    if settings.public_url is None:
        return frozenset()
    parts = urlsplit(settings.public_url)
    return frozenset({f"{parts.scheme}://{parts.netloc}".lower()})


def is_ours(headers: Headers, ours: Iterable[str] = ()) -> bool:
    """Whether a write comes from our own pages, or from no page at all.

    Browsers say so by Sec-Fetch-Site, older ones and those without TLS by Origin. Where neither
    is there it was no browser, and so nobody's cookies were borrowed.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return True
    # Only hosts are compared: behind a proxy that ends TLS we do not see the scheme.
    host = headers.get("host", "").lower()
    return origin.lower() in ours or (bool(host) and urlsplit(origin.lower()).netloc == host)


class SameOrigin:
    """Refuses writes that another site makes with a visitor's cookies."""

    def __init__(self, app: ASGIApp, ours: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._ours = ours

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let our own writes through, and every reading."""
        write = scope["type"] == "http" and scope["method"] in WRITES
        if write and not is_ours(Headers(scope=scope), self._ours):
            await refusal(scope, 403, "foreign_origin")(scope, receive, send)
            return
        await self._app(scope, receive, send)


class BodyLimit:
    """Refuses bodies that are too large, in the API's one shape, which FastAPI's own limit lacks."""

    def __init__(
        self, app: ASGIApp, prefix: str, size: int, besides: frozenset[str] = frozenset()
    ) -> None:
        self._app = app
        self._besides = besides
        self._prefix = prefix
        self._size = size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what is small enough."""
        if scope["type"] != "http" or not self._is_limited(scope["path"]):
            await self._app(scope, receive, send)
        elif _declared(scope) > self._size:
            await refusal(scope, 413, "too_large")(scope, receive, send)
        else:
            await self._app(scope, self._counting(receive), send)

    def _is_limited(self, path: str) -> bool:
        return path.startswith(self._prefix) and path not in self._besides

    def _counting(self, receive: Receive) -> Receive:
        """The body as it comes in, which may be longer than was said, or not said at all."""
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._size:
                raise HTTPException(413)
            return message

        return counted


class SecurityHeaders:
    """Adds the headers every answer carries, unless the answer has set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self._app(scope, receive, with_headers)


def add_headers(headers: MutableHeaders, path: str) -> None:
    """Fill in the headers that are not there; what the API says is not to be kept by anybody."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if path.startswith(API):
        headers.setdefault("Cache-Control", "no-store")


def refusal(scope: Scope, status: int, code: str) -> Response:
    """The answer to a request that does not get in: JSON for the API, a line of text elsewhere."""
    language = preferred(Headers(scope=scope).get("accept-language"))
    if scope["path"].startswith(API):
        return fault(status, code, language)
    return PlainTextResponse(word(f"errors.{code}", language), status_code=status)


def _declared(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isdecimal() else 0
