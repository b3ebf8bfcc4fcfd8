"""Says what was read of the things a message names, and what to ask about them where it asks nothing.

In: a voice and a reading. Out: a short paragraph, or none where nothing of the sort was named. Contacts are personal
and are not repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path

from intents.answer import Block, Kind, Text
from intents.entities.ports import said
from intents.reading import Entities, Reading
from intents.tables import table
from intents.voice import Voice

_MOST = 6
"""How many things are listed by name."""


def noted(voice: Voice, reading: Reading) -> list[Block]:
    """What was read; nothing where we refuse to help."""
    if reading.kind is Kind.REFUSE:
        return []
    text = voice.text("frame.space").join(_sentences(voice, reading.entities))
    return [Text(text=text)] if text else []


def questions_about(named: Entities) -> list[str]:
    """Intents that fit what is named: the first for each thing, then the second, and so on."""
    lists = [_questions()[sort] for sort in dict.fromkeys(_sorts(named))]
    found = chain.from_iterable(zip_longest(*lists))
    return list(dict.fromkeys(intent for intent in found if intent))


def _sentences(voice: Voice, named: Entities) -> Iterator[str]:
    items = list(dict.fromkeys(_items(voice, named)))
    if items:
        yield voice.text("noted.line", items=voice.text("noted.joiner").join(_cut(voice, items)))
    misfits = (each.number for each in named.registrations if each.fits is False)
    for number in dict.fromkeys(misfits):
        yield voice.text("noted.misfit", number=number)
    if named.contacts:
        yield voice.text("noted.contacts")


def _items(voice: Voice, named: Entities) -> Iterator[str]:
    for each in named.registrations:
        yield voice.text(f"noted.{each.kind}", number=each.number)
    yield from (said(port, voice.language) for port in named.ports)
    for tariff in named.tariff_codes:
        yield voice.text("noted.tariff_code", code=tariff.code)


def _cut(voice: Voice, items: list[str]) -> list[str]:
    if len(items) <= _MOST:
        return items
    more = voice.text("noted.more", count=str(len(items) - _MOST + 1))
    return [*items[: _MOST - 1], more]


def _sorts(named: Entities) -> Iterator[str]:
    yield from (each.kind for each in named.registrations)
    yield from ("port" for _ in named.ports)
    yield from ("tariff_code" for _ in named.tariff_codes)
    yield from ("contact" for _ in named.contacts)


@cache
def _questions() -> Mapping[str, list[str]]:
    return table(Path(__file__).parent / "entities" / "questions.yaml")
