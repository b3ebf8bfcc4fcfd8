"""How many times as much: double that, half of it, 3x, 翻倍, 一半, 三倍.

In: a message, folded and in simplified characters. Out: the factor and how it is written; none where an amount stands
in it, which needs no factor.
"""

from __future__ import annotations

import re
from decimal import Decimal

from intents.entities.numerals import chinese

_WORDS = {
    "double": "2", "doubled": "2", "twice": "2", "half": "0.5", "halved": "0.5", "a quarter": "0.25", "triple": "3",
    "tripled": "3", "thrice": "3", "翻倍": "2", "翻一倍": "2", "翻一番": "2", "翻番": "2", "加倍": "2", "多一倍": "2",
    "双倍": "2", "一半": "0.5", "减半": "0.5", "对半": "0.5", "少一半": "0.5",
}  # fmt: skip
_TIMES = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NAMES = "|".join(sorted(_WORDS, key=len, reverse=True))
_FACTOR = re.compile(
    rf"(?<![a-z0-9])(?P<word>{_NAMES})(?![a-z0-9])"
    rf"|\b(?P<times>{'|'.join(_TIMES)}|\d{{1,3}}) times\b|\b(?P<x>\d{{1,3}}) ?x\b"
    r"|(?P<bei>[两二三四五六七八九十]|\d{1,3})倍",
    re.IGNORECASE,
)
_LEAST = 2


def scaling(text: str) -> tuple[Decimal, str] | None:
    """The factor, and how it is written."""
    match = _FACTOR.search(text)
    if match is None:
        return None
    if match["word"]:
        return Decimal(_WORDS[match["word"].lower()]), match[0]
    said = match["times"] or match["x"] or match["bei"]
    factor = _number(said.lower())
    return (Decimal(factor), match[0]) if factor >= _LEAST else None


def _number(said: str) -> int:
    if said.isdecimal():
        return int(said)
    return _TIMES.index(said) + 2 if said in _TIMES else int(chinese(said) or 0)
