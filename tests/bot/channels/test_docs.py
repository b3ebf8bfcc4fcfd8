"""The page on the chat, held against the code: routes, error codes, rates, sizes."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from bot.channels import guards, limits, stream, visitors
from bot.channels.faults import _BY_STATUS
from bot.channels.limits import Rate
from bot.files import shelf
from bot.files.kinds import Refusal

TEXT = (Path(__file__).parents[3] / "docs" / "web.md").read_text(encoding="utf-8")


def test_every_route_is_in_the_table(app: FastAPI) -> None:
    told = set(re.findall(r"^\| `(GET|POST) (/api/chat/\w+)[^`]*` \|", TEXT, re.M))
    paths = app.openapi()["paths"]
    assert told == {(method.upper(), path) for path in paths for method in paths[path]}


def test_every_error_code_is_in_the_table() -> None:
    told = set(re.findall(r"`(\w+)`", TEXT.split("| status | code |")[1].split("\n\n")[0]))
    assert told >= {refusal.value for refusal in Refusal}
    assert told >= {shelf.TOO_LARGE, shelf.TOO_MANY, shelf.TOO_MUCH, shelf.FULL, "file_slow"}
    assert told >= set(_BY_STATUS.values()) | {"too_long", "empty", "invalid", "internal"}


@pytest.mark.parametrize(
    ("what", "rate", "words"),
    [
        ("messages of one visitor", limits.MESSAGES, "a minute"),
        ("messages from one address", limits.ADDRESS_MESSAGES, "a minute"),
        ("files of one visitor", limits.UPLOADS, "a minute"),
        ("readings and reconnections of one visitor", limits.READS, "a minute"),
        ("new visitors from one address", limits.OPENINGS, "in ten minutes"),
    ],
)
def test_every_rate_is_as_told(what: str, rate: Rate, words: str) -> None:
    assert f"| {what} | {rate.times} {words} |" in TEXT
    assert rate.seconds == {"a minute": 60, "in ten minutes": 600}[words]


def test_sizes_times_and_names_are_as_told() -> None:
    assert f"{limits.BODY_BYTES // 1024} KiB" in TEXT
    assert f"{limits.CHANNELS['web'].text} characters" in TEXT
    assert f"`__Host-{visitors.NAME}`" in TEXT
    assert stream.RETRY_MILLISECONDS == 1500
    assert stream.LOOK_SECONDS == 5
    assert f"`Referrer-Policy: {guards.HEADERS['Referrer-Policy']}`" in TEXT
