"""What somebody typed, in one form: for keeping, and for comparing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from knowledge.han import HAN

_NARROW = {
    wide: unicodedata.normalize("NFKC", chr(wide))
    for wide in range(0xFF10, 0xFF5B)
    if chr(wide).isalnum()
}

_LEAD_IN = re.compile(
    r"^(?:(?:it['’]s|it is|that['’]s|that is|we are|we['’]re|i am|i['’]m)\s+(?:(?:in|from)\s+)?(?:(?:a|an|the)\s+)?"
    r"|这是|它是|我们是|我是|我们在|是(?=..))",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """What is kept of a typed text: as it was typed, but for wide letters and digits, odd spaces and controls.

    Chinese marks stay as they are: a company's name has its brackets on the certificate too.
    """
    return _lines(unicodedata.normalize("NFC", _visible(text)).translate(_NARROW))


def narrow(text: str) -> str:
    """The same with every wide sign narrowed, for numbers, addresses and for comparing."""
    return _lines(unicodedata.normalize("NFKC", _visible(text)))


def _visible(text: str) -> str:
    return "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C")


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(tidy(text).split())


def folded(text: str) -> str:
    """A typed text made comparable: narrow, without case and closing punctuation."""
    return narrow(text).casefold().strip(" \n.!?。！？、,，'\"“”")


@cache
def folded_name(word: str) -> str:
    """The same for a word of our own data, of which there are few and each is compared often."""
    return folded(word)


def bare(text: str) -> str:
    """A typed answer on one line without the words before it that add nothing: "it's Italy", 我们在意大利."""
    return _LEAD_IN.sub("", one_line(text))


@cache
def as_word(word: str) -> re.Pattern[str]:
    """Finds a folded word in a folded text: a Latin one by itself only, a Chinese one anywhere."""
    return re.compile(re.escape(word) if HAN.search(word) else rf"(?<!\w){re.escape(word)}(?!\w)")
