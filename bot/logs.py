"""Logs: one format for our lines and the libraries', ids only, personal data struck out."""

from __future__ import annotations

import logging
import logging.config
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

STRUCK = "[struck]"

PERSONAL = frozenset(
    {
        *("text", "body", "message", "query", "answers", "state"),
        *("name", "first_name", "last_name", "username", "company"),
        *("email", "mail", "phone", "address"),
        *("password", "token", "secret", "key", "cookie", "authorization"),
    }
)
"""Keys whose values never reach a log, whoever passes them. Ids have names of their own."""

NOISY = ("httpx", "httpcore", "aiogram.event", "mail.log", "alembic")
"""Libraries that log addresses, tokens in addresses, or a line for each request."""


def strike(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace personal values, at any depth, by a mark."""
    for key, value in event.items():
        event[key] = _struck(key, value)
    return event


def _struck(key: str, value: Any) -> Any:
    if is_personal(key) and value is not None:
        return STRUCK
    if isinstance(value, dict):
        return {inner: _struck(str(inner), item) for inner, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_struck("", item) for item in value]
    return value


def is_personal(key: str) -> bool:
    """Whether values of this key are struck out: `email`, and `prospect_email` as well."""
    lower = key.lower()
    return lower in PERSONAL or any(lower.endswith(f"_{part}") for part in PERSONAL)


def set_up(log_format: str = "console", log_level: str = "INFO") -> None:
    """Send every line, ours and the libraries', to standard error as `console` or as `json`."""
    shared = shared_steps()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(_config(log_format, log_level, shared))


def shared_steps() -> list[Any]:
    """What happens to a line before it is rendered."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        strike,
    ]


def _config(log_format: str, log_level: str, shared: list[Any]) -> dict[str, Any]:
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *_rendering(log_format),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": log_level},
        "loggers": {name: {"level": "WARNING"} for name in NOISY},
    }


def _rendering(log_format: str) -> list[Any]:
    # Local variables stay out of tracebacks: they hold what prospects wrote.
    if log_format == "json":
        frames = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        return [
            structlog.processors.ExceptionRenderer(frames),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
