"""What can be asked and how we say it: topics, wordings, phrases, read from this floor's data files.

In: the folder with `topics/ answers/ phrases/ out_of_scope/` and, for a quick start, a cache folder.
Out: a `Catalogue`, frozen. Whether the data keep their rules is the business of `intents.check`, not of reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field

from intents.answer import Frozen, Kind, Suggestion
from intents.concepts import Vocabulary
from intents.errors import GrammarError, MissingTextError, UnknownIntentError
from intents.grammar import Lists, expand
from intents.language import TAUGHT
from knowledge.compiled import Mappings, mappings
from knowledge.datafiles import build, place
from knowledge.errors import DataFileError
from knowledge.model import LANGUAGES, Language

FOLDER = Path(__file__).parent
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
TEXT_FILES = ("frame", "handlers", "context")
"""Files beside the answers that hold texts of the code, not of a topic."""
LISTS = "lists.yaml"
"""The file beside the phrases of a language that holds the lists they name."""
OTHERS = "other"
"""The file of lines out of scope in languages we do not speak."""


class Topic(Frozen):
    """A question people ask, and the facts its answer rests on."""

    id: str = Field(pattern=r"^[a-z_]+\.[a-z0-9_]+$")
    kind: Kind = Kind.ANSWER
    rests_on: tuple[str, ...] = ()
    """Facts the lead line states."""
    then: tuple[str, ...] = ()
    """Facts said after it, in their own words."""
    next: tuple[str, ...] = ()
    """Intents offered afterwards."""
    handler: str | None = None
    """The code that works the answer out, if what it needs is given."""
    remark: str | None = None
    """The remark of the knowledge base that is its first line: `claims/official_fee`."""
    procedure: str | None = None
    """The procedure it is about, which a picture may show."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Everything the plain answer may state."""
        return (*self.rests_on, *self.then)


class Wording(Frozen):
    """How an intent is said in one language."""

    label: str
    """The button."""
    ask: str
    """The question the button stands for."""
    lead: str = ""
    """The first line of the answer; empty where it is a remark of the knowledge base."""
    also: tuple[str, ...] = ()
    """Other words for the first line, for whoever gets it again and again: small talk, a refusal."""

    def line(self, said: int = 0) -> str:
        """The first line in the words for somebody who has had it so many times."""
        lines = (self.lead, *self.also)
        return lines[said % len(lines)]


Phrases = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Catalogue:
    """All topics with their wordings and phrases in every language."""

    topics: Mapping[str, Topic]
    wordings: Mapping[Language, Mapping[str, Wording]]
    phrases: Mapping[Language, Phrases]
    texts: Mapping[Language, Mapping[str, tuple[str, ...]]]
    """Every text in one or several wordings."""
    lists: Mapping[str, Lists] = field(default_factory=dict)
    """The lists that phrases name, by language."""
    out_of_scope: tuple[str, ...] = ()
    foreign: Mapping[str, Phrases] = field(default_factory=dict)
    """The commonest questions in languages we do not speak, by ISO 639-1 code."""
    foreign_out_of_scope: tuple[str, ...] = ()
    """Lines in those languages that ask none of these questions."""
    vocabulary: tuple[Vocabulary, ...] = ()
    """What stands in the files of concepts."""

    @classmethod
    def load(cls, folder: Path = FOLDER, *, cache: Path | None = None) -> Catalogue:
        """Read the data files. Raises DataFileError naming the file and what is wrong in it."""
        files = [*data_files(folder), *foreign_files(folder)]
        files = [path for path in files if path.suffix == ".yaml"]
        return _build(mappings("texts", folder, files, cache), folder)

    def topic(self, intent: str) -> Topic:
        """A topic by its intent. Raises UnknownIntentError."""
        try:
            return self.topics[intent]
        except KeyError:
            raise UnknownIntentError(f"no intent {intent!r}") from None

    def wording(self, intent: str, language: Language) -> Wording:
        """How an intent is said. Raises MissingTextError."""
        try:
            return self.wordings[language][intent]
        except KeyError:
            raise MissingTextError(f"{language}: no wording for {intent}") from None

    def text(self, key: str, language: Language, said: int = 0) -> str:
        """A text of the frame or of a handler, for somebody who has had it so many times. Raises MissingTextError."""
        try:
            wordings = self.texts[language][key]
        except KeyError:
            raise MissingTextError(f"{language}: no text {key}") from None
        return wordings[said % len(wordings)]

    def suggestion(self, intent: str, language: Language) -> Suggestion:
        """An intent as a button."""
        wording = self.wording(intent, language)
        return Suggestion(intent=intent, label=wording.label, ask=wording.ask)

    @cached_property
    def training(self) -> dict[str, list[str]]:
        """All phrases by intent, without repeats: those of the files, and how we ourselves say it."""
        found: dict[str, dict[str, None]] = {intent: {} for intent in self.topics}
        for language in LANGUAGES:
            for intent, phrases in self.phrases[language].items():
                found.get(intent, {}).update(dict.fromkeys(phrases))
            for intent, wording in self.wordings[language].items():
                said = (wording.ask, wording.label, PLACEHOLDER.sub(" ", wording.lead))
                found.get(intent, {}).update(dict.fromkeys(filter(None, said)))
        return {intent: list(phrases) for intent, phrases in found.items() if phrases}

    @property
    def every_phrase(self) -> Mapping[str, Phrases]:
        """The phrases of the languages we speak and of the others."""
        spoken: dict[str, Phrases] = {language: self.phrases[language] for language in LANGUAGES}
        return {**spoken, **self.foreign}

    @cached_property
    def foreign_training(self) -> dict[str, list[str]]:
        """The phrases of all other languages by intent, without repeats."""
        found: dict[str, dict[str, None]] = {}
        for phrases in self.foreign.values():
            for intent, group in phrases.items():
                found.setdefault(intent, {}).update(dict.fromkeys(group))
        return {intent: list(phrases) for intent, phrases in found.items()}


def data_files(folder: Path) -> list[Path]:
    """Every YAML file that the languages we speak are learnt from."""
    parts = ("topics", "answers", *(f"phrases/{language}" for language in LANGUAGES), "concepts")
    return [path for part in parts for path in sorted((folder / part).rglob("*.yaml"))]


def out_of_scope_files(folder: Path) -> list[Path]:
    """The files of lines in the languages we speak that ask for nothing of ours."""
    return [path for path in _out_of_scope(folder) if path.stem != OTHERS]


def foreign_files(folder: Path) -> list[Path]:
    """Every file that only other languages are learnt from."""
    paths = [path for code in TAUGHT for path in sorted((folder / "phrases" / code).glob("*.yaml"))]
    return paths + [path for path in _out_of_scope(folder) if path.stem == OTHERS]


def _out_of_scope(folder: Path) -> list[Path]:
    return sorted((folder / "out_of_scope").glob("*.txt"))


def lines(path: Path) -> tuple[str, ...]:
    """The lines of a text file that are neither empty nor comments."""
    stripped = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))


def _build(files: Mappings, folder: Path) -> Catalogue:
    return Catalogue(
        topics={topic.id: topic for topic in _topics(files, folder)},
        wordings={language: _wordings(files, folder, language) for language in LANGUAGES},
        phrases={language: _phrases(files, folder, language) for language in LANGUAGES},
        texts={language: _texts(files, language) for language in LANGUAGES},
        lists={language: _lists(files, folder, language) for language in (*LANGUAGES, *TAUGHT)},
        out_of_scope=tuple(line for path in out_of_scope_files(folder) for line in lines(path)),
        foreign={code: _phrases(files, folder, code) for code in TAUGHT},
        foreign_out_of_scope=tuple(
            line for path in foreign_files(folder) if path.stem == OTHERS for line in lines(path)
        ),
        vocabulary=tuple(_vocabulary(files, folder)),
    )


def _vocabulary(files: Mappings, folder: Path) -> Iterator[Vocabulary]:
    for path, entries in files.items():
        if path.startswith("concepts/"):
            for concept, languages in entries.items():
                if not isinstance(languages, dict) or not languages:
                    raise DataFileError(
                        f"{place(folder / path, concept)}: {concept}: terms by language are wanted"
                    )
                for language, terms in languages.items():
                    _strings(folder / path, f"{concept}: {language}", terms)
            yield entries


def _topics(files: Mappings, folder: Path) -> list[Topic]:
    found = []
    for path, entries in files.items():
        if path.startswith("topics/"):
            found += [
                build(Topic, folder / path, key, data, id=key) for key, data in entries.items()
            ]
    return found


def _wordings(files: Mappings, folder: Path, language: Language) -> dict[str, Wording]:
    return {
        key: build(Wording, folder / path, key, data)
        for path, entries in files.items()
        if path.startswith(f"answers/{language}/") and Path(path).stem not in TEXT_FILES
        for key, data in entries.items()
    }


def _texts(files: Mappings, language: Language) -> dict[str, tuple[str, ...]]:
    paths = [f"answers/{language}/{stem}.yaml" for stem in TEXT_FILES]
    found = {key: text for path in paths for key, text in files.get(path, {}).items()}
    return {key: (text,) if isinstance(text, str) else tuple(text) for key, text in found.items()}


def _phrases(files: Mappings, folder: Path, language: str) -> dict[str, tuple[str, ...]]:
    begins, lists = f"phrases/{language}/", _lists(files, folder, language)
    return {
        intent: _expanded(folder / path, intent, data, lists)
        for path, entries in files.items()
        if path.startswith(begins) and path != begins + LISTS
        for intent, data in entries.items()
    }


def _lists(files: Mappings, folder: Path, language: str) -> dict[str, tuple[str, ...]]:
    """The words that phrases of a language name in braces."""
    path = f"phrases/{language}/{LISTS}"
    return {
        name: _strings(folder / path, name, words) for name, words in files.get(path, {}).items()
    }


def _expanded(path: Path, intent: str, data: Any, lists: Lists) -> tuple[str, ...]:
    """The phrases that the lines of an intent stand for."""
    found: dict[str, None] = {}
    for number, line in enumerate(_strings(path, intent, data)):
        try:
            found.update(dict.fromkeys(expand(line, lists)))
        except GrammarError as error:
            raise DataFileError(
                f"{place(path, intent, number)}: {intent}: {line!r}: {error}"
            ) from error
    return tuple(found)


def _strings(path: Path, key: str, data: Any) -> tuple[str, ...]:
    if not isinstance(data, list) or not all(isinstance(item, str) for item in data):
        raise DataFileError(f"{place(path, key)}: {key}: a list of sentences is wanted")
    return tuple(data)
