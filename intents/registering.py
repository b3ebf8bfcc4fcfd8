"""Registration and recordation taken for each other: what is asked of a mark that is to be registered, or that is.

In: how likely each intent is, what is named, the words. Out: the same, with what is asked of a registration moved to
the recordation where only that can be meant: the mark has its number, or it is "to be registered with Customs".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from intents.entities.wording import as_asked
from intents.reading import Entities

_OF_RECORDATION: Mapping[str, str] = {
    "tm.documents": "documents.trademark",
    "tm.fee": "fee.official",
    "tm.procedure": "filing.steps",
    "tm.time": "time.decision",
}
_REGISTERING = re.compile(r"\bregist|\bappl(?:y|ied)|\bcnipa\b|注册|申请|商标局", re.IGNORECASE)
_WITH_CUSTOMS = re.compile(r"\bcustoms?\b|\bgacc\b|海关", re.IGNORECASE)
_BOTH = re.compile(
    r"\brecord|\bcnipa\b|\btrade ?mark office\b|\b(?:before|prior|first|then|after|once)\b"
    r"|备案|商标局|国知局|知识产权局|先|再|然后|之前|之后|以后|才",
    re.IGNORECASE,
)
"""Who says this tells the two apart."""


def of_recordation(shares: Mapping[str, float], named: Entities, text: str) -> dict[str, float]:
    """The shares, those of registration moved where the recordation is meant."""
    asked = as_asked(text)
    if not (_registered(named, asked) or _registering_with_customs(asked)):
        return dict(shares)
    moved: dict[str, float] = {}
    for intent, share in shares.items():
        meant = _OF_RECORDATION.get(intent, intent)
        moved[meant] = moved.get(meant, 0.0) + share
    return moved


def _registered(named: Entities, asked: str) -> bool:
    """A mark that has its number is registered."""
    marks = {"trademark", "madrid"} & {number.kind for number in named.registrations}
    return bool(marks) and not _REGISTERING.search(asked)


def _registering_with_customs(asked: str) -> bool:
    """Customs registers no marks: "to register a mark with Customs" is to record it."""
    return bool(_WITH_CUSTOMS.search(asked)) and not _BOTH.search(asked)
