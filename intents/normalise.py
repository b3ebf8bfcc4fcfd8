"""One spelling for one meaning: width, case, script variant, punctuation, blanks.

In: a message as it was typed. Out: the same message in the one form that everything after it reads.
Digits and Chinese numerals stay as they are, because amounts and dates are read later;
only `for_matching` hides long numbers, since RMB 15,000 and RMB 48,000 ask the same question.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from knowledge.han import HAN

_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\u180e\ufe00-\ufe0f\U000e0000-\U000e007f"
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "`": "'", "´": "'", "–": "-", "—": "-"}
)
_I = str.maketrans({"İ": "I", "ı": "i"})
"""Patterns that do not look at case take these for an i, a table of words does not."""
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_BLANKS = re.compile(r"\s+")
_REPEATED_MARK = re.compile(r"([!?.,;:。、~-])\1+")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_YEAR = re.compile(r"(19|20)\d\d$")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LINK = re.compile(r"https?://\S+|(?<![^\s@])[^\s@]+@[^\s@]+\.\S+")
"""An address is looked for once between two at-signs: a long row of them must not cost the cube of its length."""
_ELISION = re.compile(r"\b([cdjlmnst]|qu)'(?=[a-z\u00e0-\u00ff]{3})")
_WORDLESS = re.compile(r"[^\w%#]+")


@cache
def _traditional_to_simplified() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """Width, digits, quotes, invisible characters and blanks evened out; letters and case as typed, but a Turkish i."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES | _I)
    text = _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()


def simplify(text: str) -> str:
    """Traditional Chinese written in simplified characters; anything else untouched."""
    return _traditional_to_simplified().convert(text) if HAN.search(text) else text


def single_marks(text: str) -> str:
    """`??` and `。。。` as one mark."""
    return _REPEATED_MARK.sub(r"\1", text)


def normalise(text: str) -> str:
    """The message in small letters, simplified characters, single blanks, single marks."""
    return single_marks(simplify(fold(text)).lower())


def for_matching(text: str) -> str:
    """The words alone: no punctuation, no links, numbers of four digits and more (but years) as `#`."""
    text = _ELISION.sub(r"\1 ", _LINK.sub(" ", normalise(text)))
    text = _NUMBER.sub(_mask, _DRAWN_OUT.sub(r"\1\1", text))
    return _BLANKS.sub(" ", _WORDLESS.sub(" ", text.replace("'", ""))).strip()


def _mask(match: re.Match[str]) -> str:
    digits = match[0].replace(",", "").rstrip(".")
    return "#" if len(digits.partition(".")[0]) > 3 and not _YEAR.match(digits) else digits
