"""One of several options, or several of them, by button, word or number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.intake.kinds import country
from bot.intake.kinds.base import Accepted, Asked, Found, Options, Parsed, Rejected
from bot.intake.typed import HAN, as_word, bare, folded

_MANY = re.compile(r"\s*(?:[,;/+&、，；\n]|\band\b|和|及|与|还有)\s*", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not?|none|without|never|isn['’]t|aren['’]t|wasn['’]t|don['’]t|doesn['’]t|haven['’]t|hasn['’]t)\b"
    r"|不|没|未|无|非(?!常)",
    re.IGNORECASE,
)
_SHORTEST = 3
"""A word of fewer Latin letters is an option only where it stands alone."""
_SEVERAL = ","
ABROAD = "{abroad}"
"""In an option's words: any country other than China."""


def parse_choice(text: str, asked: Asked) -> Parsed:
    """One of the options by its words, its value or its number, or named in a short sentence."""
    value = _option(text, asked.options)
    if value is None:
        named = _named(text, asked.options)
        value = named[0][0] if len(named) == 1 else None
    return Accepted(value) if value is not None else Rejected("choose_one")


def parse_consent(text: str, asked: Asked) -> Parsed:
    """An option and nothing else, said once or twice; what is agreed to under a condition is not agreed to."""
    pieces = [piece for piece in _MANY.split(folded(text)) if piece]
    values = {_option(piece, asked.options) for piece in pieces}
    value = _option(text, asked.options) or (values.pop() if len(values) == 1 else None)
    return Accepted(value) if value is not None else Rejected("choose_one")


def find_choice(text: str, asked: Asked) -> Found | None:
    """The one option that the text names, as nothing but it."""
    value = _option(bare(text), asked.options, numbers=False)
    return Found(value, text.strip()) if value is not None else None


def parse_choices(text: str, asked: Asked) -> Parsed:
    """One or more of the options, in the options' own order."""
    pieces = [piece for piece in _MANY.split(folded(text)) if piece]
    values = {_option(piece, asked.options) for piece in pieces} or {None}
    if None in values:
        values = {value for value, _ in _named(text, asked.options)}
    chosen = [option for option in asked.options if option in values]
    return Accepted(_SEVERAL.join(chosen)) if chosen else Rejected("choose_some")


def chosen(value: str) -> tuple[str, ...]:
    """The options that a kept answer stands for."""
    return tuple(value.split(_SEVERAL)) if value else ()


def _option(text: str, options: Options, *, numbers: bool = True) -> str | None:
    wanted = folded(text)
    for place, (value, words) in enumerate(options.items(), start=1):
        names = {value, *(folded(word) for word in words)} | ({str(place)} if numbers else set())
        if wanted in names:
            return value
    return None


def _named(text: str, options: Options) -> list[tuple[str, str]]:
    """The options that the text names, each with the word; none where it denies something.

    Of words that lie in each other the longest counts: who says "service mark" names no "mark".
    """
    low = folded(text)
    spots: list[tuple[int, int, str, str]] = []
    for value, words in options.items():
        for word in _filled(words, text):
            if len(word) >= _SHORTEST or HAN.search(word):
                spots += [(*match.span(), value, word) for match in as_word(word).finditer(low)]
    outer = [
        spot
        for spot in spots
        if not any(a <= spot[0] and spot[1] <= b and (a, b) != spot[:2] for a, b, *_ in spots)
    ]
    for start, end, *_ in outer:
        low = low[:start] + " " * (end - start) + low[end:]
    return [] if _DENIED.search(low) else list({v: (v, word) for _, _, v, word in outer}.values())


def _filled(words: Iterable[str], text: str) -> Iterator[str]:
    """The words of an option, folded; those with {abroad} as the text's own foreign countries fill them in."""
    for word in words:
        if ABROAD not in word:
            yield folded(word)
        elif not country.names_mainland(text):
            yield from (folded(word.replace(ABROAD, name)) for name in country.spelt(text))
