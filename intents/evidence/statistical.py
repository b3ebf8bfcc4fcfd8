"""A linear classifier over all features: learns which words matter, where the nearest phrase only counts them.

Trained by scikit-learn (a support vector machine, one against the rest), served as one small product in numpy.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.arrays import Arrays
from intents.evidence import Corpus, Sentence
from intents.vectoriser import Floats, Integers

_SEED = 20260301
_REST = -1
_HARDNESS = 2.0
_TOLERANCE = 0.1
_PARTS, _WORTH_PARTING = 2, 20
"""From so many intents on they are learnt in two parts at once; always two, so that every machine learns the same."""


@dataclass(frozen=True)
class Statistical:
    """One weight a feature and intent, and where each intent begins to answer."""

    weights: NDArray[np.float16]
    intercepts: Floats

    def scores(self, sentence: Sentence) -> Floats:
        """How far the sentence lies on each intent's side of its line."""
        vector = sentence.vector
        rows = self.weights[vector.columns].astype(np.float32)
        return vector.values @ rows + self.intercepts

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Weights and intercepts."""
        return {"weights": self.weights, "intercepts": self.intercepts}


class StatisticalLearner:
    """Trains the classifier; held-out scores come from one more training a fold."""

    def learn(self, corpus: Corpus) -> Statistical:
        """From all phrases."""
        return _train(corpus, np.ones(len(corpus.texts), bool))

    def held_out(self, corpus: Corpus) -> Floats:
        """The judged phrases scored by a classifier that has not seen their fold."""
        scores = np.zeros((len(corpus.texts), corpus.width), np.float32)
        matrix = _matrix(corpus)
        for fold in range(corpus.rounds):
            away = corpus.folds == fold
            trained = _train(corpus, ~away)
            scores[away] = matrix[away] @ trained.weights.astype(np.float32) + trained.intercepts
        return scores[corpus.judged]

    def build(self, arrays: Arrays) -> Statistical:
        """From its arrays."""
        return Statistical(arrays["weights"], arrays["intercepts"])


def _matrix(corpus: Corpus) -> Any:
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - training only

    rows = corpus.rows
    return csr_matrix(
        (rows.values, rows.columns, rows.starts), shape=(len(corpus.texts), rows.width)
    )


def _train(corpus: Corpus, chosen: NDArray[np.bool_]) -> Statistical:
    """Fit on the chosen phrases. An intent without any of them is never answered."""
    matrix, labels = _matrix(corpus)[chosen], corpus.labels[chosen]
    seen = np.unique(labels)
    weights = np.zeros((corpus.rows.width, corpus.width), np.float16)
    intercepts = np.full(corpus.width, -1, np.float32)
    parts = np.array_split(seen, _PARTS if len(seen) >= _WORTH_PARTING else 1)
    with ThreadPoolExecutor(len(parts)) as workers:
        lines = workers.map(lambda part: _lines(matrix, labels, part), parts)
        for part, (coefficients, offsets) in zip(parts, lines, strict=True):
            weights[:, part], intercepts[part] = coefficients.T, offsets
    return Statistical(weights, intercepts)


def _lines(matrix: Any, labels: Integers, part: Integers) -> tuple[Any, Any]:
    """The lines of some intents, each against all the rest: those of no part are one class, whose line is dropped."""
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - training only; costs a second to import

    machine = LinearSVC(C=_HARDNESS, tol=_TOLERANCE, random_state=_SEED)
    machine.fit(matrix, np.where(np.isin(labels, part), labels, _REST))
    coefficients, offsets = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:
        coefficients = np.vstack((-coefficients, coefficients))
        offsets = np.concatenate((-offsets, offsets))
    own = machine.classes_ != _REST
    return coefficients[own], offsets[own]
