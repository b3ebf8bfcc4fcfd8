"""Runs all benchmarks and prints a line for each; with words, only those whose name has one of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from benchmarks import answering, conversing, desk, growth, intents, matching, starting

ALL: dict[str, Callable[[], Iterator[str]]] = {
    "answering": answering.measure,
    "conversing": conversing.measure,
    "desk": desk.measure,
    "growth": growth.measure,
    "intents": intents.measure,
    "matching": matching.measure,
    "starting": starting.measure,
}


def main(words: list[str]) -> None:
    """Measure and print."""
    for name, measure in ALL.items():
        if not words or any(word in name for word in words):
            for line in measure():
                print(f"{name:11} {line}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
