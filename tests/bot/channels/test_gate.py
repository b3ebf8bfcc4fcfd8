"""Whose address it is that is counted."""

import pytest
from fastapi import Request

from bot.channels.faults import ApiError
from bot.channels.gate import address, admit
from bot.channels.limits import Rate
from bot.channels.rates import Windows


def asking(client: tuple[str, int] | None) -> Request:
    return Request({"type": "http", "method": "GET", "path": "/", "headers": [], "client": client})


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_of_ipv6_the_network_is_counted(host: str, counted: str) -> None:
    assert address(asking((host, 1))) == counted


def test_a_unix_socket_has_no_address() -> None:
    assert address(asking(None)) == ""


def test_who_is_too_fast_is_told_how_long_to_wait() -> None:
    windows = Windows(Rate(1, 60), clock=lambda: 0.0)
    admit(windows, "a")
    with pytest.raises(ApiError) as refused:
        admit(windows, "a")
    assert (refused.value.status, refused.value.retry_after) == (429, 60.0)
