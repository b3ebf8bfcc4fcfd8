"""The guard refuses what leaves the machine, and lets through what does not."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Coroutine
from pathlib import Path

import pytest

from tests.network import OutsideError, guarded, is_here

FAR = "192.0.2.1"  # RFC 5737: an address for documentation
FAR_NAME = "tidewaiter.invalid"


def knock(host: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as opened:
        opened.settimeout(0.2)
        opened.connect((host, 9))


def test_another_machine_is_refused_with_a_clear_word() -> None:
    with guarded() as attempts, pytest.raises(OutsideError, match="may not leave this machine"):
        knock(FAR)
    assert attempts == [FAR]


def test_an_attempt_is_kept_though_its_error_is_swallowed() -> None:
    with guarded() as attempts, contextlib.suppress(Exception):
        knock(FAR)
    assert attempts == [FAR]


def test_a_datagram_is_refused() -> None:
    with (
        guarded(),
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened,
        pytest.raises(OutsideError),
    ):
        opened.sendto(b"?", (FAR, 53))


@pytest.mark.parametrize(
    "look_up", [socket.gethostbyname, lambda name: socket.getaddrinfo(name, 80)]
)
def test_a_name_is_not_looked_up(look_up: object) -> None:
    assert callable(look_up)
    with guarded(), pytest.raises(OutsideError):
        look_up(FAR_NAME)


@pytest.mark.parametrize("host", [FAR, FAR_NAME])
async def test_asyncio_is_held_as_well(host: str) -> None:
    with guarded(), pytest.raises(OutsideError):
        await asyncio.open_connection(host, 80)


async def test_this_machine_is_reached_by_name_number_and_path(tmp_path: Path) -> None:
    path = Path("/tmp") / f"tw-guard-{tmp_path.name}"  # A socket's path may have 107 bytes.
    with guarded() as attempts:
        server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
        local = await asyncio.start_unix_server(hang_up, path)
        port = server.sockets[0].getsockname()[1]
        async with server, local:
            await end_of(asyncio.open_connection("localhost", port))
            await end_of(asyncio.open_connection("127.0.0.1", port))
            await end_of(asyncio.open_unix_connection(path))
    path.unlink(missing_ok=True)
    assert attempts == []


Opening = Coroutine[None, None, tuple[asyncio.StreamReader, asyncio.StreamWriter]]


async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()
    await writer.wait_closed()


async def end_of(opening: Opening) -> None:
    reader, writer = await opening
    await reader.read()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST", ""])
def test_what_is_here(host: str) -> None:
    assert is_here(host)


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "192.168.1.1", "fe80::1%eth0", "2001:db8::1", "example.com"]
)
def test_what_is_not_here(host: str) -> None:
    assert not is_here(host)
