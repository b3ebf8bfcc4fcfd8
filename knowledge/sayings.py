"""The few words around rules that are no rule themselves, from a file of `name: {en, zh}`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.datafiles import read
from knowledge.model import Language


@dataclass(frozen=True)
class Sayings:
    """The words of one file, read when the first of them is wanted."""

    path: Path

    def say(self, key: str, language: Language, **names: str) -> str:
        """Words by their name, their `{names}` filled in."""
        return self._words[key][language].format_map(names)

    @cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        return read(self.path)
