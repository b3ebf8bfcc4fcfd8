"""Tables of words that stand beside the code: parsed once, and then read from the cache by every process.

To parse the five of them takes a sixth of the second in which a question on the command line is answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.compiled import mappings
from knowledge.datafiles import read

FOLDER = Path(__file__).parent
FILES = (
    "emoji.yaml",
    "outside.yaml",
    "entities/case.yaml",
    "entities/ports.yaml",
    "entities/questions.yaml",
)
_parsed: dict[str, Mapping[str, Any]] = {}


def prepare(cache: Path) -> None:
    """Have the tables at hand, from the cache if it holds them. Raises DataFileError if one is no YAML mapping."""
    _parsed.update(mappings("tables", FOLDER, [FOLDER / name for name in FILES], cache))


def table(path: Path) -> Mapping[str, Any]:
    """What stands in one of them. Raises DataFileError if it is no YAML mapping."""
    name = path.relative_to(FOLDER).as_posix()
    return _parsed[name] if name in _parsed else read(path)
