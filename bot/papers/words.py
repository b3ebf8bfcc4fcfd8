"""The few words on pictures and papers that are no rule."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from knowledge.datafiles import read
from knowledge.model import Language


def say(key: str, language: Language, **names: str) -> str:
    """A text by its name, its `{names}` filled in."""
    return _words()[key][language].format_map(names)


@cache
def _words() -> dict[str, dict[str, str]]:
    return read(Path(__file__).parent / "words.yaml")
