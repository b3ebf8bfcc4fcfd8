"""Ways to reach somebody: an e-mail address, a phone number, or either."""

from __future__ import annotations

import re

from bot.intake.kinds.base import Accepted, Asked, Found, Parsed, Rejected
from bot.intake.typed import tidy
from intents.entities.contacts import contacts, email, phone
from intents.reading import Contact

_AROUND = "<>,;.()，；。（）:："
_CHINESE_BEFORE = re.compile(r"^[\u4e00-\u9fff:：]+(?=[A-Za-z0-9])")
"""Words that run into an address, as Chinese puts no space before it."""


def parse_email(text: str, _asked: Asked) -> Parsed:
    """An e-mail address, with whatever stands around it."""
    words = tidy(text).replace("mailto:", " ").split()
    bare = [_CHINESE_BEFORE.sub("", word.strip(_AROUND)) for word in words if "@" in word]
    found = next(filter(None, map(email, bare)), None) or _first(tidy(text), "email")
    return Accepted(found) if found else Rejected("no_email")


def parse_phone(text: str, _asked: Asked) -> Parsed:
    """A phone number with its country code; a bare number is read as one of mainland China."""
    kept = tidy(text)
    number = phone(kept) or _first(kept, "phone")
    return Accepted(number) if number else Rejected("no_phone")


def parse_contact(text: str, asked: Asked) -> Parsed:
    """Either of the two."""
    if "@" in tidy(text):
        return parse_email(text, asked)
    number = parse_phone(text, asked)
    return number if isinstance(number, Accepted) else Rejected("no_contact")


def find_email(text: str, _asked: Asked) -> Found | None:
    """An e-mail address in a text."""
    return _found(text, "email")


def find_phone(text: str, _asked: Asked) -> Found | None:
    """A phone number in a text."""
    return _found(text, "phone")


def find_contact(text: str, _asked: Asked) -> Found | None:
    """An e-mail address in a text, else a phone number."""
    return _found(text, "email") or _found(text, "phone")


def _first(text: str, kind: Contact) -> str | None:
    found = _found(text, kind)
    return found.value if found else None


def _found(text: str, kind: Contact) -> Found | None:
    written = email if kind == "email" else phone
    for each in contacts(text):
        raw = text[_begin(text, each.start) if kind == "email" else each.start : each.end]
        value = written(raw) if each.kind == kind else None
        if value:
            return Found(value, raw)
    return None


def _begin(text: str, start: int) -> int:
    """Where an address begins whose first letters have accents."""
    while start and text[start - 1].isalnum() and not _CHINESE_BEFORE.match(f"{text[start - 1]}a"):
        start -= 1
    return start
