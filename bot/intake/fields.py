"""Kinds of field: what each takes from a typed line, and what it says when it cannot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from intents.entities.contacts import email, phone

LONGEST_LINE = 200
LONGEST_TEXT = 2000


class FieldKind(StrEnum):
    """What a field holds."""

    CHOICE = "choice"
    REGISTRATION_NUMBER = "registration_number"
    LINE = "line"
    TEXT = "text"
    CONTACT = "contact"
    CONSENT = "consent"


@dataclass(frozen=True)
class Accepted:
    """What the field keeps."""

    value: str


@dataclass(frozen=True)
class Rejected:
    """Why the typed line is no answer: the id of the sentence that says so."""

    problem: str


Parsed = Accepted | Rejected
Options = Mapping[str, tuple[str, ...]]
"""A choice's options: value -> the words that mean it."""


def tidy(text: str) -> str:
    """One form of a typed text: full-width signs narrowed, odd spaces and controls gone."""
    visible = "".join(
        sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C"
    )
    narrowed = unicodedata.normalize("NFKC", visible)
    lines = (" ".join(line.split()) for line in narrowed.splitlines())
    return "\n".join(line for line in lines if line)


def folded(text: str) -> str:
    """A typed text made comparable: tidy, without case and closing punctuation."""
    return tidy(text).casefold().strip(" \n.!?。！？、,，'\"“”")


def parse_choice(text: str, options: Options) -> Parsed:
    """One of the options by its words, its value or its number."""
    wanted = folded(text)
    for place, (value, words) in enumerate(options.items(), start=1):
        if wanted in {value, str(place), *(folded(word) for word in words)}:
            return Accepted(value)
    return Rejected("choose_one")


def parse_registration_number(text: str, _options: Options) -> Parsed:
    """A number of a Chinese or international right: digits with the letters, dots and dashes around them."""
    number = tidy(text).upper().removeprefix("NO.").removeprefix("NO ").strip(" :#")
    fits = re.fullmatch(r"[A-Z0-9一-鿿][A-Z0-9一-鿿 .,;/、()\-\n]{3,199}", number)
    digits = sum(sign.isdigit() for sign in number)
    return Accepted(number) if fits and digits >= 4 else Rejected("no_registration_number")


def parse_line(text: str, _options: Options) -> Parsed:
    """A name or the like: one line with at least one letter."""
    line = " ".join(tidy(text).split())
    if not any(sign.isalpha() for sign in line):
        return Rejected("no_letters")
    return Accepted(line) if len(line) <= LONGEST_LINE else Rejected("too_long")


def parse_text(text: str, _options: Options) -> Parsed:
    """A few lines of free text."""
    kept = tidy(text)
    if not any(sign.isalnum() for sign in kept):
        return Rejected("no_letters")
    return Accepted(kept) if len(kept) <= LONGEST_TEXT else Rejected("too_long")


def parse_contact(text: str, _options: Options) -> Parsed:
    """An e-mail address, or a phone number with its country code (a bare number is read as mainland)."""
    kept = tidy(text)
    for word in kept.split():
        if "@" in word:
            address = email(word.strip("<>,;.()"))
            return Accepted(address) if address else Rejected("no_email")
    number = phone(kept)
    return Accepted(number) if number else Rejected("no_contact")


PARSERS: Mapping[FieldKind, Callable[[str, Options], Parsed]] = {
    FieldKind.CHOICE: parse_choice,
    FieldKind.REGISTRATION_NUMBER: parse_registration_number,
    FieldKind.LINE: parse_line,
    FieldKind.TEXT: parse_text,
    FieldKind.CONTACT: parse_contact,
    FieldKind.CONSENT: parse_choice,
}
