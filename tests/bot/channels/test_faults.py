"""Every failure becomes one shape, in the reader's words and without our reasons."""

import json

import pytest
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from bot.channels.faults import ApiError, answer_to, fault
from bot.errors import ConversationNotFoundError, StoreError


def too_long(*loc: str) -> RequestValidationError:
    return RequestValidationError([{"type": "string_too_long", "loc": loc, "msg": ""}])


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (ApiError(429, "too_many", retry_after=3), 429, "too_many"),
        (ConversationNotFoundError("no conversation 7"), 401, "open_first"),
        (StoreError("disk full"), 503, "unavailable"),
        (HTTPException(413), 413, "too_large"),
        (HTTPException(400), 400, "invalid"),
        (too_long("body", "text"), 422, "too_long"),
        (too_long("body", "choice"), 422, "invalid"),
        (RequestValidationError([]), 422, "invalid"),
    ],
)
def test_what_a_failure_becomes(error: Exception, status: int, code: str) -> None:
    response = answer_to(error, "en")
    body = json.loads(bytes(response.body))
    assert (response.status_code, body["error"]["code"]) == (status, code)
    assert "7" not in body["error"]["message"]
    assert "disk" not in body["error"]["message"]


@pytest.mark.parametrize(("wait", "told"), [(0.2, "1"), (1.0, "1"), (7.1, "8")])
def test_the_wait_is_whole_seconds_and_never_none(wait: float, told: str) -> None:
    response = fault(429, "too_many", "en", retry_after=wait)
    assert response.headers["retry-after"] == told
    assert f"wait {told} seconds" in json.loads(bytes(response.body))["error"]["message"]


def test_where_there_is_nothing_to_wait_for_no_time_is_told() -> None:
    assert "retry-after" not in fault(404, "not_found", "en").headers
