"""Which intent does this text ask for, and how sure are we?

`Matcher.fit({"intent": ["phrase", ...]}, oos=[...])` learns; `match(text)` answers in a few milliseconds; `save` and
`load` keep it without pickle: arrays in one file, the rest in JSON, and the hash of the arrays in the JSON.
The same class serves our phrases and the public benchmarks: of the subject it knows only the concepts it is given.
What a message means is weighed beside its words where the sentence model is prepared and can know it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intents import arrays as files
from intents.answer import Scored
from intents.arrays import Arrays
from intents.concepts import NO_CONCEPTS, Concepts
from intents.errors import ModelFileError, UntrainableError
from intents.evidence import NO_MEANINGS, Corpus, Evidence, Learner, Sentence
from intents.evidence.lexical import LexicalLearner
from intents.evidence.nearest import NearestLearner
from intents.evidence.semantic import ClosestLearner, PlaneLearner, logistic, middles
from intents.evidence.statistical import StatisticalLearner
from intents.features import Block, cut, gist, pieces, things
from intents.fusion import Doubles, Fusion
from intents.normalise import for_matching
from intents.sentences import encoder as sentences
from intents.sentences.encoder import WIDTH, Encoder
from intents.spelling import Speller
from intents.tokens import is_han
from intents.vectoriser import Floats, Rows, Vectoriser, numbered
from knowledge.compiled import write_whole

LEARNERS: Mapping[str, Learner] = {
    "lexical": LexicalLearner(),
    "nearest": NearestLearner(),
    "statistical": StatisticalLearner(),
}
SEMANTIC: Mapping[str, Learner] = {
    "closest": ClosestLearner(),
    "middle": PlaneLearner(middles),
    "meaning": PlaneLearner(logistic),
}
_NEAR = (0.0, 1.0, 0.0)
_NEAR_IN_SENSE = (0.0, 0.2, 0.0, 0.5, 0.3, 0.0)
"""How much each kind of evidence tells of nearness, in the order of the learners; no test row has chosen it."""
_SHARES = {"gist": 0.25, "pieces": 0.65, "things": 0.1}
_MANY, _ENOUGH = 4000, 2500
"""Of so many phrases some are held out once, no more than tell enough for the fusion; of fewer all are held out in
turn. Of many, too, what stands in a single phrase is not worth a feature."""
_FOLDS_OF_FEW = 5
_RANKED = 12
ARRAYS = ".arrays"
"""The suffix of the file with the arrays, beside the JSON."""


@dataclass(frozen=True)
class Match:
    """The likeliest intent, how sure we are of it, and the others after it."""

    intent: str
    confidence: float
    ranking: tuple[Scored, ...]


@dataclass(frozen=True)
class Meaning:
    """What weighs the sense of a message beside its words."""

    encoder: Encoder
    evidence: Mapping[str, Evidence]
    fusion: Fusion
    """Of words and sense together."""

    def shares(self, sentence: Sentence, of_words: Iterable[Evidence], width: int) -> Doubles:
        """How likely each of so many intents is."""
        [vector] = self.encoder.encode([sentence.text])
        meant = replace(sentence, meaning=vector)
        return _weighed(self.fusion, [*of_words, *self.evidence.values()], meant, width)


@dataclass(frozen=True)
class Matcher:
    """Phrases, vectors, evidence and their fusion, ready to read messages."""

    intents: tuple[str, ...]
    concepts: Concepts
    vectoriser: Vectoriser
    evidence: Mapping[str, Evidence]
    fusion: Fusion
    speller: Speller
    meaning: Meaning | None = field(default=None, repr=False)

    @classmethod
    def fit(
        cls,
        phrases: Mapping[str, Sequence[str]],
        *,
        oos: Sequence[str] = (),
        concepts: Concepts | None = None,
        words_only: bool = False,
    ) -> Matcher:
        """Learn from phrases by intent, and lines that belong to none. Raises UntrainableError.

        The sentence model takes part where it is prepared, unless `words_only`.
        """
        known = concepts or NO_CONCEPTS
        encoder = None if words_only else sentences.prepared()
        intents = _trainable(phrases)
        examples = _examples([phrases[intent] for intent in intents] + [oos] * bool(oos))
        texts = [text for text, _ in examples]
        fewest = 1 + (len(texts) >= _MANY)
        with ThreadPoolExecutor(2) as workers:
            meanings = workers.submit(_vectors, texts, encoder)
            vectoriser, rows = Vectoriser.fit(_blocks(known), texts, fewest=fewest)
            corpus = _corpus(examples, rows, meanings.result())
            held_out = list(workers.map(lambda way: way.held_out(corpus), LEARNERS.values()))
            evidence = workers.submit(_learnt, LEARNERS, corpus)
            labels, nothing = corpus.labels[corpus.judged], bool(oos)
            fusion = Fusion.fit(held_out, labels, near=_NEAR, nothing=nothing)
            meaning = (
                _meaning(corpus, held_out, encoder, nothing=nothing)
                if encoder and _tells(corpus)
                else None
            )
            speller = Speller.of(corpus.texts, known.words, encoder.knows if encoder else None)
            return cls(intents, known, vectoriser, evidence.result(), fusion, speller, meaning)

    def match(self, text: str, *, terms_only: bool = False) -> Match:
        """The intents this text is likeliest to ask for.

        `terms_only` reads nothing but the terms of the subject: for languages of which we know no other words.
        """
        ready = self.speller.mend(for_matching(text))
        if terms_only:
            ready = " ".join(self.concepts.terms_in(cut(ready)))
        shares = self._shares(ready, in_our_words=not terms_only)
        best = np.argsort(-shares, kind="stable")[:_RANKED]
        ranking = tuple(
            Scored(id=self.intents[i], confidence=round(float(shares[i]), 6)) for i in best
        )
        return Match(ranking[0].id, ranking[0].confidence, ranking)

    def _shares(self, ready: str, *, in_our_words: bool) -> Doubles:
        sentence = Sentence(ready, self.vectoriser.transform(ready))
        ways, width = self.evidence.values(), len(self.intents) + self.fusion.nothing
        if self.meaning is not None and in_our_words and has_sense(ready):
            return self.meaning.shares(sentence, ways, width)
        return _weighed(self.fusion, ways, sentence, width)

    def save(self, path: Path) -> None:
        """Write `path` (JSON) and, beside it, the arrays."""
        index = files.write(path.with_suffix(ARRAYS), self._arrays())
        header = {
            "index": index,
            "intents": self.intents,
            "vocabularies": [list(block) for block in self.vectoriser.vocabularies],
            "terms": [[*term, concept] for term, concept in self.concepts.terms.items()],
            "fusion": vars(self.fusion),
            "fused": vars(self.meaning.fusion) if self.meaning else None,
            "model": self.meaning.encoder.digest if self.meaning else None,
            "known_words": sorted(self.speller.known),
            "mended_towards": self.speller.targets,
            "terms_mended_towards": sorted(self.speller.terms),
        }
        write_whole(path, lambda part: part.write_text(json.dumps(header), encoding="utf-8"))

    @classmethod
    def load(cls, path: Path) -> Matcher:
        """Read what `save` wrote. Without the sentence model it was taught with, words alone decide.

        Raises ModelFileError if it is not there or not the same.
        """
        try:
            header = _Header(**json.loads(path.read_text(encoding="utf-8")))
            index = files.Index(*header.index)
            return cls._built(header, files.read(path.with_suffix(ARRAYS), index))
        except (OSError, ValueError, TypeError, LookupError) as error:
            raise ModelFileError(f"{path}: {error}") from error

    @classmethod
    def _built(cls, held: _Header, arrays: Arrays) -> Matcher:
        concepts = Concepts({tuple(entry[:-1]): entry[-1] for entry in held.terms})
        vectoriser = Vectoriser(_blocks(concepts), numbered(held.vocabularies), arrays["idf"])
        evidence = {name: learner.build(_of(name, arrays)) for name, learner in LEARNERS.items()}
        fusion = Fusion(**held.fusion)  # type: ignore[arg-type]
        encoder = sentences.prepared() if held.fused else None
        known = encoder if encoder and encoder.digest == held.model else None
        speller = Speller(
            known=frozenset(held.known_words),
            targets=tuple(held.mended_towards),
            terms=tuple(held.terms_mended_towards),
            is_word=known.knows if known else None,
        )
        plain = cls(tuple(held.intents), concepts, vectoriser, evidence, fusion, speller)
        if known is None or held.fused is None:
            return plain
        semantic = {name: learner.build(_of(name, arrays)) for name, learner in SEMANTIC.items()}
        fused = Fusion(**held.fused)  # type: ignore[arg-type]
        return replace(plain, meaning=Meaning(known, semantic, fused))

    def _arrays(self) -> Arrays:
        of_sense = self.meaning.evidence if self.meaning else {}
        own = {
            f"{name}.{key}": array
            for name, evidence in (*self.evidence.items(), *of_sense.items())
            for key, array in evidence.arrays().items()
        }
        return {"idf": self.vectoriser.idf, **own}


@dataclass(frozen=True)
class _Header:
    """The JSON part of a saved matcher."""

    index: tuple[str, dict[str, files.Place]]
    intents: list[str]
    vocabularies: list[list[str]]
    terms: list[list[str]]
    fusion: dict[str, object]
    fused: dict[str, object] | None
    model: str | None
    """The digest of the sentence model it was taught with."""
    known_words: list[str]
    mended_towards: list[str]
    terms_mended_towards: list[str]


def _weighed(fusion: Fusion, ways: Iterable[Evidence], sentence: Sentence, width: int) -> Doubles:
    """The evidence fused; what has no weight is not gathered."""
    nothing_said = np.zeros(width, np.float32)
    scores = [
        way.scores(sentence) if fusion.uses(place) else nothing_said
        for place, way in enumerate(ways)
    ]
    return fusion.probabilities(scores)


def _trainable(phrases: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    empty = [intent for intent, examples in phrases.items() if not examples]
    if empty:
        raise UntrainableError(f"no phrases for {', '.join(empty)}")
    if sum(len(set(examples)) > 1 for examples in phrases.values()) < 2:
        raise UntrainableError("at least two intents with two phrases each are wanted")
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


def has_sense(text: str) -> bool:
    """Whether the sentence model can know what it means: it has read English, and no Chinese."""
    return not any(is_han(character) for character in text)


def _tells(corpus: Corpus) -> bool:
    """Whether enough phrases have a sentence vector to learn from: some of several intents, in every fold."""
    meant = corpus.meant
    intents, folds = set(corpus.labels[meant].tolist()), set(corpus.folds[meant].tolist())
    return len(intents) > 1 and folds == set(corpus.folds.tolist())


def _meaning(
    corpus: Corpus, of_words: Sequence[Floats], encoder: Encoder, *, nothing: bool
) -> Meaning:
    """Evidence of sense, and the fusion of both, learnt from the phrases that have a sentence vector."""
    scores = [*of_words, *(learner.held_out(corpus) for learner in SEMANTIC.values())]
    meant = corpus.meant[corpus.judged]
    labels = corpus.labels[corpus.judged][meant]
    fused = Fusion.fit(
        [each[meant] for each in scores], labels, near=_NEAR_IN_SENSE, nothing=nothing
    )
    return Meaning(encoder, _learnt(SEMANTIC, corpus), fused)


def _learnt(learners: Mapping[str, Learner], corpus: Corpus) -> dict[str, Evidence]:
    return {name: learner.learn(corpus) for name, learner in learners.items()}


def _vectors(texts: Sequence[str], encoder: Encoder | None) -> Floats:
    if encoder is None:
        return NO_MEANINGS
    found = np.zeros((len(texts), WIDTH), np.float32)
    telling = [number for number, text in enumerate(texts) if has_sense(text)]
    found[telling] = encoder.encode([texts[number] for number in telling])
    return found


def _corpus(examples: Sequence[tuple[str, int]], rows: Rows, meanings: Floats) -> Corpus:
    texts = [text for text, _ in examples]
    labels = np.array([column for _, column in examples], np.int32)
    folds, rounds = _dealt(labels)
    return Corpus(
        texts=texts,
        rows=rows,
        labels=labels,
        folds=folds,
        width=int(labels.max()) + 1,
        rounds=rounds,
        meanings=meanings,
    )


def _dealt(labels: NDArray[np.int32]) -> tuple[NDArray[np.int32], int]:
    """The fold of each phrase, and how many folds are held out in turn.

    Few phrases of an intent are dealt out in turn; of many, some are held out once, evenly over all intents.
    """
    count = len(labels)
    if count < _MANY:
        folds = (np.arange(count) - np.searchsorted(labels, labels)) % _FOLDS_OF_FEW
        return folds.astype(np.int32), int(folds.max()) + 1
    folds = np.ones(count, np.int32)
    folds[np.linspace(0, count - 1, min(_ENOUGH, count // 3)).astype(int)] = 0
    return folds, 1


def _of(name: str, arrays: Arrays) -> Arrays:
    prefix = f"{name}."
    return {
        key.removeprefix(prefix): array for key, array in arrays.items() if key.startswith(prefix)
    }
