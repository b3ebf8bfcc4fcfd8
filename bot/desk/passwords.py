"""What a password has to be. Length does most; the list catches what is tried first everywhere."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from bot.desk.errors import WeakPasswordError

SHORTEST = 12
LONGEST = 200
"""Hashing takes as long as the text is, so there is an end to it."""
COMMON = Path(__file__).parent / "common_passwords.txt"


def check(password: str, login: str) -> None:
    """Pass, or raise WeakPasswordError with the rule that is broken."""
    if len(password) < SHORTEST:
        raise _weak(f"Please take at least {SHORTEST} characters; a few words together do well.")
    if len(password) > LONGEST:
        raise _weak(f"Please take at most {LONGEST} characters.")
    plain = _plain(password)
    if login and plain in {_plain(login), _plain(login * 2)}:
        raise _weak("The password must not be the login.")
    if plain in _common() or len(set(plain)) < 4:
        raise _weak("This password is among those that are tried first. Please take another.")


def _weak(told: str) -> WeakPasswordError:
    return WeakPasswordError("the password breaks a rule", user_text=told)


def _plain(text: str) -> str:
    """A password without what people change first: case, width, spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(_plain(line) for line in lines if line and not line.startswith("#"))
