"""What a message means, whatever its words: three ways of looking at sentence vectors.

`closest` is the cosine of the nearest phrase, `middle` that of an intent's mean, and `meaning` a linear classifier
(multinomial logistic regression: on the validation rows of the public sets it was right more often than a support
vector machine, and it takes a tenth of the time). A sentence without a vector, such as a Chinese one, is a row of
zeros: nothing is learnt from it, and of it these say nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.arrays import Arrays
from intents.evidence import Corpus, Evidence, Sentence, best_of, blocks, mask_own_fold
from intents.vectoriser import Floats, Integers

_PULL = 0.1
"""How strongly the weights are held towards nought: half of it times their squares, beside the loss of all phrases."""
_SEARCH = {"maxiter": 30, "maxcor": 5}
"""Twice the steps and the memory were right no more often on the validation rows, and took twice the time."""
_TINY = 1e-6
_UNSEEN = np.float32(3.0)
"""How far below all others an intent begins of which no phrase was seen."""


@dataclass(frozen=True)
class Closest:
    """The vectors of the phrases that have one, and which intent each run of them belongs to."""

    vectors: Floats
    starts: Integers
    intents: Integers
    """The intents that have such phrases."""
    width: int

    @classmethod
    def of(cls, vectors: Floats, labels: Integers, width: int) -> Closest:
        """From vectors in the order of their labels."""
        intents, starts = np.unique(labels, return_index=True)
        return cls(vectors, starts.astype(np.int32), intents.astype(np.int32), width)

    def best(self, similarity: Floats) -> Floats:
        """The highest similarity of each intent, nought where it has no phrase."""
        found = np.zeros((*similarity.shape[:-1], self.width), np.float32)
        found[..., self.intents] = best_of(similarity, self.starts)
        return found

    def scores(self, sentence: Sentence) -> Floats:
        """The cosine of each intent's nearest phrase."""
        return self.best(self.vectors @ sentence.meaning)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The vectors and whose they are."""
        return {
            "vectors": self.vectors,
            "starts": self.starts,
            "intents": self.intents,
            "width": np.array(self.width),
        }


class ClosestLearner:
    """Nothing to train: the phrases are the evidence."""

    def learn(self, corpus: Corpus) -> Closest:
        """Keep the vectors."""
        meant = corpus.meant
        return Closest.of(corpus.meanings[meant], corpus.labels[meant], corpus.width)

    def held_out(self, corpus: Corpus) -> Floats:
        """The judged phrases against those of the other folds."""
        whole = Closest.of(corpus.meanings, corpus.labels, corpus.width)
        found = []
        for block in blocks(corpus.judged):
            similarity = corpus.meanings[block] @ corpus.meanings.T
            mask_own_fold(similarity, corpus, block)
            found.append(whole.best(similarity))
        return np.concatenate(found)

    def build(self, arrays: Arrays) -> Closest:
        """From its arrays."""
        return Closest(arrays["vectors"], arrays["starts"], arrays["intents"], int(arrays["width"]))


@dataclass(frozen=True)
class Plane:
    """One direction an intent, and where it begins to answer."""

    directions: Floats
    offsets: Floats

    def scores(self, sentence: Sentence) -> Floats:
        """How far the sentence lies in each direction."""
        found: Floats = sentence.meaning @ self.directions + self.offsets
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Directions and offsets."""
        return {"directions": self.directions, "offsets": self.offsets}


@dataclass(frozen=True)
class PlaneLearner:
    """Learns directions from vectors and the columns they belong to."""

    directions: Callable[[Floats, Integers, int], Plane]

    def learn(self, corpus: Corpus) -> Plane:
        """From all phrases that have a vector."""
        return self._learn(corpus, np.ones(len(corpus.texts), bool))

    def held_out(self, corpus: Corpus) -> Floats:
        """The judged phrases by directions that have not seen their fold."""
        scores = np.zeros((len(corpus.texts), corpus.width), np.float32)
        for fold in range(corpus.rounds):
            away = corpus.folds == fold
            plane = self._learn(corpus, ~away)
            scores[away] = corpus.meanings[away] @ plane.directions + plane.offsets
        return scores[corpus.judged]

    def build(self, arrays: Arrays) -> Evidence:
        """From its arrays."""
        return Plane(arrays["directions"], arrays["offsets"])

    def _learn(self, corpus: Corpus, chosen: NDArray[np.bool_]) -> Plane:
        seen = chosen & corpus.meant
        return self.directions(corpus.meanings[seen], corpus.labels[seen], corpus.width)


def middles(vectors: Floats, labels: Integers, width: int) -> Plane:
    """Towards the mean of each intent's phrases."""
    total = np.zeros((width, vectors.shape[1]), np.float32)
    np.add.at(total, labels, vectors)
    lengths = np.linalg.norm(total, axis=1, keepdims=True)
    return Plane((total / np.maximum(lengths, _TINY)).T, np.zeros(width, np.float32))


def logistic(vectors: Floats, labels: Integers, width: int) -> Plane:
    """The weights under which the phrases are likeliest to be of their intents, held towards nought."""
    from scipy.optimize import minimize  # noqa: PLC0415 - training only

    seen, place = np.unique(labels, return_inverse=True)
    entries = np.arange(len(vectors))
    shape = (vectors.shape[1] + 1, len(seen))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.astype(np.float32).reshape(shape)
        total = vectors @ weights[:-1] + weights[-1]
        total -= total.max(1, keepdims=True)
        share = np.exp(total)
        sums = share.sum(1, keepdims=True)
        missed = float((np.log(sums[:, 0]) - total[entries, place]).sum())
        share /= sums
        share[entries, place] -= 1
        slope = np.vstack((vectors.T @ share + _PULL * weights[:-1], share.sum(0)))
        held = _PULL / 2 * float((weights[:-1] ** 2).sum())
        return (missed + held) / len(vectors), (slope.astype(np.float64) / len(vectors)).ravel()

    start = np.zeros(shape[0] * shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=_SEARCH)
    weights = found.x.reshape(shape).astype(np.float32)
    directions = np.zeros((vectors.shape[1], width), np.float32)
    offsets = np.full(width, weights[-1].min() - _UNSEEN, np.float32)
    directions[:, seen], offsets[seen] = weights[:-1], weights[-1]
    return Plane(directions, offsets)
