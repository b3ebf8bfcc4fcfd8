"""Holds the files of `followups/` against the rules of `docs/data.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from intents.catalogue import Topic
from intents.following import TOPICS, Table
from intents.normalise import for_matching
from intents.phrasebook import SPELT, Phrasebook
from intents.reading import Wish
from knowledge.datafiles import find, read
from knowledge.model import LANGUAGES
from knowledge.problems import Problem

RECORDED = ("recorded", "unrecorded")
_SIGN = re.compile(r"[()|]")


def check_following(folder: Path, topics: Mapping[str, Topic]) -> Iterator[Problem]:
    """Everything that is wrong with them. Raises DataFileError if one cannot be read."""
    if not folder.is_dir():
        return
    book, table = Phrasebook.load(folder), Table.load(folder)
    yield from _languages(folder)
    for form, patterns in book.patterns.items():
        for what in (what for pattern in patterns for what in _pattern(pattern)):
            yield Problem(f"{find(folder, form)}: {form}", what)
    yield from (Problem(f"{folder.name}/{TOPICS}", what) for what in _table(table, book, topics))


def _languages(folder: Path) -> Iterator[Problem]:
    """The same forms in every language, but for the names whose spelling is mended."""
    first, *others = ({*read(folder / f"{each}.yaml")} - {SPELT} for each in LANGUAGES)
    for other in others:
        for form in sorted(first ^ other):
            yield Problem(f"{folder.name}: {form}", "not in every language")


def _pattern(pattern: str) -> Iterator[str]:
    if pattern.count("(") != pattern.count(")"):
        yield f"{pattern!r}: a bracket is missing"
    words = _SIGN.sub(" ", pattern)
    if for_matching(words).split() != words.split():
        yield f"{pattern!r}: small letters and simplified characters, no punctuation"


def _table(table: Table, book: Phrasebook, topics: Mapping[str, Topic]) -> Iterator[str]:
    families = {intent.partition(".")[0] for intent in topics}
    named = [
        *(intent for row in table.sisters for intent in row.values()),
        *(intent for offered in table.instead.values() for intent in offered),
        *(intent for pair in table.twins for intent in pair),
        *(intent for told in table.aspects.values() for intent in told.values()),
    ]
    asked = [
        *(name for names in table.only.values() for name in names),
        *(name for told in table.aspects.values() for name in told),
    ]
    for intent in named:
        if intent not in topics:
            yield f"no intent {intent}"
    for name in asked:
        if name not in topics and name not in families:
            yield f"no intent and no family {name}"
    known = set(book.forms)
    for form in sorted(set(table.aspects) - known):
        yield f"aspects: {form} has no phrases"
    for form in sorted(known - {wish.value for wish in Wish} - set(RECORDED) - set(table.aspects)):
        yield f"aspects: nothing for {form} of the phrases"
