"""Keeps a test on this machine: a connection, datagram or look-up that would leave it is refused.

Python tells its audit hooks of every connection before it is made, asyncio's as well, so nothing
has to be patched. What a C library does by itself (libpq) and what a child process does is not seen.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

FAMILIES = {socket.AF_INET, socket.AF_INET6}
"""The families that can leave the machine; UNIX sockets and the like cannot."""


class OutsideError(RuntimeError):
    """A test tried to leave the machine. No OSError: code that expects a bad network must not eat it."""


class _Guard:
    """The one hook of this process. Hooks cannot be taken away, so it is switched."""

    attempts: list[str] | None = None
    in_place = False


@contextmanager
def guarded() -> Iterator[list[str]]:
    """Refuse what leaves the machine, and give the list of what was refused."""
    if not _Guard.in_place:
        sys.addaudithook(_audit)
        _Guard.in_place = True
    before, _Guard.attempts = _Guard.attempts, []
    try:
        yield _Guard.attempts
    finally:
        _Guard.attempts = before


def _audit(event: str, values: tuple[Any, ...]) -> None:
    if _Guard.attempts is None or not event.startswith("socket."):
        return
    target = _target(event, values)
    if target is not None and not is_here(target):
        _Guard.attempts.append(target)
        raise OutsideError(f"{event} to {target}: tests may not leave this machine")


def _target(event: str, values: tuple[Any, ...]) -> str | None:
    """The host an audit event is about, if it is one that can lead outside."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        opened, address = values[0], values[1]
        return str(address[0]) if address and opened.family in FAMILIES else None
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        return _name(values[0])
    return None


def _name(host: str | bytes | None) -> str | None:
    """A name somebody would have to be asked about; numbers and nothing are known by themselves."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    return None if not name or _number(name) else name


def is_here(host: str) -> bool:
    """Whether a host is this machine, by number or by name."""
    number = _number(host)
    if number is not None:
        return number.is_loopback or number.is_unspecified
    return host.lower() in {"", "localhost", socket.gethostname().lower()}


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
