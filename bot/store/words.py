"""The words by which a text is found again: the same for the text and for what is typed into the search.

English words lose their commonest endings, Chinese is cut into pairs of characters, and an e-mail address, a telephone
number or a reference is one word, however it is spaced. Limit: a part of a word finds nothing, since what is not
equal has nothing in common under a keyed hash.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from intents.normalise import simplify
from knowledge.han import HAN, RANGE

LONGEST = 64
"""Characters of a word; a longer one is cut, so that nobody fills the index with noise."""
MOST = 400
"""Words of one text that are kept."""
_WHOLE = re.compile(
    r"(?P<mail>[\w.+%-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<number>(?<![\w])\+?\(?\d(?:[ ()./-]{0,2}\d){6,})"
    r"|(?P<code>(?<![\w])(?=[a-z-]*\d)[a-z0-9]+(?:-[a-z0-9]+)+)",
    re.ASCII,
)
_WORD = re.compile(rf"[{RANGE}]+|[^\W_{RANGE}]+(?:'[a-z]+)?")
_COMMON = frozenset(
    """a an and are as at be but by can do for from has have how i if in is it me my no not of on or our so
    that the this to was we what when which will with you your""".split()  # noqa: SIM905
)
_ENDINGS = (("'s", ""), ("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))
_FEWEST = 3
"""Letters that are left of a word that loses its ending."""


@dataclass(frozen=True)
class Word:
    """A word and where it stands in the text as it was typed."""

    folded: str
    start: int
    end: int


def index_words(text: str) -> set[str]:
    """What a text is found by: its words, and the parts of what is one word as a whole."""
    found: set[str] = set()
    for word in words(text):
        found.add(word.folded[:LONGEST])
        if len(found) >= MOST:
            break
    return found


def query_words(text: str) -> tuple[str, ...]:
    """What is looked for, each once: an address or a number as a whole only."""
    wholes = list(_wholes(*_folded(text)))
    taken = [(word.start, word.end) for word in wholes]
    rest = [
        word
        for word in words(text)
        if not any(start <= word.start and word.end <= end for start, end in taken)
    ]
    return tuple(dict.fromkeys(word.folded[:LONGEST] for word in (*wholes, *rest)))


def words(text: str) -> Iterator[Word]:
    """All words of a text, wholes first; they may overlap."""
    folded, origin = _folded(text)
    yield from _wholes(folded, origin)
    for match in _WORD.finditer(folded):
        if HAN.match(match[0]):
            yield from _pairs(match, origin)
        elif match[0] not in _COMMON:
            yield Word(_stem(match[0]), origin[match.start()], origin[match.end() - 1] + 1)


def _wholes(folded: str, origin: list[int]) -> Iterator[Word]:
    for match in _WHOLE.finditer(folded):
        where = origin[match.start()], origin[match.end() - 1] + 1
        if match["mail"]:
            yield Word(f"m:{match[0].strip('.')}", *where)
        elif match["number"]:
            yield Word(f"n:{_number(match[0])}", *where)
        else:
            yield Word(f"c:{match[0].replace('-', '')}", *where)


def _number(text: str) -> str:
    """The digits; of a Chinese mobile number without its country code, which people leave out."""
    digits = re.sub(r"\D", "", text).removeprefix("00")
    return digits[2:] if len(digits) == 13 and digits.startswith("861") else digits


def _pairs(match: re.Match[str], origin: list[int]) -> Iterator[Word]:
    run, start = match[0], match.start()
    for place in range(max(1, len(run) - 1)):
        end = min(len(run), place + 2)
        yield Word(run[place:end], origin[start + place], origin[start + end - 1] + 1)


def _stem(word: str) -> str:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _FEWEST:
            return word.removesuffix(ending) + instead if word[-2:] != "ss" else word
    return word


def _folded(text: str) -> tuple[str, list[int]]:
    """The text in small, narrow, simplified signs, and for each of them its place in what was typed."""
    signs: list[str] = []
    origin: list[int] = []
    for place, sign in enumerate(text):
        for each in _fold(sign):
            signs.append(each)
            origin.append(place)
    return "".join(signs), origin


@lru_cache(maxsize=20_000)
def _fold(sign: str) -> str:
    return simplify(unicodedata.normalize("NFKC", sign).lower().replace("’", "'"))
