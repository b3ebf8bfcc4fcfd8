"""Ways to reach somebody: an e-mail address, a phone number, or either."""

from __future__ import annotations

import re

from bot.intake.kinds.base import Accepted, Asked, Found, Parsed, Rejected
from bot.intake.typed import folded, narrow
from intents.entities.contacts import contacts, email, phone
from intents.reading import Contact
from knowledge.han import RANGE

_AROUND = "<>,;.()，；。（）:："
_CHINESE_BEFORE = re.compile(rf"^[{RANGE}:：]+(?=[A-Za-z0-9])")
"""Words that run into an address, as Chinese puts no space before it."""

_WAY = (
    r"(?:(?:please |best |preferably |rather )*"
    r"(?:by|via|per|through|on|over|with|my|an?|use|send(?: me)?|call(?: me)?)?\s*"
    r"(?:{names})(?: me)?(?: (?:is|would be) (?:fine|ok|okay|good|best|better))?(?:,? please)?"
    r"|(?:请|用|通过|发|打|可以|最好|还是)*(?:{chinese})(?:联系)?(?:我)?(?:吧|就行|就好|即可|可以|都行|都可以)*)"
)
_BY_EMAIL = re.compile(
    _WAY.format(names="e-?mail|mail", chinese="邮件|邮箱|电子邮件|电子邮箱|电邮"), re.I
)
_BY_PHONE = re.compile(
    _WAY.format(
        names="(?:tele)?phone|mobile|cell(?:phone)?|whatsapp|wechat|weixin|sms|text message|call",
        chinese="电话|手机|微信|短信",
    ),
    re.I,
)
"""A way to reach somebody, named without its address or number."""


def parse_email(text: str, _asked: Asked) -> Parsed:
    """An e-mail address, with whatever stands around it."""
    words = narrow(text).replace("mailto:", " ").split()
    bare = [_CHINESE_BEFORE.sub("", word.strip(_AROUND)) for word in words if "@" in word]
    found = next(filter(None, map(email, bare)), None) or _first(narrow(text), "email")
    return Accepted(found) if found else _way(text) or Rejected("no_email")


def parse_phone(text: str, _asked: Asked) -> Parsed:
    """A phone number with its country code; a bare number is read as one of mainland China."""
    kept = narrow(text)
    number = phone(kept) or _first(kept, "phone")
    return Accepted(number) if number else Rejected("no_phone")


def parse_contact(text: str, asked: Asked) -> Parsed:
    """Either of the two."""
    if "@" in narrow(text):
        return parse_email(text, asked)
    number = parse_phone(text, asked)
    if isinstance(number, Accepted):
        return number
    return _way(text) or Rejected("no_contact")


def _way(text: str) -> Rejected | None:
    """What a way wants that was named alone: "by mail, please", 打电话吧."""
    line = folded(text)
    if _BY_EMAIL.fullmatch(line):
        return Rejected("which_email", is_answer=True)
    return Rejected("which_phone", is_answer=True) if _BY_PHONE.fullmatch(line) else None


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
