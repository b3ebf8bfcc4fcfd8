"""Finds phrases that are nearly the same as a phrase of another intent.

Two intents that are taught the same words cannot be told apart, and no look at a single file would show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from intents.evidence.lexical import sorted_words
from intents.normalise import for_matching

NEARLY_THE_SAME = 95
"""Of 100, the likeness of two phrases, words sorted, from which on one is stolen."""
_BLOCK = 256


@dataclass(frozen=True)
class Owned:
    """A phrase, and whose it is."""

    language: str
    intent: str
    text: str


@dataclass(frozen=True)
class Theft:
    """A phrase and one of another intent that is nearly the same."""

    phrase: Owned
    other: Owned
    likeness: int
    """From 0 to 100."""

    def __str__(self) -> str:
        mine, theirs = self.phrase, self.other
        return (
            f"{mine.text!r} is nearly {theirs.text!r} of {theirs.intent} ({self.likeness} of 100)"
        )


def owned(phrases: Mapping[str, Mapping[str, Sequence[str]]]) -> list[Owned]:
    """All phrases of a mapping language -> intent -> phrases."""
    return [
        Owned(language, intent, text)
        for language, intents in phrases.items()
        for intent, group in intents.items()
        for text in group
    ]


def stolen(phrases: Iterable[Owned], threshold: int = NEARLY_THE_SAME) -> list[Theft]:
    """Every pair of two intents at or above the threshold (1 to 100) once, the likest first."""
    ready = [(sorted_words(for_matching(phrase.text)), phrase) for phrase in phrases]
    ready.sort(key=lambda each: len(each[0]))
    return sorted(_pairs(ready, threshold), key=lambda theft: -theft.likeness)


def _pairs(ready: list[tuple[str, Owned]], threshold: int) -> Iterator[Theft]:
    """Compare each phrase with those that are as long or so little longer that they can be that like it."""
    keys = [key for key, _ in ready]
    lengths = np.array([len(key) for key in keys])
    intents = np.array([phrase.intent for _, phrase in ready])
    for first in range(0, len(keys), _BLOCK):
        block = slice(first, min(first + _BLOCK, len(keys)))
        longest = lengths[block.stop - 1] * (200 - threshold) / threshold
        window = slice(first, int(np.searchsorted(lengths, longest, side="right")))
        likeness = process.cdist(
            keys[block], keys[window], scorer=fuzz.ratio, score_cutoff=threshold, dtype=np.uint8
        )
        foreign = intents[block, None] != intents[None, window]
        rows, columns = np.nonzero(np.triu(likeness, 1) * foreign)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            yield _theft(ready[first + row][1], ready[first + column][1], likeness[row, column])


def _theft(left: Owned, right: Owned, likeness: int) -> Theft:
    mine, theirs = sorted((left, right), key=lambda each: (each.intent, each.language, each.text))
    return Theft(mine, theirs, int(likeness))
