"""Ways of looking at a message. Each says how much it looks like every intent; `intents.fusion` weighs them.

`lexical` is the nearest phrase by edit distance, `nearest` the nearest phrase by cosine of its words, `statistical` a
linear classifier over words. These three are always there. `semantic` holds three more, over sentence vectors, for
messages in a language whose sense the sentence model knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from intents.arrays import Arrays
from intents.vectoriser import Floats, Integers, Rows, Vector

NO_MEANING: Floats = np.zeros(0, np.float32)
NO_MEANINGS: Floats = np.zeros((0, 0), np.float32)
_BLOCK = 512
NEVER = np.float32(-1.0)
"""The score of an intent of which nothing may be seen: below any real one."""


@dataclass(frozen=True)
class Sentence:
    """A message made ready once for all evidence."""

    text: str
    vector: Vector
    meaning: Floats = field(default_factory=lambda: NO_MEANING)
    """The sentence vector; empty where there is none."""


@dataclass(frozen=True)
class Corpus:
    """What there is to learn from: phrases grouped by intent, one column an intent."""

    texts: list[str]
    rows: Rows
    labels: Integers
    """The column of each phrase, ascending."""
    folds: Integers
    """Which part of a cross-validation each phrase belongs to."""
    width: int
    """The number of columns."""
    rounds: int
    """How many of the folds are held out in turn: all of few phrases, one of many."""
    meanings: Floats = field(default_factory=lambda: NO_MEANINGS)
    """The sentence vectors, zeros where a phrase has none; no rows where there is no model for them."""

    @property
    def meant(self) -> NDArray[np.bool_]:
        """Which phrases have a sentence vector."""
        if not len(self.meanings):
            return np.zeros(len(self.texts), np.bool_)
        return np.asarray(self.meanings.any(axis=1), np.bool_)

    @property
    def judged(self) -> NDArray[np.intp]:
        """The phrases that are scored by evidence that has not seen them."""
        return np.flatnonzero(self.folds < self.rounds)

    @property
    def starts(self) -> Integers:
        """Where each column's phrases begin."""
        return np.searchsorted(self.labels, np.arange(self.width)).astype(np.int32)


class Evidence(Protocol):
    """One way of looking, trained."""

    def scores(self, sentence: Sentence) -> Floats:
        """How much the sentence looks like each intent; comparable within this evidence only."""
        ...

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything needed to build it again."""
        ...


class Learner(Protocol):
    """Trains one kind of evidence and builds it again from its arrays."""

    def learn(self, corpus: Corpus) -> Evidence:
        """From all phrases."""
        ...

    def held_out(self, corpus: Corpus) -> Floats:
        """The scores of the judged phrases, by evidence that has not seen their fold."""
        ...

    def build(self, arrays: Arrays) -> Evidence:
        """From the arrays that `Evidence.arrays` gave."""
        ...


def best_of(similarity: Floats, starts: Integers) -> Floats:
    """The highest similarity to any phrase of each intent."""
    best: Floats = np.maximum.reduceat(similarity, starts, axis=-1)
    return best


def blocks(judged: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """The judged phrases a few hundred at a time, so that no table of all against all is made."""
    for first in range(0, len(judged), _BLOCK):
        yield judged[first : first + _BLOCK]


def mask_own_fold(similarity: Floats, corpus: Corpus, phrases: NDArray[np.intp]) -> None:
    """Let no phrase of a block of rows see one of its own fold (itself least of all)."""
    similarity[corpus.folds[phrases][:, None] == corpus.folds[None, :]] = NEVER
