"""Which intent does this text ask for, and how sure are we?

`Matcher.fit({"intent": ["phrase", ...]}, oos=[...])` learns; `match(text)` answers in about a millisecond; `save` and
`load` keep it without pickle: arrays in an npz, the rest in JSON, and the hash of the arrays in the JSON.
The same class serves our phrases and the public benchmarks: of the subject it knows only the concepts it is given.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from intents.answer import Scored
from intents.concepts import NO_CONCEPTS, Concepts
from intents.errors import ModelFileError, UntrainableError
from intents.evidence import Arrays, Corpus, Evidence, Learner, Sentence
from intents.evidence.lexical import LexicalLearner
from intents.evidence.nearest import NearestLearner
from intents.evidence.statistical import StatisticalLearner
from intents.features import Block, cut, gist, pieces, things
from intents.fusion import Fusion
from intents.normalise import for_matching
from intents.spelling import Speller
from intents.vectoriser import Vectoriser, numbered
from knowledge.compiled import write_whole

LEARNERS: Mapping[str, Learner] = {
    "lexical": LexicalLearner(),
    "nearest": NearestLearner(),
    "statistical": StatisticalLearner(),
}
_NEAR = list(LEARNERS).index("nearest")
_SHARES = {"gist": 0.25, "pieces": 0.65, "things": 0.1}
_FOLDS = 2
_RANKED = 12


@dataclass(frozen=True)
class Match:
    """The likeliest intent, how sure we are of it, and the others after it."""

    intent: str
    confidence: float
    ranking: tuple[Scored, ...]


@dataclass(frozen=True)
class Matcher:
    """Phrases, vectors, evidence and their fusion, ready to read messages."""

    intents: tuple[str, ...]
    concepts: Concepts
    vectoriser: Vectoriser
    evidence: Mapping[str, Evidence]
    fusion: Fusion
    speller: Speller

    @classmethod
    def fit(
        cls,
        phrases: Mapping[str, Sequence[str]],
        *,
        oos: Sequence[str] = (),
        concepts: Concepts | None = None,
    ) -> Matcher:
        """Learn from phrases by intent, and lines that belong to none. Raises UntrainableError."""
        known = concepts or NO_CONCEPTS
        intents = _trainable(phrases)
        examples = _examples([phrases[intent] for intent in intents] + [oos] * bool(oos))
        vectoriser = Vectoriser.fit(_blocks(known), [text for text, _ in examples])
        corpus = _corpus(examples, vectoriser)
        held_out = [learner.held_out(corpus) for learner in LEARNERS.values()]
        fusion = Fusion.fit(held_out, corpus.labels, near=_NEAR, nothing=bool(oos))
        evidence = {name: learner.learn(corpus) for name, learner in LEARNERS.items()}
        speller = Speller.of(corpus.texts, known.words)
        return cls(intents, known, vectoriser, evidence, fusion, speller)

    def match(self, text: str, *, terms_only: bool = False) -> Match:
        """The intents this text is likeliest to ask for.

        `terms_only` reads nothing but the terms of the subject: for languages of which we know no other words.
        """
        ready = self.speller.mend(for_matching(text))
        if terms_only:
            ready = " ".join(self.concepts.terms_in(cut(ready)))
        sentence = Sentence(ready, self.vectoriser.transform(ready))
        scores = [evidence.scores(sentence) for evidence in self.evidence.values()]
        shares = self.fusion.probabilities(scores)
        best = np.argsort(-shares, kind="stable")[:_RANKED]
        ranking = tuple(
            Scored(id=self.intents[i], confidence=round(float(shares[i]), 6)) for i in best
        )
        return Match(ranking[0].id, ranking[0].confidence, ranking)

    def save(self, path: Path) -> None:
        """Write `path` (JSON) and, beside it, the arrays (`.npz`)."""
        arrays = _packed(self._arrays())
        header = {
            "sha256": hashlib.sha256(arrays).hexdigest(),
            "intents": self.intents,
            "vocabularies": [list(block) for block in self.vectoriser.vocabularies],
            "terms": [[*term, concept] for term, concept in self.concepts.terms.items()],
            "fusion": vars(self.fusion),
            "known_words": sorted(self.speller.known),
            "mended_towards": self.speller.targets,
        }
        write_whole(path.with_suffix(".npz"), lambda part: part.write_bytes(arrays))
        write_whole(path, lambda part: part.write_text(json.dumps(header), encoding="utf-8"))

    @classmethod
    def load(cls, path: Path) -> Matcher:
        """Read what `save` wrote. Raises ModelFileError if it is not there or not the same."""
        try:
            header = dict(json.loads(path.read_text(encoding="utf-8")))
            packed = path.with_suffix(".npz").read_bytes()
        except (OSError, ValueError, TypeError) as error:
            raise ModelFileError(f"{path}: {error}") from error
        if hashlib.sha256(packed).hexdigest() != header.get("sha256"):
            raise ModelFileError(f"{path}: the arrays beside it are not those that were saved")
        with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
            return cls._built(header, dict(arrays))

    @classmethod
    def _built(cls, header: Mapping[str, object], arrays: Arrays) -> Matcher:
        held = _Header(**header)  # type: ignore[arg-type]
        concepts = Concepts({tuple(entry[:-1]): entry[-1] for entry in held.terms})
        vectoriser = Vectoriser(_blocks(concepts), numbered(held.vocabularies), arrays["idf"])
        evidence = {name: learner.build(_of(name, arrays)) for name, learner in LEARNERS.items()}
        fusion = Fusion(**held.fusion)  # type: ignore[arg-type]
        speller = Speller(frozenset(held.known_words), tuple(held.mended_towards))
        return cls(tuple(held.intents), concepts, vectoriser, evidence, fusion, speller)

    def _arrays(self) -> Arrays:
        own = {
            f"{name}.{key}": array
            for name, evidence in self.evidence.items()
            for key, array in evidence.arrays().items()
        }
        return {"idf": self.vectoriser.idf, **own}


@dataclass(frozen=True)
class _Header:
    """The JSON part of a saved matcher."""

    sha256: str
    intents: list[str]
    vocabularies: list[list[str]]
    terms: list[list[str]]
    fusion: dict[str, object]
    known_words: list[str]
    mended_towards: list[str]


def _trainable(phrases: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    empty = [intent for intent, examples in phrases.items() if not examples]
    if empty or len(phrases) < 2:
        raise UntrainableError(
            f"no phrases for {', '.join(empty)}" if empty else "at least two intents are wanted"
        )
    return tuple(phrases)


def _examples(groups: Sequence[Sequence[str]]) -> list[tuple[str, int]]:
    """Each group's phrases made ready, without repeats, with the group's number."""
    return [
        (text, column)
        for column, group in enumerate(groups)
        for text in dict.fromkeys(for_matching(phrase) or phrase for phrase in group)
    ]


def _blocks(concepts: Concepts) -> list[tuple[Block, float]]:
    found = {"gist": gist(concepts), "pieces": pieces, "things": things(concepts)}
    return [(block, _SHARES[name]) for name, block in found.items()]


def _corpus(examples: Sequence[tuple[str, int]], vectoriser: Vectoriser) -> Corpus:
    texts = [text for text, _ in examples]
    labels = np.array([column for _, column in examples], np.int32)
    starts = np.searchsorted(labels, labels)
    folds = ((np.arange(len(labels)) - starts) % _FOLDS).astype(np.int32)
    return Corpus(texts, vectoriser.rows(texts), labels, folds, int(labels.max()) + 1)


def _packed(arrays: Arrays) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def _of(name: str, arrays: Arrays) -> Arrays:
    prefix = f"{name}."
    return {
        key.removeprefix(prefix): array for key, array in arrays.items() if key.startswith(prefix)
    }
