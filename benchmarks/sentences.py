"""The sentences under test, as something to ask: each with the intent it must land on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.datafiles import read, yaml_files

FOLDER = Path(__file__).parent.parent / "tests" / "intents" / "phrases"


def sentences() -> Iterator[tuple[str, str]]:
    """(intent, sentence), in both languages."""
    for topics in map(read, yaml_files(FOLDER)):
        for intent, wanted in topics.items():
            yield from ((intent, sentence) for sentence in wanted["lands"])
