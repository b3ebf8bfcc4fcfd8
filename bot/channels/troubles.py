"""Errors that no route answers: an unknown address, a crash. JSON for the API, a small page for people."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from bot.channels.faults import API, answer_to, fault, language_of
from bot.channels.guards import add_headers
from bot.channels.page import ASSETS, PAGES
from bot.channels.texts import words

_ON_PAGES = {404: "not_found", 405: "method_not_allowed", 429: "too_many_papers"}


def install(app: FastAPI) -> None:
    """Answer them on this app."""
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_crash)


async def _on_http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if request.url.path.startswith(API):
        return answer_to(error, language_of(request))
    if 300 <= error.status_code < 400:
        return Response(status_code=error.status_code, headers=error.headers)
    code = _ON_PAGES.get(error.status_code, "invalid")
    page = error_page(request, error.status_code, code)
    page.headers.update(error.headers or {})
    return page


async def _on_crash(request: Request, _error: Exception) -> Response:
    """Starlette logs the error and sends this outside of all guards, so the headers are added here."""
    if request.url.path.startswith(API):
        response: Response = fault(500, "internal", language_of(request))
    else:
        response = error_page(request, 500, "internal")
    add_headers(response.headers, request.url.path)
    return response


def error_page(request: Request, status: int, code: str) -> HTMLResponse:
    """A page that says what is wrong and leads back."""
    language = language_of(request)
    html = PAGES.get_template("error.html").render(
        language=language, asset=ASSETS.url, words=words("errors", language), code=code
    )
    return HTMLResponse(html, status_code=status)
