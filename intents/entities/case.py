"""What a message tells of a right and its holder: how the right stands, who the applicant is, and from where."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from intents.entities.rights import rights
from intents.names import Finder
from intents.normalise import for_matching
from intents.tables import table


def case(text: str) -> dict[str, str]:
    """The parts of `knowledge.eligibility.CASE` that are told and not denied, each by the name first said."""
    ready = for_matching(text)
    found = {part: finder.find_affirmed(ready) for part, finder in _finders().items()}
    told = {part: values[0] for part, values in found.items() if values}
    kinds = rights(text)
    if kinds and "subject" not in told:
        told["subject"] = kinds[0]
    return told


def without_case(text: str) -> str:
    """The text, made ready by `for_matching`, without what it tells of a right and its holder."""
    for finder in _finders().values():
        for name, _ in finder.spots(text):
            text = text.replace(name, " ", 1)
    return text


@cache
def _finders() -> Mapping[str, Finder]:
    data = table(Path(__file__).parent / "case.yaml")
    return {
        part: Finder(
            {
                value: [name for each in names.values() for name in each]
                for value, names in values.items()
            }
        )
        for part, values in data.items()
    }
