"""Recovery codes: what somebody without their telephone signs in with, once each."""

from __future__ import annotations

import secrets

COUNT = 10
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0, 1, i, l and o, which are taken for one another on paper."""
GROUPS, GROUP = 4, 4


def new_codes() -> list[str]:
    """Ten codes of 79 random bits each, such as `k7dm-x2pq-9hbw-v4rt`."""
    return [
        "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))
        for _ in range(COUNT)
    ]


def as_kept(typed: str) -> str | None:
    """A typed code in the writing it is kept in; None where it cannot be one."""
    plain = "".join(sign for sign in typed.lower() if sign.isalnum())
    if len(plain) != GROUPS * GROUP or not set(plain) <= set(SIGNS):
        return None
    return "-".join(plain[at : at + GROUP] for at in range(0, len(plain), GROUP))
