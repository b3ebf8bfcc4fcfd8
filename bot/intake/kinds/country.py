"""Countries and regions: by their names in English and Chinese, by how people call them, by their two letters.

The names are Babel's (CLDR); `countries.yaml` adds what people say and how we say it where that differs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.intake.kinds.base import Accepted, Asked, Found, Parsed, Rejected
from bot.intake.kinds.words import NO_NAMES
from bot.intake.typed import as_word, bare, folded, one_line
from intents.normalise import simplify
from knowledge.datafiles import read
from knowledge.han import HAN
from knowledge.model import LANGUAGES, Language

_DATA = Path(__file__).parent / "countries.yaml"
_CODE = re.compile(r"[A-Z]{2}")
_LONGEST = 60
MAINLAND = "CN"
_REGIONS = frozenset({"HK", "MO", "TW"})
_DENIED = re.compile(r"(?:\bnot(?: in| from)?(?: the)? |不是|不在|而非|并非)$")
_WORDS = frozenset(["AM", "AS", "AT", "BE", "BY", "DO", "IN", "IS", "LA", "ME", "MY", "SO", "TO"])
"""Codes that are words of English when they are not written large."""
_FLAG = {chr(0x1F1E6 + place): chr(ord("A") + place) for place in range(26)}
"""The two signs that a flag is written with, as letters."""


def parse_country(text: str, _asked: Asked) -> Parsed:
    """The country that is named, alone or at the end of an address; another name is believed the second time."""
    line = one_line(text)
    code = _names().get(_key(line)) or _by_letters(line) or _inside(line)
    if code is not None:
        return Accepted(code)
    is_name = any(map(str.isalpha, line)) and folded(line) not in NO_NAMES and len(line) <= _LONGEST
    return Rejected("no_country", doubted=line if is_name else None)


def find_country(text: str, _asked: Asked) -> Found | None:
    """A text that is nothing but the name of a country."""
    code = _names().get(_key(bare(text)))
    return Found(code, text.strip()) if code else None


def shown_country(value: str, language: Language) -> str:
    """Its name; what is no code is shown as it was typed."""
    own = _shown().get(value, {})
    return own.get(language) or _territories(language).get(value, value)


def origin(value: str) -> str:
    """What the law asks of a country: whether it is mainland China or abroad."""
    return "mainland" if value == MAINLAND else "abroad"


def spelt(text: str) -> list[str]:
    """The names of countries in a text as they stand there, folded."""
    low = _key(text)
    return [low[start : start + length] for start, length, _ in _spots(low)]


def named(text: str) -> list[str]:
    """The codes of the countries a text names, but the mainland, where every right that is asked about lies."""
    return [code for *_, code in _spots(_key(text)) if code != MAINLAND]


def names_mainland(text: str) -> bool:
    """Whether a text names mainland China."""
    return any(code == MAINLAND for *_, code in _spots(_key(text)))


def _by_letters(line: str) -> str | None:
    """A country by its two letters or its flag; not by letters that are a word and stand for something else."""
    letters = "".join(_FLAG.get(sign, sign) for sign in line).strip(" .")
    code = letters.upper()
    is_word = code == "NO" or (letters.islower() and code in _WORDS)
    return code if code in _codes() and not is_word else None


def _inside(line: str) -> str | None:
    """The last country named in a line, for addresses end with it; one that is denied does not count.

    Who names Hong Kong, Macao or Taiwan besides China means that region.
    """
    low = _key(line)
    spots = [spot for spot in _spots(low) if not _DENIED.search(low[: spot[0]])]
    if not spots:
        return None
    ends = max(start + length for start, length, _ in spots)
    _, _, code = max((s for s in spots if s[0] + s[1] == ends), key=lambda spot: spot[1])
    regions = [each for _, _, each in spots if each in _REGIONS]
    return regions[-1] if regions and code == MAINLAND else code


def _spots(low: str) -> list[tuple[int, int, str]]:
    """Where in a folded text countries are named: start, length, code; of names within each other the longest."""
    spots = [
        (match.start(), len(name), code)
        for name, code in _names().items()
        if len(name) > 2 or HAN.search(name)
        for match in as_word(name).finditer(low)
    ]
    return [
        (start, length, code)
        for start, length, code in spots
        if not any(
            other <= start and start + length <= other + more and length < more
            for other, more, _ in spots
        )
    ]


def _key(name: str) -> str:
    low = simplify(folded(name))
    return re.sub(r"^the ", "", low)


@cache
def _names() -> Mapping[str, str]:
    """Every name -> code."""
    found = {
        _key(name): code for language in LANGUAGES for code, name in _territories(language).items()
    }
    said: Mapping[str, list[str | list[str]]] = read(_DATA)["said"]
    return found | {
        _key(name): code
        for code, lines in said.items()
        for line in lines
        for name in ([line] if isinstance(line, str) else line)
    }


@cache
def _shown() -> Mapping[str, Mapping[str, str]]:
    """How we name countries that are not shown by their name in CLDR: code -> language -> name."""
    shown: Mapping[str, Mapping[str, str]] = read(_DATA)["shown"]
    return shown


@cache
def _codes() -> frozenset[str]:
    return frozenset(_territories("en"))


@cache
def _territories(language: Language) -> Mapping[str, str]:
    from babel import Locale  # noqa: PLC0415 - seldom wanted, and slow to import

    names = Locale(language).territories
    return {
        code: name for code, name in names.items() if _CODE.fullmatch(code) and code not in _NONE
    }


_NONE = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
"""Codes that stand for no country: unions, remainders, tests."""
