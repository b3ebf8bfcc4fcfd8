"""A linear classifier over all features: learns which words matter, where the nearest phrase only counts them.

Trained by scikit-learn (a support vector machine, one against the rest), served as one small product in numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.arrays import Arrays
from intents.evidence import Corpus, Sentence
from intents.vectoriser import Floats

_SEED = 20260301
_HARDNESS = 4.0
_TOLERANCE = 0.01


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
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - training only; costs a second to import

    machine = LinearSVC(C=_HARDNESS, tol=_TOLERANCE, random_state=_SEED)
    machine.fit(_matrix(corpus)[chosen], corpus.labels[chosen])
    weights = np.zeros((corpus.rows.width, corpus.width), np.float16)
    intercepts = np.full(corpus.width, -1, np.float32)
    binary = len(machine.classes_) == 2
    coefficients = np.vstack((-machine.coef_, machine.coef_)) if binary else machine.coef_
    offsets = (
        np.concatenate((-machine.intercept_, machine.intercept_)) if binary else machine.intercept_
    )
    weights[:, machine.classes_] = coefficients.T
    intercepts[machine.classes_] = offsets
    return Statistical(weights, intercepts)
