"""Files: they come by themselves, not by words. What is kept is one line a file: its id, a tab, its name."""

from __future__ import annotations

from bot.intake.kinds.base import Asked, Parsed, Rejected
from knowledge import rendering
from knowledge.model import Language

MOST_FILES = 20


def parse_files(_text: str, _asked: Asked) -> Parsed:
    """Words are no file."""
    return Rejected("send_a_file")


def kept(files: tuple[tuple[str, str], ...]) -> str:
    """How (id, name) of files are kept as an answer."""
    return "\n".join(f"{id_}\t{name}" for id_, name in files)


def files(value: str) -> tuple[tuple[str, str], ...]:
    """(id, name) of the files of an answer."""
    pairs = (line.partition("\t") for line in value.split("\n") if line)
    return tuple((id_, name) for id_, _, name in pairs)


def shown_files(value: str, language: Language) -> str:
    """Their names."""
    return rendering.listed((name for _, name in files(value)), language)


def find_none(_text: str, _asked: Asked) -> None:
    """There is never a file in a text."""
