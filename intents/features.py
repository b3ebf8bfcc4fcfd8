"""What a message shows of itself: its gist, pieces of its words, the things it names together.

In: a message made ready by `normalise.for_matching`. Out: features in three blocks, each weighed on its own later,
so that a long message is not all letters and a short one not all concepts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

from intents.concepts import Concepts
from intents.tokens import is_han, runs, tokens

Block = Callable[[list[str]], Iterator[str]]
_LETTERS = range(3, 5)
_CHARACTERS = range(1, 3)


def gist(concepts: Concepts) -> Block:
    """Words and neighbouring pairs of words, each term of the subject standing for what it means."""

    def block(parts: list[str]) -> Iterator[str]:
        said = list(concepts.gist(parts))
        yield from said
        yield from (f"{left} {right}" for left, right in pairwise(said))

    return block


def pieces(parts: list[str]) -> Iterator[str]:
    """Three or four letters in a row within a word and its edges; one or two Chinese characters in a row."""
    for run in runs(parts):
        text, sizes = (run, _CHARACTERS) if is_han(run[0]) else (f" {run} ", _LETTERS)
        for size in sizes:
            yield from (text[at : at + size] for at in range(len(text) - size + 1))


def things(concepts: Concepts) -> Block:
    """The concepts a message names, and which of them it names together."""

    def block(parts: list[str]) -> Iterator[str]:
        found = list(concepts.find(parts))
        yield from found
        yield from ("+".join(pair) for pair in combinations(sorted(set(found)), 2))

    return block


def cut(text: str) -> list[str]:
    """The tokens of a message made ready for matching."""
    return tokens(text)
