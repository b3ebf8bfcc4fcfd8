"""Why a conversation is closed: a short list as data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knowledge.datafiles import read
from knowledge.errors import DataFileError
from knowledge.model import LANGUAGES, Language

FILE = Path(__file__).parent / "reasons.yaml"


@cache
def reasons() -> Mapping[str, Mapping[Language, str]]:
    """id -> its words in each language, in the order of the list. Raises DataFileError."""
    found = read(FILE)
    for name, words in found.items():
        if not isinstance(words, dict) or set(words) != set(LANGUAGES):
            raise DataFileError(f"{FILE}: {name}: words in {', '.join(LANGUAGES)} are wanted")
    return found
