"""E-mail addresses and phone numbers: found in a message, and written in one way where they are given as a contact.

What a contact says is personal: it is found to be left out, and stands in no part and no entity of a reading.
An address counts by its shape; a phone number has to be one that can exist, with its country code or as a number of
mainland China, or to stand behind a word that says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intents.entities.money import beside_currency
from intents.reading import Contact

HOME = "CN"
"""Where a phone number without a country code is read to be."""

LEFT_OUT = "[***]"
"""What stands in the place of a contact; to fold a text, or to cut it into questions, leaves it as it is."""

_EMAIL = re.compile(
    r"(?<![a-z0-9._%+'-])[a-z0-9._%+'-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}(?![a-z0-9])", re.IGNORECASE
)
_BEFORE, _AFTER = r"(?<![\da-z.,+_/-])", r"(?![\da-z])(?![.,/-]\d)"
_GAP = r"[ .()/-]{0,2}"
_CALLED = (
    r"(?:(?<![a-z])(?:tel|telephone|whats ?app|wechat|viber|signal)(?:\s*(?:numbers?|nos?|nr))?\.?"
    r"|(?<![a-z])(?:phone|mobile|cell|cellphone|contact)s?\s*(?:phone\s*)?(?:(?:numbers?|nos?|nr)\.?|(?=:|is\b))"
    r"|(?<![a-z])(?:call|reach|ring|phone|text) (?:me|us)(?: back)? (?:at|on|under)"
    r"|电话(?:号码?)?|手机号码?|手机(?=:|是)|座机|微信号?|联系方式|致电)\s*(?:is|are|:|=|是|为)?\s*"
)
_PHONE = re.compile(
    rf"{_BEFORE}(?P<foreign>(?:\+|00)[1-9](?:{_GAP}\d){{7,14}}){_AFTER}"
    rf"|{_BEFORE}(?P<mobile>(?:86[ -]?)?1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}){_AFTER}"
    rf"|{_BEFORE}(?P<landline>\(?0\d{{2,3}}\)?[ -]\d{{7,8}}){_AFTER}"
    rf"|{_CALLED}(?P<called>\(?\d(?:{_GAP}\d){{6,14}}){_AFTER}",
    re.IGNORECASE,
)
_VALUE_BEFORE = re.compile(
    r"(?:worth|value[ds]?(?: (?:at|of|is))?|amount(?: of)?|货值|价值|总值|金额)\s*(?:about|约|是|为|:)?\s*$",
    re.IGNORECASE,
)

_REACH = 40
"""How far back a word is looked for."""


@dataclass(frozen=True)
class Found:
    """A contact in a text: what sort, and where it begins and ends."""

    kind: Contact
    start: int
    end: int


def contacts(text: str) -> tuple[Found, ...]:
    """The e-mail addresses and phone numbers in the text, in order."""
    return tuple(sorted((*_emails(text), *_phones(text)), key=lambda found: found.start))


def without_contacts(text: str) -> str:
    """The text with a mark in the place of every contact, for whatever repeats or keeps a part of it."""
    for found in reversed(contacts(text)):
        text = f"{text[: found.start]}{LEFT_OUT}{text[found.end :]}"
    return text


def email(word: str) -> str | None:
    """An address as it is to be written, or nothing if it is none."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - seldom wanted

    try:
        return validate_email(word, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def phone(text: str) -> str | None:
    """A phone number as +8613800138000, or nothing if there can be none such."""
    import phonenumbers  # noqa: PLC0415 - seldom wanted

    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _emails(text: str) -> Iterator[Found]:
    yield from (Found("email", *match.span()) for match in _EMAIL.finditer(text))


def _phones(text: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        sort = match.lastgroup or ""
        start, end = match.span(sort)
        if not _is_amount(text, start, end) and (sort == "called" or phone(match[sort])):
            yield Found("phone", start, end)


def _is_amount(text: str, start: int, end: int) -> bool:
    return beside_currency(text, start, end) or bool(
        _VALUE_BEFORE.search(text[max(0, start - _REACH) : start])
    )
