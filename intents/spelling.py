"""Mends misspelt words: a word nobody taught us that is one slip away from one we know.

Why: two slips in a short question cost a sixth of the right answers, and mending them gives nearly all of it back.
A word that English knows is no slip, unless it is one away from a term of the subject (costoms, and costume too).
A slip is a letter left out, doubled, changed or swapped with its neighbour; long words may have two.
Words that are only a form of a known word (marked, clients) are left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.tokens import tokens

_SHORTEST = 4
_LONG = 8
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly")


@dataclass(frozen=True)
class Speller:
    """The words we know, and those worth mending towards."""

    known: frozenset[str]
    targets: tuple[str, ...]
    """Terms of the subject, and words that stand in several phrases."""
    terms: tuple[str, ...]
    """Terms of the subject alone."""
    is_word: Callable[[str], bool] | None = field(default=None, repr=False, compare=False)
    """Whether a word is one of the language; without it every word nobody taught us may be a slip."""

    @classmethod
    def of(
        cls,
        phrases: Iterable[str],
        terms: frozenset[str],
        is_word: Callable[[str], bool] | None = None,
    ) -> Speller:
        """Know every word of the phrases."""
        seen = Counter(
            word for phrase in phrases for word in set(filter(_mendable, tokens(phrase)))
        )
        own = set(filter(_mendable, terms))
        targets = own | {word for word, count in seen.items() if count > 1}
        return cls(frozenset(seen) | terms, tuple(sorted(targets)), tuple(sorted(own)), is_word)

    def knows(self, word: str) -> bool:
        """Whether it is a word of ours or of the language."""
        return word in self.known or self._real(word)

    def mend(self, text: str) -> str:
        """The text made ready for matching, with misspelt words put right."""
        return " ".join(
            self._word(word) if _mendable(word) and word not in self.known else word
            for word in text.split()
        )

    def _word(self, word: str) -> str:
        if any(
            word.endswith(ending) and word.removesuffix(ending) in self.known for ending in _ENDINGS
        ):
            return word
        slips = 2 if len(word) >= _LONG else 1
        targets = self.terms if self._real(word) else self.targets
        found = process.extractOne(word, targets, scorer=OSA.distance, score_cutoff=slips)
        return found[0] if found else word

    def _real(self, word: str) -> bool:
        return self.is_word is not None and self.is_word(word)


def _mendable(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isascii() and word.isalpha()
