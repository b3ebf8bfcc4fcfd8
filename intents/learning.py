"""Matchers are learnt once and kept in the cache under a digest of everything they are made of.

There are two, and a change to what one is made of does not make the other learn anew: the matcher of the languages we
speak, and the matcher of the commonest questions in other languages, which most messages never need.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from intents.catalogue import (
    FOLDER,
    TEXT_FILES,
    Catalogue,
    data_files,
    foreign_files,
    out_of_scope_files,
)
from intents.concepts import Concepts, Vocabulary, of_glossary
from intents.errors import ModelFileError
from intents.language import unaccented
from intents.matcher import ARRAYS, Matcher
from intents.sentences import encoder
from knowledge.compiled import digest, forget_older
from knowledge.library import Library

Progress = Callable[[str], None]
_CODE = (
    "arrays",
    "matcher",
    "fusion",
    "vectoriser",
    "features",
    "tokens",
    "normalise",
    "concepts",
    "spelling",
    "grammar",
    "evidence/*",
    "sentences/*",
)


@dataclass(frozen=True)
class Lesson:
    """What a matcher is to learn."""

    name: str
    """How its files in the cache begin."""
    version: str
    """A digest of everything it is made of."""
    what: str
    """What is learnt, for whoever waits for it."""
    learn: Callable[[], Matcher]

    def learnt(self, cache: Path, progress: Progress = lambda _: None) -> Matcher:
        """The matcher: from the cache, or learnt now and kept there."""
        try:
            return Matcher.load(self._kept(cache))
        except ModelFileError:
            return self._study(cache, progress)

    def prepare(self, cache: Path, progress: Progress = lambda _: None) -> None:
        """See to it that the cache has the matcher, without loading it."""
        kept = self._kept(cache)
        if not (kept.is_file() and kept.with_suffix(ARRAYS).is_file()):
            self._study(cache, progress)

    def _kept(self, cache: Path) -> Path:
        return cache / f"{self.name}-{self.version[:20]}.json"

    def _study(self, cache: Path, progress: Progress) -> Matcher:
        progress(f"learning {self.what} (once, after they have changed)")
        begun = time.perf_counter()
        matcher = self.learn()
        kept = self._kept(cache)
        matcher.save(kept)
        for suffix in (kept.suffix, ARRAYS):
            forget_older(cache, f"{self.name}-*{suffix}")
        progress(f"learnt in {time.perf_counter() - begun:.0f} s")
        return matcher


def spoken(catalogue: Catalogue, library: Library) -> Lesson:
    """All questions in the languages we speak."""
    names = of_glossary(library.terms.values(), catalogue.vocabulary)
    files = [path for path in data_files(FOLDER) if path.stem not in TEXT_FILES]

    def learn() -> Matcher:
        concepts = Concepts.of((*catalogue.vocabulary, names))
        return Matcher.fit(catalogue.training, oos=catalogue.out_of_scope, concepts=concepts)

    version = _version([*files, *out_of_scope_files(FOLDER)], names, encoder.digest())
    return Lesson("matcher", version, "the phrases", learn)


def foreign(catalogue: Catalogue, library: Library) -> Lesson:
    """The commonest questions in other languages, all without accents, because people type without them.

    By words alone: the sentence model reads English.
    """
    names = of_glossary(library.terms.values(), catalogue.vocabulary)
    own = [FOLDER / "language.py", FOLDER / "learning.py"]

    def learn() -> Matcher:
        phrases = catalogue.foreign_training
        return Matcher.fit(
            {intent: _bare(group) for intent, group in phrases.items()},
            oos=_bare(catalogue.foreign_out_of_scope),
            concepts=_unaccented(Concepts.of((*catalogue.vocabulary, names))),
            words_only=True,
        )

    concepts = sorted((FOLDER / "concepts").rglob("*.yaml"))
    version = _version([*foreign_files(FOLDER), *concepts, *own], names)
    return Lesson("foreign", version, "the phrases in other languages", learn)


def _bare(texts: Iterable[str]) -> list[str]:
    return [unaccented(text) for text in texts]


def _unaccented(concepts: Concepts) -> Concepts:
    """The same terms without accents; where two become one, the first keeps its meaning."""
    terms: dict[tuple[str, ...], str] = {}
    for term, concept in concepts.terms.items():
        terms.setdefault(tuple(map(unaccented, term)), concept)
    return Concepts(terms)


def _version(files: Iterable[Path], names: Vocabulary, model: str | None = None) -> str:
    """A digest of data files, names of the glossary, the sentence model, and the code that learns."""
    code = [path for name in _CODE for path in FOLDER.glob(f"{name}.py")]
    found = digest([*files, *code], FOLDER)
    return hashlib.sha256(f"{found}\0{json.dumps(names)}\0{model}".encode()).hexdigest()
