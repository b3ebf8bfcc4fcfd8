"""The nearest phrase by the cosine of TF-IDF vectors. It also guards the line: what is near to nothing is not ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.arrays import Arrays
from intents.evidence import Corpus, Sentence, best_of, blocks, mask_own_fold
from intents.vectoriser import Floats, Integers, Rows, Vector


@dataclass(frozen=True)
class Postings:
    """The phrases' vectors turned round: for each feature, the phrases that have it and how strongly."""

    starts: Integers
    phrases: Integers
    weights: NDArray[np.float16]
    count: int

    @classmethod
    def of(cls, rows: Rows) -> Postings:
        """Transpose compressed rows."""
        order = np.argsort(rows.columns, kind="stable")
        owner = np.repeat(np.arange(len(rows.starts) - 1, dtype=np.int32), np.diff(rows.starts))
        starts = np.searchsorted(rows.columns[order], np.arange(rows.width + 1)).astype(np.int32)
        return cls(
            starts, owner[order], rows.values[order].astype(np.float16), len(rows.starts) - 1
        )

    def similarity(self, vector: Vector) -> Floats:
        """The cosine with every phrase."""
        spans = [
            slice(*self.starts[column : column + 2].tolist()) for column in vector.columns.tolist()
        ]
        if not spans:
            return np.zeros(self.count, np.float32)
        owners = np.concatenate([self.phrases[span] for span in spans])
        lengths = [span.stop - span.start for span in spans]
        weights = np.concatenate([self.weights[span] for span in spans]) * np.repeat(
            vector.values, lengths
        )
        return np.bincount(owners, weights, self.count).astype(np.float32)


@dataclass(frozen=True)
class Nearest:
    """The postings, and where each intent's phrases begin."""

    postings: Postings
    starts: Integers

    def scores(self, sentence: Sentence) -> Floats:
        """The cosine, 0 to 1, of each intent's nearest phrase."""
        return best_of(self.postings.similarity(sentence.vector), self.starts)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The postings and the starts."""
        found = self.postings
        return {
            "starts": self.starts,
            "feature_starts": found.starts,
            "phrases": found.phrases,
            "weights": found.weights,
            "count": np.array(found.count),
        }


class NearestLearner:
    """Nothing to train: the phrases are the evidence."""

    def learn(self, corpus: Corpus) -> Nearest:
        """Turn the phrases' vectors round."""
        return Nearest(Postings.of(corpus.rows), corpus.starts)

    def held_out(self, corpus: Corpus) -> Floats:
        """The judged phrases against those of the other folds."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415 - training only; costs a quarter second to import

        rows = corpus.rows
        matrix = csr_matrix(
            (rows.values, rows.columns, rows.starts), shape=(len(corpus.texts), rows.width)
        )
        found = []
        for block in blocks(corpus.judged):
            similarity = (matrix[block] @ matrix.T).toarray()
            mask_own_fold(similarity, corpus, block)
            found.append(best_of(similarity, corpus.starts))
        return np.concatenate(found)

    def build(self, arrays: Arrays) -> Nearest:
        """From its arrays."""
        postings = Postings(
            starts=arrays["feature_starts"],
            phrases=arrays["phrases"],
            weights=arrays["weights"],
            count=int(arrays["count"]),
        )
        return Nearest(postings, arrays["starts"])
