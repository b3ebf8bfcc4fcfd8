"""Codes against the vectors of the RFC, their window, and what an app is given."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.desk import browsers, recovery, totp

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 11, 22, 9, 0, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_vectors_of_rfc_6238(seconds: int, code: str) -> None:
    step = totp.step_at(datetime.fromtimestamp(seconds, UTC))
    assert totp.code(RFC_SECRET, step, 8) == code
    assert totp.code(RFC_SECRET, step) == code[-6:]


@pytest.mark.parametrize(
    ("late", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_one_step_off(late: int, *, fits: bool) -> None:
    step = totp.step_at(NOW) + late
    typed = totp.code(RFC_SECRET, step)
    assert totp.step_of(RFC_SECRET, f" {typed[:3]} {typed[3:]}", NOW) == (step if fits else None)


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "0" * 40])
def test_what_is_no_code_fits_nothing(typed: str) -> None:
    assert totp.step_of(RFC_SECRET, typed, NOW) is None


def test_the_address_for_an_app() -> None:
    secret = totp.new_secret()
    assert len(base64.b32decode(secret)) == 20
    assert secret != totp.new_secret()
    address = urlsplit(totp.address(secret, "li@example.com", "AAA & Co"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert address.path == "/AAA%20%26%20Co:li%40example.com"
    assert parse_qs(address.query) == {
        "secret": [secret],
        "issuer": ["AAA & Co"],
        "digits": ["6"],
        "period": ["30"],
    }
    assert totp.in_groups(secret).replace(" ", "") == secret


def test_recovery_codes_are_known_however_they_are_typed() -> None:
    codes = recovery.new_codes()
    assert len(set(codes)) == 10
    for code in codes:
        assert recovery.as_kept(code.upper().replace("-", " ")) == code
    assert recovery.as_kept("123456") is None
    assert recovery.as_kept("o" * 16) is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
            "Firefox on Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0", "Edge on Windows"),
        ("curl/8", "Another browser"),
        (None, "Another browser"),
    ],
)
def test_of_a_browser_its_family_is_kept(said: str | None, kept: str) -> None:
    assert browsers.family(said) == kept
