"""Takes contact data out of a line before it is kept apart from its conversation.

In: what somebody typed. Out: the same on one line, with `[e-mail]`, `[link]`, `[contact]` and `[number]` in the places
of addresses, handles, telephone numbers and other long numbers. Amounts, dates and years stay.
It masks more than `intents.entities.contacts` finds, which must not take the number of a right for a telephone: here
a number too many does no harm. Limit: a name that is a plain word cannot be told from a word, so names stay.
"""

from __future__ import annotations

import re
import unicodedata

from knowledge.han import RANGE

EMAIL, LINK, CONTACT, NUMBER = "[e-mail]", "[link]", "[contact]", "[number]"
MARKS = (EMAIL, LINK, CONTACT, NUMBER)
FEWEST_DIGITS = 7
"""A number with fewer reaches nobody; a telephone number has seven and more."""

_NARROW = re.compile(r"[a-z0-9@+._-]", re.IGNORECASE)
"""What another form of a sign is read as, such as one as wide as a Chinese sign or in a circle."""
_SIGNS = rf"[^\s@<>\[\]()，。；：、！？（）《》“”{RANGE}]"
"""What an address is made of: Chinese goes on behind it without a blank."""
_EMAIL = re.compile(rf"{_SIGNS}{{1,64}}@{_SIGNS}{{2,}}")
_LINK = re.compile(
    rf"(?:https?://|\bwww\.){_SIGNS}+|(?<![\w.-])(?:[a-z0-9-]+\.)+[a-z]{{2,}}/{_SIGNS}+",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@])@\w{3,}", re.ASCII)
_NUMERALS = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_SPELT = re.compile(
    rf"[{_NUMERALS}](?:[ -]?[{_NUMERALS}]){{{FEWEST_DIGITS - 1},}}"
    rf"|(?<![\d{_NUMERALS}])(?=\d*[{_NUMERALS}])[\d{_NUMERALS}]{{{FEWEST_DIGITS},}}"
)
_ACCOUNT = re.compile(
    r"(?P<where>(?:微信|wechat|weixin|\bvx|\bqq)\s*(?:号码?|id)?\s*(?P<sign>[:：是])?\s*)"
    r"(?(sign)|(?=[a-z-]*[\d_]))[a-z0-9][a-z0-9_-]{4,}",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d"
_DASHES = "‐‑–—-"
_DATE = rf"{_YEAR} ?[./{_DASHES}] ?(?:{_YEAR}|\d{{1,2}} ?[./{_DASHES}] ?\d{{1,2}})(?!\d)"
_DATE_OR_RUN = re.compile(
    rf"(?P<date>(?<!\d){_DATE})|(?<![+(])[+(]*\d(?:[ ()./·_{_DASHES}]*\d)*[xX]?"
)

_VEILED_EMAIL = re.compile(rf"(?P<first>{_SIGNS})[^\s@]*@(?P<where>{_SIGNS}+)")
_VEILED_NUMBER = re.compile(
    rf"\+?\d(?:[ ()./-]*\d){{{FEWEST_DIGITS - 4},}}[ ()./-]*(?P<last>\d{{3}})"
)


def masked(text: str) -> str:
    """The line without what reaches a person."""
    line = _plain(text)
    for pattern, mark in ((_EMAIL, EMAIL), (_LINK, LINK), (_HANDLE, CONTACT), (_SPELT, NUMBER)):
        line = pattern.sub(mark, line)
    line = _ACCOUNT.sub(rf"\g<where>{CONTACT}", line)
    return _DATE_OR_RUN.sub(_without_number, line)


def veiled(text: str) -> str:
    """A line shown to the one who wrote it: enough of an address or a number is left to know it again."""
    line = _VEILED_EMAIL.sub(r"\g<first>…@\g<where>", text)
    return _VEILED_NUMBER.sub(lambda match: f"…{match['last']}", line)


def _plain(text: str) -> str:
    """One line of signs that can be seen, letters and digits narrow: nothing hides in an odd form."""
    seen = (sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join("".join(map(_narrow, seen)).split())


def _narrow(sign: str) -> str:
    """The plain form of a letter, a digit or a sign of addresses; other punctuation stays as it was typed."""
    plain = unicodedata.normalize("NFKC", sign)
    return plain if _NARROW.fullmatch(plain) else sign


def _without_number(match: re.Match[str]) -> str:
    digits = sum(sign.isdigit() for sign in match[0])
    return match[0] if match["date"] or digits < FEWEST_DIGITS else NUMBER
