"""The cookie that carries a session, and where it may travel: over TLS, or inside this machine."""

from __future__ import annotations

import ipaddress

from fastapi import Request, Response

from bot.desk.accounts import LONGEST
from bot.desk.errors import InsecureAddressError
from bot.settings import Settings

SECURE = "__Host-tidewaiter_staff"
"""Browsers keep a cookie of this prefix only from https, for this host alone, for all paths."""
PLAIN = "tidewaiter_staff"


def name(request: Request, settings: Settings) -> str:
    """The cookie's name here. Raises InsecureAddressError where it would travel in the clear."""
    if settings.secure_cookies or request.url.scheme == "https":
        return SECURE
    if is_loopback(request.url.hostname or ""):
        return PLAIN
    raise InsecureAddressError("the desk was asked for over plain http from another machine")


def insist_on_safety(request: Request, settings: Settings) -> None:
    """Before anybody types a password. Raises InsecureAddressError."""
    name(request, settings)


def token(request: Request, settings: Settings) -> str | None:
    """The session's token, if the browser sent one. Raises InsecureAddressError."""
    return request.cookies.get(name(request, settings))


def give(response: Response, request: Request, settings: Settings, token: str) -> None:
    """Have the browser keep a token. When it ends is decided here, not by the browser."""
    called = name(request, settings)
    response.set_cookie(
        called,
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=called == SECURE,
        httponly=True,
        samesite="lax",
    )


def take(response: Response, request: Request, settings: Settings) -> None:
    """Have the browser forget it."""
    called = name(request, settings)
    response.delete_cookie(called, path="/", secure=called == SECURE, httponly=True, samesite="lax")


def is_loopback(host: str) -> bool:
    """Whether a request to this host has not left the machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
