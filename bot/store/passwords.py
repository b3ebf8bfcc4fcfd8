"""Passwords of the staff: argon2, about 0.1 s each. Call these by `asyncio.to_thread`."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return _hasher.hash(_bytes(password))


def verify_password(kept: str | None, password: str) -> bool:
    """Whether the password fits; with no hash (no such login) it takes as long and is False."""
    try:
        fits = _hasher.verify(_nobodys() if kept is None else kept, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return fits and kept is not None


def is_dated(kept: str) -> bool:
    """Whether the hash was made with weaker costs than today's; then hash it anew at sign-in."""
    return _hasher.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return hash_password("nobody")


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
