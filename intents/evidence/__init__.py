"""Ways of looking at a message. Each says how much it looks like every intent; `intents.fusion` weighs them.

Three are here: `lexical` (the nearest phrase by edit distance), `nearest` (the nearest phrase by cosine) and
`statistical` (a linear classifier). A fourth, semantic (sentence vectors by onnxruntime), takes the same two shapes,
`Evidence` and `Learner`, and one more entry in `intents.matcher.LEARNERS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from intents.vectoriser import Floats, Integers, Rows, Vector

Arrays = Mapping[str, NDArray[Any]]
NEVER = np.float32(-1.0)
"""The score of an intent of which nothing may be seen: below any real one."""


@dataclass(frozen=True)
class Sentence:
    """A message made ready once for all evidence."""

    text: str
    vector: Vector


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
        """The scores of every phrase, by evidence that has not seen its fold."""
        ...

    def build(self, arrays: Arrays) -> Evidence:
        """From the arrays that `Evidence.arrays` gave."""
        ...


def best_of(similarity: Floats, starts: Integers) -> Floats:
    """The highest similarity to any phrase of each intent."""
    best: Floats = np.maximum.reduceat(similarity, starts, axis=-1)
    return best


def mask_own_fold(similarity: Floats, corpus: Corpus, first: int) -> None:
    """Let no phrase of a block of rows see one of its own fold (itself least of all)."""
    folds = corpus.folds[first : first + len(similarity)]
    similarity[folds[:, None] == corpus.folds[None, :]] = NEVER
