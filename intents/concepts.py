"""The vocabulary of the subject: many words, one thing.

`bond`, `deposit`, `security`, 担保 and 押金 are the same thing asked about. Saying so in data (`concepts/*.yaml`) lets
a phrase in one language or in trade slang teach the matcher all others, which a few phrases an intent cannot do alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from intents.normalise import for_matching
from intents.tokens import is_han, tokens
from knowledge.remarks import Term

Vocabulary = Mapping[str, Mapping[str, Sequence[str]]]
"""What stands in a file: concept, language, terms."""


@dataclass(frozen=True)
class Concepts:
    """Terms, cut into tokens, and the thing each of them means."""

    terms: Mapping[tuple[str, ...], str]

    @classmethod
    def of(cls, files: Iterable[Vocabulary]) -> Concepts:
        """From the data, as read from each file."""
        terms: dict[tuple[str, ...], str] = {}
        for entries in files:
            for concept, languages in entries.items():
                for term in (term for words in languages.values() for term in words):
                    terms[tuple(tokens(for_matching(term)))] = concept
        return cls(terms)

    @cached_property
    def _reach(self) -> dict[str, int]:
        """The number of tokens of the longest term that begins with a token."""
        found: dict[str, int] = {}
        for term in filter(None, self.terms):
            found[term[0]] = max(len(term), found.get(term[0], 1))
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of every term, as far as it is written with an alphabet."""
        return frozenset(word for term in self.terms for word in term if not is_han(word))

    def find(self, parts: list[str]) -> Iterator[str]:
        """The things meant by a message cut into tokens, in order; the longest term wins."""
        return (concept for _, concept in self._walk(parts) if concept)

    def gist(self, parts: list[str]) -> Iterator[str]:
        """The message with every term replaced by the thing it means, other tokens as they are."""
        return (concept or found[0] for found, concept in self._walk(parts))

    def terms_in(self, parts: list[str]) -> list[str]:
        """Only those tokens of a message that belong to a term."""
        return [token for found, concept in self._walk(parts) if concept for token in found]

    def _walk(self, parts: list[str]) -> Iterator[tuple[list[str], str | None]]:
        """Go through the tokens term by term; what is no term comes token by token, meaning nothing."""
        place = 0
        while place < len(parts):
            length, concept = self._at(parts, place)
            yield parts[place : place + length], concept
            place += length

    def _at(self, parts: list[str], place: int) -> tuple[int, str | None]:
        reach = self._reach.get(parts[place], 1)
        for length in range(min(reach, len(parts) - place), 0, -1):
            term = tuple(parts[place : place + length])
            concept = self.terms.get(term) or self.terms.get((*term[:-1], _singular(term[-1])))
            if concept:
                return length, concept
        return 1, None


def of_glossary(terms: Iterable[Term], vocabulary: Iterable[Vocabulary]) -> Vocabulary:
    """What the glossary adds to the vocabulary: the names of a term under the concept that has one of them already.

    A name that means something else already keeps its meaning; a term of which no name is known is a concept itself.
    """
    owners = {
        for_matching(name): concept
        for entries in vocabulary
        for concept, languages in entries.items()
        for names in languages.values()
        for name in names
    }
    added: dict[str, dict[str, list[str]]] = {}
    for term in terms:
        names = dict.fromkeys(for_matching(name) for name in term.names())
        known = [owners[name] for name in names if name in owners]
        concept = known[0] if known else f"term_{term.id}"
        new = [name for name in names if name and "#" not in name and name not in owners]
        owners |= dict.fromkeys(new, concept)
        added.setdefault(concept, {}).setdefault("any", []).extend(new)
    return added


NO_CONCEPTS = Concepts({})


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
