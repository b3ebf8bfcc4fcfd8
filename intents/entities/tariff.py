"""Codes of the Harmonised System: HS 8517.13, HS code 8517130000, 税号8517.13.00, heading 6403.

In: a message, folded and in simplified characters. Out: the codes in order. Digits are a code only behind a word that
says so, or in a list that such a word opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intents.entities.money import beside_currency
from intents.reading import TariffCode

_WORDS = (
    r"(?<![a-z])(?:(?:hs|hts|taric|cn)\s*-?\s*(?:codes?|headings?)|(?:hs|hts)(?:\s*(?:numbers?|nos?))?|"
    r"(?:tariff|commodity|harmoni[sz]ed)\s*(?:system\s*)?(?:codes?|headings?|numbers?)|headings?)\.?"
    r"|(?:hs|海关|商品|税则){1,4}(?:归类)?编[码号]|税则号列?|税号"
)
_CODE = r"(?P<code>\d{4}(?:[. ]?\d{2}){0,3})(?![\da-z])(?![.,-]\d)"
_FIRST = re.compile(
    rf"(?:{_WORDS})\s*(?:is|are|of|:|=|#|是|为)?\s*(?:hs\s*)?{_CODE}", re.IGNORECASE
)
_NEXT = re.compile(rf"\s*(?:[,、;/&]|和|及|与|\b(?:and|or)\b)\s*{_CODE}", re.IGNORECASE)
_NO_CODE = re.compile(
    r"\s*(?:pcs|pieces?|units?|pairs?|sets?|items?|cartons?|boxes|bags|kg|tons?|days?|years?|%|percent|"
    r"[kmw]\b|[件双箱个只台套天年月万千])",
    re.IGNORECASE,
)
_EDITION = re.compile(r"20[1-9]\d$")
"""HS 2022 is an edition of the nomenclature, and chapter 20 has no such heading."""
_CHAPTERS = frozenset(range(1, 98)) - {77}


def tariff_codes(text: str) -> tuple[TariffCode, ...]:
    """The codes named in the text, in order."""
    return tuple(_codes(text))


def _codes(text: str) -> Iterator[TariffCode]:
    for first in _FIRST.finditer(text):
        match: re.Match[str] | None = first
        while match and _is_code(match, text):
            yield TariffCode(code=_dotted(match["code"]), raw=match[0].strip())
            match = _NEXT.match(text, match.end())


def _is_code(match: re.Match[str], text: str) -> bool:
    code = match["code"]
    return (
        int(code[:2]) in _CHAPTERS
        and not _EDITION.match(code)
        and not _NO_CODE.match(text, match.end())
        and not beside_currency(text, match.start("code"), match.end())
    )


def _dotted(code: str) -> str:
    """8517130000 as 8517.13.00.00."""
    digits = re.sub(r"\D", "", code)
    return ".".join((digits[:4], *(digits[at : at + 2] for at in range(4, len(digits), 2))))
