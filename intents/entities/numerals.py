"""Numbers written out: 一万二 is 12,000, two hundred thousand is 200,000."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain

MOST = 20
"""Words or signs of a number that are looked at: nobody has more to say, and the search takes bounded time."""
CHINESE = "零〇一二两三四五六七八九十百千万亿"
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = dict(
    chain(
        ((word, number) for number, word in enumerate(_ONES)),
        ((word, 10 * number) for number, word in enumerate(_TENS, start=2)),
    )
)
_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_ANY = "|".join(sorted((*_SMALL, *_LARGE, "hundred"), key=len, reverse=True))
_BEFORE_POWER = 3
"""Words between the first of a number and its first power: twenty-five hundred has one."""
_POWER = "(?:hundred|thousand|million|billion)"
ENGLISH = (
    rf"\b(?:half a|a|{_ANY})(?:[ -](?:and )?(?:{_ANY})){{0,{_BEFORE_POWER}}}?[ -]{_POWER}"
    rf"(?:[ -](?:and )?(?:{_ANY})){{0,{MOST}}}\b"
)
"""What a number of hundreds or more looks like in English words."""


def chinese(numerals: str) -> Decimal | None:
    """The number, or nothing if it is none. A last digit stands for the next lower unit: 一万二."""
    from cn2an import cn2an  # noqa: PLC0415 - a tenth of a second to import, seldom wanted

    try:
        return Decimal(cn2an(numerals, "smart"))
    except (ValueError, KeyError):  # 亿十一: it looks for a unit it has not got
        return None


def english(words: str) -> Decimal:
    """The number that English words say."""
    total, part = Decimal(0), Decimal(0)
    for word in words.lower().replace("-", " ").split():
        if word in _SMALL:
            part += _SMALL[word]
        elif word == "hundred":
            part = (part or Decimal(1)) * 100
        elif word in _LARGE:
            total, part = total + (part or Decimal(1)) * _LARGE[word], Decimal(0)
        elif word == "half":
            part = Decimal("0.5")
    return total + part
