"""Codes of six digits that change every half minute: RFC 6238 with SHA-1, as every authenticator app has it."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
DRIFT = 1
"""Steps a telephone's clock may be early or late."""
SECRET_BYTES = 20
"""As long as SHA-1's own output, which RFC 4226 recommends."""


def new_secret() -> str:
    """A random secret as apps take it: base32 of 160 bits."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def code(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of one step (RFC 4226, section 5.3)."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def step_at(now: datetime) -> int:
    """The number of the present half minute since 1970."""
    return int(now.timestamp()) // STEP_SECONDS


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The step whose code was typed, if it is one of now; every candidate is compared in the same time."""
    given = "".join(typed.split()).encode()
    present = step_at(now)
    fitting = [
        step
        for step in range(present - DRIFT, present + DRIFT + 1)
        if hmac.compare_digest(code(secret, step).encode(), given)
    ]
    return max(fitting, default=None)


def address(secret: str, login: str, issuer: str) -> str:
    """The `otpauth:` link by which an app on the same device takes the secret."""
    label = f"{quote(issuer, safe='')}:{quote(login, safe='')}"
    asked = urlencode(
        {"secret": secret, "issuer": issuer, "digits": DIGITS, "period": STEP_SECONDS},
        quote_via=quote,
    )
    return f"otpauth://totp/{label}?{asked}"


def in_groups(secret: str) -> str:
    """The secret as a person types it: in fours."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
