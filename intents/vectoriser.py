"""TF-IDF in plain numpy, equal to scikit-learn's `TfidfVectorizer(sublinear_tf=True)` for each block.

Why our own: scikit-learn takes a second to import, and a question must be answered in less.
Blocks are normalised apart, weighed, and joined to one vector of length one.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

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
        cls, blocks: Sequence[tuple[Block, float]], texts: Sequence[str], *, fewest: int = 1
    ) -> tuple[Vectoriser, Rows]:
        """Learn the features that stand in `fewest` texts and more, and how rare each is.

        Beside the vectoriser the texts as it would transform them, drawn in the same pass.
        """
        parts = [cut(text) for text in texts]
        drawn = [_Drawn.of(block, parts, fewest) for block, _ in blocks]
        made = cls(
            blocks,
            numbered(found.features for found in drawn),
            np.concatenate([found.idf(len(parts)) for found in drawn]),
        )
        return made, made._rows(drawn, len(parts))

    def _rows(self, drawn: Sequence[_Drawn], count: int) -> Rows:
        shift, texts, columns, values = 0, [], [], []
        for found, (_, share) in zip(drawn, self.blocks, strict=True):
            weighed = (1 + np.log(found.counts)) * self.idf[shift + found.columns]
            texts.append(found.texts)
            columns.append(found.columns + shift)
            values.append(_each_unit(weighed, found.texts, count) * math.sqrt(share))
            shift += len(found.features)
        text, column = np.concatenate(texts), np.concatenate(columns)
        order = np.lexsort((column, text))
        value = _each_unit(np.concatenate(values), text, count)[order].astype(np.float32)
        starts = np.searchsorted(text[order], np.arange(count + 1)).astype(np.int32)
        return Rows(starts, column[order].astype(np.int32), value, self.width)

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


@dataclass(frozen=True)
class _Drawn:
    """What a block draws from many texts: an entry for each feature of each text that has it."""

    features: list[str]
    """Those that stand in enough texts, in alphabetical order."""
    texts: Integers
    columns: Integers
    counts: Integers
    """How often the feature stands in the text."""

    @classmethod
    def of(cls, block: Block, parts: Sequence[list[str]], fewest: int) -> _Drawn:
        """Draw, and leave out the features of fewer texts."""
        met: dict[str, int] = {}
        numbers, counts, lengths = array("i"), array("i"), array("i")
        for part in parts:
            counted = Counter(block(part))
            numbers.extend(met.setdefault(feature, len(met)) for feature in counted)
            counts.extend(counted.values())
            lengths.append(len(counted))
        number = np.array(numbers, np.int32)
        enough = np.bincount(number, minlength=len(met)) >= fewest
        features = sorted(feature for feature, met_as in met.items() if enough[met_as])
        column = np.full(len(met), -1, np.int32)
        column[[met[feature] for feature in features]] = np.arange(len(features))
        text = np.repeat(np.arange(len(parts), dtype=np.int32), np.array(lengths, np.int32))
        kept = column[number] >= 0
        return cls(features, text[kept], column[number][kept], np.array(counts, np.int32)[kept])

    def idf(self, texts: int) -> Floats:
        """How rare each feature is among so many texts."""
        seen = np.bincount(self.columns, minlength=len(self.features))
        return (np.log((1 + texts) / (1 + seen)) + 1).astype(np.float32)


def numbered(blocks: Iterable[Iterable[str]]) -> list[dict[str, int]]:
    """Give the features of all blocks their columns, in order."""
    column = count()
    return [{feature: next(column) for feature in features} for features in blocks]


def _each_unit(
    values: NDArray[np.floating[Any]], texts: Integers, count: int
) -> NDArray[np.floating[Any]]:
    """The values, each text's of length one."""
    lengths = np.sqrt(np.bincount(texts, values**2, minlength=count))
    lengths[lengths == 0] = 1
    return values / lengths[texts]


def _unit(values: Floats) -> Floats:
    length = float(np.linalg.norm(values))
    return values / np.float32(length) if length else values
