"""Subjects that are not ours, recognised by name, so that they can be declined by name: data in `outside.yaml`.

A question whether we do such a thing ("do you also handle ...?", 你们办……吗) is about that thing, however much the rest
of it sounds like an order for ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from intents.answer import Frozen
from intents.names import Finder
from intents.normalise import fold, simplify
from intents.tables import table
from knowledge.datafiles import build
from knowledge.model import LANGUAGES, Language

FILE = Path(__file__).parent / "outside.yaml"
_OFFER = re.compile(
    r"^(?:(?:hi|hello|hey|and|also|but|so|ok|please)\b[\s,!.]*)*"
    r"(?:do|can|could|would|will|are) (?:you|u|you guys|your (?:firm|agency|company|team|office))\b"
    r"|(?:你们|您们|你|您|贵司|贵所|贵公司|公司)(?:那里|这里|这边|那边)?(?:也|还|能|可以|会|有|可|是否|能不能|可不可以)*"
    r"(?:做|办|代办|代理|接|提供|处理|帮|申请|弄|负责|受理|打|代做)"
    r"|^(?:能|可以|能不能|可不可以)(?:也|还)?(?:帮|代|做|办)",
    re.IGNORECASE,
)
_OURS = re.compile(r"customs|border|\bgacc\b|seiz|detain|海关|口岸|扣", re.IGNORECASE)


class Named(Frozen):
    """A subject in one language."""

    name: str
    words: tuple[str, ...]


@cache
def subjects() -> Mapping[str, Mapping[Language, Named]]:
    """All subjects by id, in every language. Raises DataFileError."""
    return {
        subject: {
            language: build(Named, FILE, subject, wording[language]) for language in LANGUAGES
        }
        for subject, wording in table(FILE).items()
    }


def named_in(text: str) -> list[str]:
    """The subjects that a message names, in order."""
    return _finder().find(text)


def asks_whether_we_do(text: str) -> bool:
    """Whether it asks if we offer something, and nothing in it is of customs."""
    even = simplify(fold(text))
    return bool(_OFFER.search(even)) and not _OURS.search(even)


def doubled(names: frozenset[str]) -> Iterator[str]:
    """The words that stand under two subjects, or among the names that are known already."""
    seen: dict[str, str] = {}
    for subject, wording in subjects().items():
        for word in {word.lower() for each in wording.values() for word in each.words}:
            if word in names or seen.setdefault(word, subject) != subject:
                yield word


@cache
def _finder() -> Finder:
    return Finder(
        {
            subject: [word for each in wording.values() for word in each.words]
            for subject, wording in subjects().items()
        }
    )
