"""Canned replies as data: `<language>.yaml` says each in one language, under the same ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from intents.answer import Frozen
from knowledge.datafiles import build, place, read, shown
from knowledge.errors import DataFileError
from knowledge.model import LANGUAGES, Language

FOLDER = Path(__file__).parent
NAMES = frozenset({"name", "agency", "reference"})


class Wording(Frozen):
    """One reply in one language."""

    title: str
    text: str


@dataclass(frozen=True)
class Reply:
    """A reply to one conversation, its names filled in."""

    id: str
    title: str
    """In the console's language."""
    words: str
    """What else it is found by: its title in the prospect's language."""
    text: str


def offered(language: Language, names: Mapping[str, str]) -> Sequence[Reply]:
    """The replies in a language whose names are all known and not empty, in the file's order."""
    console, own = wordings("en"), wordings(language)
    known = {name for name, value in names.items() if value}
    return [
        Reply(key, console[key].title, one.title, one.text.format(**names))
        for key, one in own.items()
        if _wanted(one.text) <= known
    ]


@cache
def wordings(language: Language) -> Mapping[str, Wording]:
    """All replies of a language by id. Raises DataFileError with the place of what is wrong."""
    path = FOLDER / f"{language}.yaml"
    found = {key: build(Wording, path, key, written) for key, written in read(path).items()}
    for key, one in found.items():
        odd = sorted(_wanted(one.text) - NAMES)
        if odd:
            raise DataFileError(f"{place(path, key)}: {key}: nothing is filled in for {odd}")
    return found


def problems() -> Iterator[str]:
    """A line for everything that is wrong in the files."""
    ids: dict[str, list[str]] = {}
    for language in LANGUAGES:
        try:
            ids[language] = list(wordings(language))
        except DataFileError as error:
            yield from str(error).splitlines()
    if len({tuple(its) for its in ids.values()}) > 1:
        yield f"{shown(FOLDER)}: not the same replies in every language"


def _wanted(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
