"""What goes wrong on the web, in one shape: `{"error": {"code", "message"}}`, with words for people."""

from __future__ import annotations

import math
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from bot.channels.limits import CHANNELS
from bot.channels.texts import preferred, word
from bot.errors import ConversationNotFoundError, FileNotKeptError, TidewaiterError
from intents.answer import Frozen
from knowledge.model import Language

log = structlog.get_logger(__name__)

API = "/api/"
"""Below this path every error has the one shape."""

_BY_STATUS = {
    401: "open_first",
    403: "foreign_origin",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    429: "too_many",
    503: "unavailable",
}


class Fault(Frozen):
    """What went wrong."""

    code: str
    """For programs; it does not change with the language."""
    message: str
    """For people, in the language the request prefers."""


class FaultBody(Frozen):
    """Every error of the API looks like this."""

    error: Fault


class ApiError(TidewaiterError):
    """The API refuses. `code` names a text under `errors` in texts/."""

    def __init__(
        self, status: int, code: str, *, retry_after: float | None = None, **values: int
    ) -> None:
        super().__init__(code)
        self.values = values
        """What its text fills in."""
        self.status = status
        self.code = code
        self.retry_after = retry_after


class ApiRoute(APIRoute):
    """A route whose errors all have the one shape, wherever it is mounted."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's handler with its errors answered."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except (TidewaiterError, RequestValidationError, HTTPException) as error:
                return answer_to(error, language_of(request))

        return answer


def language_of(request: Request) -> Language:
    """The language a request prefers."""
    return preferred(request.headers.get("accept-language"))


def answer_to(error: Exception, language: Language) -> JSONResponse:
    """The answer to a request that failed."""
    match error:
        case ApiError():
            wait = error.retry_after
            return fault(error.status, error.code, language, retry_after=wait, **error.values)
        case FileNotKeptError():
            return fault(404, "file_gone", language)
        case ConversationNotFoundError():
            return fault(401, "open_first", language)
        case RequestValidationError():
            return fault(422, _invalid(error), language)
        case HTTPException():
            return fault(error.status_code, _BY_STATUS.get(error.status_code, "invalid"), language)
        case _:
            log.error("a request failed", error=type(error).__name__, exc_info=error)
            return fault(503, "unavailable", language)


def fault(
    status: int,
    code: str,
    language: Language,
    *,
    retry_after: float | None = None,
    **values: int,
) -> JSONResponse:
    """An error in the one shape."""
    seconds = max(1, math.ceil(retry_after or 0))
    values = {"seconds": seconds, "limit": CHANNELS["web"].text, **values}
    text = word(f"errors.{code}", language, **values)
    body = FaultBody(error=Fault(code=code, message=text))
    headers = {"Retry-After": str(seconds)} if retry_after is not None else None
    return JSONResponse(body.model_dump(), status_code=status, headers=headers)


def _invalid(error: RequestValidationError) -> str:
    """Too long, empty or otherwise not readable."""
    kinds = {fault["type"] for fault in error.errors() if fault["loc"][-1:] == ("text",)}
    if "string_too_long" in kinds:
        return "too_long"
    return "empty" if kinds & {"string_too_short", "string_pattern_mismatch"} else "invalid"
