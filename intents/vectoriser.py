"""TF-IDF in plain numpy, equal to scikit-learn's `TfidfVectorizer(sublinear_tf=True)` for each block.

Why our own: scikit-learn takes a second to import, and a question must be answered in less.
Blocks are normalised apart, weighed, and joined to one vector of length one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from intents.features import Block, cut

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]


@dataclass(frozen=True)
class Vector:
    """The non-zero entries of one row, columns ascending."""

    columns: Integers
    values: Floats


@dataclass(frozen=True)
class Rows:
    """Many vectors in compressed rows."""

    starts: Integers
    columns: Integers
    values: Floats
    width: int

    @classmethod
    def of(cls, vectors: Sequence[Vector], width: int) -> Rows:
        """Put vectors one below the other."""
        lengths = [len(vector.columns) for vector in vectors]
        return cls(
            np.concatenate(([0], np.cumsum(lengths))).astype(np.int32),
            np.concatenate([vector.columns for vector in vectors]),
            np.concatenate([vector.values for vector in vectors]),
            width,
        )


@dataclass(frozen=True)
class Vectoriser:
    """Turns messages into vectors; knows the features of the phrases it was fitted on."""

    blocks: Sequence[tuple[Block, float]]
    """How features are drawn, and the share each block has of a vector."""
    vocabularies: Sequence[dict[str, int]]
    """The column of every feature, block by block."""
    idf: Floats

    @property
    def width(self) -> int:
        """How many features are known."""
        return len(self.idf)

    @classmethod
    def fit(
        cls, blocks: Sequence[tuple[Block, float]], texts: Iterable[str], *, fewest: int = 1
    ) -> Vectoriser:
        """Learn the features that stand in `fewest` texts and more, and how rare each is."""
        parts = [cut(text) for text in texts]
        counts = [_documents(block, parts, fewest) for block, _ in blocks]
        idf = [
            math.log((1 + len(parts)) / (1 + seen)) + 1
            for block in counts
            for seen in block.values()
        ]
        return cls(blocks, numbered(counts), np.array(idf, np.float32))

    def transform(self, text: str) -> Vector:
        """One text as a vector; features never seen are left out."""
        parts = cut(text)
        found = [self._block(place, parts) for place in range(len(self.blocks))]
        columns = np.concatenate([vector.columns for vector in found])
        values = np.concatenate([vector.values for vector in found])
        return Vector(columns, _unit(values))

    def rows(self, texts: Iterable[str]) -> Rows:
        """Many texts at once."""
        return Rows.of([self.transform(text) for text in texts], self.width)

    def _block(self, place: int, parts: list[str]) -> Vector:
        (block, share), known = self.blocks[place], self.vocabularies[place]
        counts = Counter(known[feature] for feature in block(parts) if feature in known)
        columns = np.array(sorted(counts), np.int32)
        tf = np.array([1 + math.log(counts[column]) for column in columns.tolist()], np.float32)
        return Vector(columns, _unit(tf * self.idf[columns]) * np.float32(math.sqrt(share)))


def _documents(block: Block, parts: list[list[str]], fewest: int) -> dict[str, int]:
    """In how many texts each feature stands, features in alphabetical order."""
    seen = Counter(feature for part in parts for feature in set(block(part)))
    return {feature: seen[feature] for feature in sorted(seen) if seen[feature] >= fewest}


def numbered(blocks: Iterable[Iterable[str]]) -> list[dict[str, int]]:
    """Give the features of all blocks their columns, in order."""
    column = count()
    return [{feature: next(column) for feature in features} for features in blocks]


def _unit(values: Floats) -> Floats:
    length = float(np.linalg.norm(values))
    return values / np.float32(length) if length else values
