"""One file out of a multipart body, as a page's form or `curl -F` sends it, counted while it comes in."""

from __future__ import annotations

import re
from typing import NamedTuple

from fastapi import Request
from starlette.requests import ClientDisconnect

from bot.channels.faults import ApiError
from bot.channels.limits import MULTIPART_BYTES

_BOUNDARY = re.compile(r'multipart/form-data\s*;.*?boundary="?([^\s";,]{1,70})"?', re.IGNORECASE)
_DISPOSITION = re.compile(rb"^content-disposition\s*:(.*)$", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(rb'\bfilename="((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_ESCAPED = {b"%22": b'"', b"%0D": b" ", b"%0A": b" ", b'\\"': b'"'}
"""As browsers and curl write these signs in a name."""
_HEAD_BYTES = 4096


class SentFile(NamedTuple):
    """What the part with a file name holds. The name is as it was sent: trust nothing of it."""

    name: str
    content: bytes


class _UnreadableError(Exception):
    """The body is not what its head says."""


async def one_file(request: Request, most: int) -> SentFile:
    """The first file of the body, of so many bytes at most. Raises ApiError."""
    found = _BOUNDARY.search(request.headers.get("content-type", ""))
    if found is None:
        raise ApiError(422, "invalid")
    body = await _body(request, most + MULTIPART_BYTES)
    try:
        sent = part_with_file(body, found[1].encode())
    except _UnreadableError:
        raise ApiError(422, "invalid") from None
    if len(sent.content) > most:
        raise ApiError(413, "file_too_large", megabytes=most // 1024**2)
    return sent


def part_with_file(body: bytes | bytearray, boundary: bytes) -> SentFile:
    """The first part that has a file name; other parts are passed over. Raises _UnreadableError."""
    line = b"\r\n--" + boundary
    at = _first(body, line)
    while body[at : at + 2] == b"\r\n":
        head_end = body.find(b"\r\n\r\n", at, at + _HEAD_BYTES)
        begin = head_end + 4
        end = body.find(line, begin) if head_end >= 0 else -1
        if end < 0:
            break
        name = _file_name(bytes(body[at:head_end]))
        if name is not None:
            return SentFile(name, bytes(memoryview(body)[begin:end]))
        at = end + len(line)
    raise _UnreadableError


def _first(body: bytes | bytearray, line: bytes) -> int:
    """Behind the first boundary, which may stand at the very beginning or after a preamble."""
    if body.startswith(line[2:]):
        return len(line) - 2
    found = body.find(line)
    if found < 0:
        raise _UnreadableError
    return found + len(line)


def _file_name(head: bytes) -> str | None:
    disposition = _DISPOSITION.search(head)
    named = _NAME.search(disposition[1]) if disposition else None
    if named is None:
        return None
    name = named[1]
    for written, meant in _ESCAPED.items():
        name = name.replace(written, meant)
    return name.decode("utf-8", "replace")


async def _body(request: Request, most: int) -> bytearray:
    declared = request.headers.get("content-length", "")
    megabytes = (most - MULTIPART_BYTES) // 1024**2
    too_large = ApiError(413, "file_too_large", megabytes=megabytes)
    if declared.isdecimal() and int(declared) > most:
        raise too_large
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise too_large
    except ClientDisconnect:
        raise ApiError(400, "invalid") from None
    return body
