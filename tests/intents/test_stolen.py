"""No phrase is stolen: none is nearly the same as a phrase of another intent.

Two intents that are taught the same words cannot be told apart, and no test of a single file would show it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rapidfuzz import fuzz, process

from intents.engine import Engine
from intents.evidence.lexical import sorted_words
from intents.normalise import for_matching

NEARLY_THE_SAME = 95
BLOCK = 512


def test_no_phrase_is_nearly_one_of_another_intent(engine: Engine) -> None:
    phrases = [
        (intent, sorted_words(for_matching(phrase)))
        for language in engine.catalogue.phrases.values()
        for intent, group in language.items()
        for phrase in group
    ]
    assert not list(stolen(phrases))


def stolen(phrases: list[tuple[str, str]]) -> Iterator[str]:
    keys = [key for _, key in phrases]
    owners = np.array([intent for intent, _ in phrases])
    for first in range(0, len(keys), BLOCK):
        block = slice(first, first + BLOCK)
        near = process.cdist(
            keys[block], keys, scorer=fuzz.ratio, score_cutoff=NEARLY_THE_SAME, dtype=np.uint8
        )
        foreign = owners[block, None] != owners[None, :]
        for row, column in zip(*np.nonzero((near > 0) & foreign), strict=True):
            mine, theirs = phrases[first + row], phrases[column]
            yield f"{mine[0]}: {mine[1]}  ~  {theirs[0]}: {theirs[1]}"


def test_a_theft_would_be_seen() -> None:
    phrases = [("a.a", "how much is the fee"), ("b.b", "how much is the fees"), ("b.b", "other")]
    assert len(list(stolen(phrases))) == 2
