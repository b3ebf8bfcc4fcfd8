"""Kinds of right named in a message, slang and misspellings included."""

from __future__ import annotations

import re

_KINDS = {
    "trademark": (
        r"\btrade ?-?marks?\b|\btms?\b|\bmadrid\b|\blogos?\b|\bbrand names?\b|\bmarque\b|"
        r"商标|品牌|牌子|标志注册"
    ),
    "copyright": r"\bcopy ?rights?\b|\bartworks?\b|著作权|版权|作品登记|软著|美术作品",
    "invention": r"\binvention(?:s| patents?)?\b|发明",
    "utility_model": r"\butility ?mod(?:el|le)s?\b|\bpetty patents?\b|实用新型",
    "design": r"\bdes(?:ign|gin) ?pat\w*\b|\bindustrial designs?\b|\bdesigns?\b|外观",
    "patent": r"\bpaten[td]s?\b|专利",
}
_FOUND = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _KINDS.items()}
_PATENTS = frozenset(("invention", "utility_model", "design"))


def rights(text: str) -> tuple[str, ...]:
    """The kinds of right, each once, in the order they are named; plain `patent` only where no sort of it is named."""
    places = {
        kind: match.start() for kind, pattern in _FOUND.items() if (match := pattern.search(text))
    }
    if _PATENTS & places.keys():
        places.pop("patent", None)
    return tuple(sorted(places, key=lambda kind: places[kind]))


def names_right(text: str, kind: str) -> bool:
    """Whether the text names that kind of right; looking for one is quicker than for all."""
    return bool(_FOUND[kind].search(text))


def without_rights(text: str) -> str:
    """The text without the kinds of right it names."""
    for pattern in _FOUND.values():
        text = pattern.sub(" ", text)
    return text
