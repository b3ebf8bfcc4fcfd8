"""What several sub-commands share: options, the day, the language, writing a file."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot.errors import FileNotWritableError
from knowledge.model import LANGUAGES, Language

E = TypeVar("E", bound=StrEnum)

LanguageOption = Annotated[str | None, typer.Option("--lang", help="The language: en, zh.")]
OnOption = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="The day it is to hold; today in Beijing."),
]


def language_of(name: str | None) -> Language | None:
    """One of our languages. Raises BadParameter."""
    if name is not None and name not in LANGUAGES:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(LANGUAGES)}")
    return name


def one_of(kinds: type[E], name: str) -> E:
    """One of the kinds of something, by its name. Raises BadParameter with those there are."""
    try:
        return kinds(name)
    except ValueError:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(kinds)}") from None


def day_of(on: datetime | None) -> date:
    """The day that was named, or today in Beijing."""
    from bot.conversation.scene import today

    return on.date() if on else today()


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises FileNotWritableError."""
    from knowledge.compiled import write_whole

    try:
        write_whole(path, lambda part: part.write_bytes(content))
    except OSError as error:
        raise FileNotWritableError(f"{path}: {error.strerror}") from error
