"""The nearest phrase by edit distance: sure of short, odd and misspelt messages that are nearly a known phrase.

Words are sorted first, so that order does not matter; then plain `ratio`, which is ten times cheaper than
`token_sort_ratio` on raw text and free of the traps of partial matching (`WRatio` lets any short phrase win).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from intents.arrays import Arrays
from intents.evidence import Corpus, Sentence, best_of, blocks, mask_own_fold
from intents.tokens import runs, tokens
from intents.vectoriser import Floats, Integers


def sorted_words(text: str) -> str:
    """The words in alphabetical order; a run of Chinese stays one word."""
    return " ".join(sorted(runs(tokens(text))))


@dataclass(frozen=True)
class Lexical:
    """All phrases, words sorted, and where each intent's begin."""

    keys: list[str]
    starts: Integers

    def scores(self, sentence: Sentence) -> Floats:
        """The similarity, 0 to 1, of each intent's nearest phrase."""
        return best_of(_similarity([sorted_words(sentence.text)], self.keys)[0], self.starts)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The starts, and the phrases as the bytes of their lines."""
        lines = "\n".join(self.keys).encode()
        return {"starts": self.starts, "lines": np.frombuffer(lines, np.uint8)}


class LexicalLearner:
    """Nothing to train: the phrases are the evidence."""

    def learn(self, corpus: Corpus) -> Lexical:
        """Sort the words of every phrase."""
        return Lexical([sorted_words(text) for text in corpus.texts], corpus.starts)

    def held_out(self, corpus: Corpus) -> Floats:
        """The judged phrases against those of the other folds."""
        keys = [sorted_words(text) for text in corpus.texts]
        found = []
        for block in blocks(corpus.judged):
            similarity = _similarity([keys[phrase] for phrase in block], keys)
            mask_own_fold(similarity, corpus, block)
            found.append(best_of(similarity, corpus.starts))
        return np.concatenate(found)

    def build(self, arrays: Arrays) -> Lexical:
        """From its arrays."""
        return Lexical(arrays["lines"].tobytes().decode().split("\n"), arrays["starts"])


def _similarity(left: list[str], right: list[str]) -> Floats:
    shares = process.cdist(left, right, scorer=fuzz.ratio, dtype=np.float32, workers=_workers(left))
    found: Floats = np.asarray(shares / 100, dtype=np.float32)
    return found


def _workers(left: list[str]) -> int:
    """All processors for a training, none but our own thread for a single message."""
    return -1 if len(left) > 1 else 1
