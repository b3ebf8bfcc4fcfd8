"""Teaches a question: a sentence under test that fails today, and a phrase in other words that may mend it.

Each is one line more in its file, and not a sign else changes, so that comments, order and form stay.
What `intents.check` or the tests of the sentences would refuse is refused here, before anything is written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import Node, ScalarNode, SequenceNode

from intents.catalogue import FOLDER, Catalogue
from intents.errors import LessonError
from intents.grammar import escaped
from intents.normalise import for_matching
from knowledge.compiled import write_whole
from knowledge.datafiles import file_of, parse, read, shown, yaml_files
from knowledge.errors import DataFileError
from knowledge.model import LANGUAGES, Language

_BLOCKS = ("|", ">")
LEARNT = "learnt"
"""The list of sentences that real people typed: each of them must land, while of the invented ones most must."""
LANDING = ("lands", LEARNT)
NEAR_MISSES = "near_misses"


@dataclass(frozen=True)
class Places:
    """Where the files lie."""

    taught: Path = FOLDER
    """The folder with `phrases/` and `out_of_scope/`."""
    tested: Path = FOLDER.parent / "tests" / "intents" / "phrases"
    """The folder with the sentences under test, which only a checkout has."""


OURS = Places()


@dataclass(frozen=True)
class Lesson:
    """A question, how it was asked, and how else one may ask it."""

    intent: str
    language: Language
    sentence: str
    """What goes under test; it is never taught, else the test would show nothing."""
    phrase: str
    """What is taught; it is no template, and a sign of the grammar in it is only that sign."""


@dataclass(frozen=True)
class Change:
    """A line more in a file, not written yet."""

    path: Path
    line: int
    added: str
    text: str
    """The whole file with it."""

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}: {self.added.strip()}"

    def write(self) -> None:
        """Put it in place. Raises OSError."""
        write_whole(self.path, lambda part: part.write_bytes(self.text.encode("utf-8")))


def lesson(wanted: Lesson, catalogue: Catalogue, places: Places = OURS) -> list[Change]:
    """What teaching it changes: the test's file first, then the phrases'.

    Raises LessonError where the data would contradict themselves, UnknownIntentError, DataFileError.
    """
    catalogue.topic(wanted.intent)
    _refuse(_objections(wanted, catalogue, places))
    tested, taught = places.tested / wanted.language, places.taught / "phrases" / wanted.language
    return [
        _with_item(_file(tested, wanted.intent), (wanted.intent, LEARNT), wanted.sentence),
        _with_item(_file(taught, wanted.intent), (wanted.intent,), escaped(wanted.phrase)),
    ]


def phrase(
    words: str, intent: str, language: Language, catalogue: Catalogue, places: Places = OURS
) -> Change:
    """What it changes to teach a phrase and put nothing under test. Raises as `lesson` does."""
    catalogue.topic(intent)
    _refuse(_phrase_objections(words, intent, catalogue, places))
    taught = places.taught / "phrases" / language
    return _with_item(_file(taught, intent), (intent,), escaped(words))


def outside(
    sentence: str, language: Language, catalogue: Catalogue, places: Places = OURS
) -> Change:
    """What it changes to teach that a sentence asks for nothing of ours. Raises as `lesson` does."""
    _refuse(_not_outside(sentence, catalogue, places))
    path = places.taught / "out_of_scope" / f"{language}.txt"
    lines = _text(path).split("\n")
    last = max(number for number, line in enumerate(lines, 1) if line.strip())
    return _with_lines(path, lines, last, [sentence])


def _refuse(objections: Iterator[str]) -> None:
    first = next(objections, None)
    if first is not None:
        raise LessonError(first)


def _objections(wanted: Lesson, catalogue: Catalogue, places: Places) -> Iterator[str]:
    sentence, phrase = for_matching(wanted.sentence), for_matching(wanted.phrase)
    if not sentence or not phrase:
        yield "a sentence and a phrase with words in them are wanted"
    if sentence == phrase:
        yield "the phrase has to be in other words than the sentence under test"
    for words in (wanted.sentence, wanted.phrase):
        yield from _clashes(words, wanted.intent, catalogue, places)


def _phrase_objections(
    words: str, intent: str, catalogue: Catalogue, places: Places
) -> Iterator[str]:
    if not for_matching(words):
        yield "a phrase with words in it is wanted"
    yield from _clashes(words, intent, catalogue, places)


def _clashes(words: str, intent: str, catalogue: Catalogue, places: Places) -> Iterator[str]:
    """What the data say of these words already."""
    key, taught, tested = for_matching(words), _taught(catalogue), _tested(places)
    if key in taught:
        yield f"{words!r} is taught already, for {taught[key]}"
    if key in tested.landing:
        yield f"{words!r} is under test already, for {tested.landing[key]}"
    if (key, intent) in tested.missing:
        yield f"{words!r} must not land on {intent}: it is one of its near misses"
    if key in {for_matching(line) for line in catalogue.out_of_scope}:
        yield f"{words!r} is taught to be out of scope"


def _not_outside(sentence: str, catalogue: Catalogue, places: Places) -> Iterator[str]:
    key, taught, tested = for_matching(sentence), _taught(catalogue), _tested(places)
    if not key or sentence.startswith("#"):
        yield "a sentence with words in it is wanted"
    if key in taught:
        yield f"{sentence!r} is taught for {taught[key]}"
    if key in tested.landing:
        yield f"{sentence!r} is under test for {tested.landing[key]}"
    if key in {for_matching(line) for line in catalogue.out_of_scope}:
        yield f"{sentence!r} is taught to be out of scope already"


def _taught(catalogue: Catalogue) -> dict[str, str]:
    """Every phrase, and every wording of ours, with its intent."""
    return {
        for_matching(phrase): intent
        for intent, phrases in catalogue.training.items()
        for phrase in phrases
    }


@dataclass(frozen=True)
class _Tested:
    """The sentences under test, as the matcher sees them."""

    landing: dict[str, str]
    """With the intent each must land on."""
    missing: set[tuple[str, str]]
    """With the intent each must not land on."""


def _tested(places: Places) -> _Tested:
    """Raises DataFileError."""
    found = _Tested({}, set())
    for language in LANGUAGES:
        for path in yaml_files(places.tested / language):
            for intent, lists in read(path).items():
                for name, sentences in lists.items():
                    keys = map(for_matching, sentences)
                    if name == NEAR_MISSES:
                        found.missing.update((key, intent) for key in keys)
                    else:
                        found.landing.update(dict.fromkeys(keys, intent))
    return found


def _file(folder: Path, intent: str) -> Path:
    path = file_of(folder, intent)
    if path is None:
        raise DataFileError(f"{shown(folder)}: {intent} begins no line of its files")
    return path


def _with_item(path: Path, keys: tuple[str, ...], item: str) -> Change:
    """The file with one item more at the end of the list under these keys, which begins here if it is the first."""
    text = _text(path)
    *outer, name = keys
    lists = _entries(YAML(typ="safe", pure=True).compose(text), outer)
    key, items = next((pair for pair in lists if pair[0].value == name), lists[-1])
    if not _takes_lines(items):
        raise DataFileError(f"{shown(path)}: {', '.join(keys)}: no list with a line for each item")
    heading = [] if key.value == name else [f"{' ' * key.start_mark.column}{name}:"]
    added = [*heading, f"{' ' * items.start_mark.column}- {_scalar(item)}"]
    change = _with_lines(path, text.split("\n"), items.value[-1].end_mark.line + 1, added)
    _one_more(text, change, keys, item)
    return change


def _entries(node: Node, keys: Sequence[str]) -> list[tuple[ScalarNode, Node]]:
    """The keys of the mapping under these keys, each with what it holds."""
    for key in keys:
        node = next(value for name, value in node.value if name.value == key)
    return list(node.value)


def _takes_lines(node: Node) -> bool:
    """Whether it is a list, with an item, that one line more makes longer."""
    if not isinstance(node, SequenceNode) or node.flow_style or not node.value:
        return False
    last = node.value[-1]
    return isinstance(last, ScalarNode) and last.style not in _BLOCKS


def _with_lines(path: Path, lines: list[str], at: int, added: Sequence[str]) -> Change:
    """The lines with some more at that place, their ends as that of the line above."""
    end = "\r" if lines[at - 1].endswith("\r") else ""
    text = "\n".join([*lines[:at], *(line + end for line in added), *lines[at:]])
    whole = text if text.endswith("\n") else f"{text}\n"
    return Change(path, at + len(added), added[-1], whole)


def _one_more(before: str, change: Change, keys: tuple[str, ...], item: str) -> None:
    """Make sure that the change says what it is to say, and nothing else. Raises DataFileError."""
    wanted = deepcopy(parse(before))
    entries: Any = wanted
    *outer, name = keys
    for key in outer:
        entries = entries[key]
    entries.setdefault(name, []).append(item)
    if parse(change.text) != wanted:
        raise DataFileError(f"{shown(change.path)}: {': '.join(keys)}: add the line by hand")


def _scalar(text: str) -> str:
    """As YAML, in quotes where it would not be read as itself."""
    try:
        plain = parse(f"x:\n  - {text}\n") == {"x": [text]}
    except DataFileError:
        plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)


def _text(path: Path) -> str:
    """The file as it is, line ends too. Raises DataFileError where it cannot be changed."""
    if not os.access(path, os.R_OK | os.W_OK) or not os.access(path.parent, os.W_OK):
        raise DataFileError(f"{shown(path)}: we may not write there")
    return path.read_bytes().decode("utf-8")
