"""Logs: one format, nothing personal."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs
from bot.logs import STRUCK, is_personal, strike


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    """Leave the logging of the other tests as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("key", ["text", "Email", "phone", "prospect_email", "body", "password"])
def test_personal_keys(key: str) -> None:
    assert is_personal(key)


@pytest.mark.parametrize("key", ["conversation_id", "delivery_id", "context", "event", "reference"])
def test_ids_are_not_personal(key: str) -> None:
    assert not is_personal(key)


def test_values_are_struck_at_any_depth() -> None:
    line = {
        "event": "x",
        "text": "hello",
        "email": None,
        "data": {"phone": "1", "ids": [1, {"name": "Li"}]},
    }
    assert strike(None, "info", line) == {
        "event": "x",
        "text": STRUCK,
        "email": None,
        "data": {"phone": STRUCK, "ids": [1, {"name": STRUCK}]},
    }


def test_json_lines_of_ours_and_of_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json", "INFO")
    structlog.get_logger("ours").info("one", conversation_id="c1", text="secret")
    logging.getLogger("theirs").warning("two %s", 2, extra={"phone": "secret"})
    structlog.get_logger("ours").debug("three")
    ours, theirs = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (ours["event"], ours["conversation_id"], ours["text"]) == ("one", "c1", STRUCK)
    assert (theirs["event"], theirs["phone"], theirs["level"]) == ("two 2", STRUCK, "warning")


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_tracebacks_hold_no_local_variables(
    capsys: pytest.CaptureFixture[str], log_format: str
) -> None:
    logs.set_up(log_format)
    written_by_prospect = "the secret"
    try:
        raise RuntimeError(len(written_by_prospect))
    except RuntimeError:
        structlog.get_logger("ours").exception("failed")
    printed = capsys.readouterr().err
    assert "RuntimeError" in printed
    assert written_by_prospect not in printed


def test_noisy_libraries_are_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("console", "DEBUG")
    logging.getLogger("httpx").info("GET https://api.telegram.org/bot123:secret/getMe")
    assert "secret" not in capsys.readouterr().err
