"""One of several options, or several of them, by button, word or number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.intake.kinds import country
from bot.intake.kinds.base import Accepted, Asked, Found, Options, Parsed, Rejected
from bot.intake.typed import as_word, bare, folded, folded_name
from knowledge.han import HAN

_MANY = re.compile(r"\s*(?:[,;/+&、，；\n]|\band\b|和|及|与|还有)\s*", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not?|none|without|never|isn['’]t|aren['’]t|wasn['’]t|don['’]t|doesn['’]t|haven['’]t|hasn['’]t)\b"
    r"|不|没|未|无|非(?!常)",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:i have |we have |it is |they are )?"
    r"(?:both(?: of them)?|all(?: of (?:them|these|the above))?|all (?:three|four))(?:,? please)?"
    r"|(?:两个|两者|两种|全部|全|这些)?(?:都有|都是|都要|都选)|两个都有?|全部|全都要"
)
"""Several options at once, without their names."""
_PLACES = ("first|1st|一", "second|2nd|二", "third|3rd|三", "fourth|4th|四", "fifth|5th|五")
_LAST = re.compile(r"(?:the )?last(?: one| option)?(?: please)?|最后(?:一)?(?:个|项)")
_SHORTEST = 3
"""A word of fewer Latin letters is an option only where it stands alone."""
_SEVERAL = ","
ABROAD = "{abroad}"
"""In an option's words: any country other than China."""


def parse_choice(text: str, asked: Asked) -> Parsed:
    """One of the options by its words, its value or its number, or named in a short sentence."""
    value = _option(text, asked.options) or _by_place(text, asked.options)
    if value is not None:
        return Accepted(value)
    named = [value for value, _ in _named(text, asked.options)]
    if len(named) > 1 or _ALL.fullmatch(folded(text)):
        return Rejected("one_at_a_time", is_answer=True)
    return Accepted(named[0]) if named else Rejected("choose_one")


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
        names = {value, *(folded_name(word) for word in words)} | (
            {str(place)} if numbers else set()
        )
        if wanted in names:
            return value
    return None


def _by_place(text: str, options: Options) -> str | None:
    """ "The first one", 第二个."""
    wanted, values = folded(text), list(options)
    for value, place in zip(values, _PLACES, strict=False):
        if re.fullmatch(
            rf"(?:the )?(?:{place})(?: one| option)?(?: please)?|第(?:{place})(?:个|项|种)?", wanted
        ):
            return value
    return values[-1] if values and _LAST.fullmatch(wanted) else None


def _named(text: str, options: Options) -> list[tuple[str, str]]:
    """The options that the text names, each with the word; none where it denies something.

    Of words that lie in each other the longest counts: who says "service mark" names no "mark". A single Chinese sign
    counts at the beginning alone: 商标是我们的 is no yes.
    """
    low = folded(text)
    spots: list[tuple[int, int, str, str]] = []
    for value, words in options.items():
        for word in _filled(words, text):
            if len(word) >= _SHORTEST or HAN.search(word):
                found = [match.span() for match in as_word(word).finditer(low)]
                spots += [(*at, value, word) for at in found if len(word) > 1 or not at[0]]
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
            yield folded_name(word)
        elif not country.names_mainland(text):
            yield from (folded(word.replace(ABROAD, name)) for name in country.spelt(text))
