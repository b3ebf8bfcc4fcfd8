"""The words of chat page, API errors, page of rules and terminal, one YAML file a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from knowledge.datafiles import read
from knowledge.errors import DataFileError
from knowledge.model import LANGUAGES, Language

FOLDER = Path(__file__).parent
DEFAULT: Language = "en"


@cache
def words(group: str, language: Language) -> Mapping[str, str]:
    """The words of one group: `page`, `errors`, `rules` or `terminal`. Raises DataFileError."""
    path = FOLDER / f"{language}.yaml"
    try:
        return MappingProxyType({key: str(value) for key, value in read(path)[group].items()})
    except KeyError:
        raise DataFileError(f"{path}: no group {group}") from None


def word(name: str, language: Language, **values: object) -> str:
    """One text by its dotted name, `errors.too_many`, filled in. Raises DataFileError."""
    group, _, key = name.partition(".")
    try:
        return words(group, language)[key].format(**values)
    except KeyError as error:
        raise DataFileError(f"{FOLDER / language}.yaml: {name}: nothing for {error}") from None


def as_language(text: str | None) -> Language | None:
    """The language a tag such as `zh-Hant-TW` names, if it is one of ours."""
    primary = (text or "").strip().replace("_", "-").split("-")[0].lower()
    return next((language for language in LANGUAGES if language == primary), None)


def preferred(accept_language: str | None) -> Language:
    """The best of our languages for an Accept-Language header."""
    wishes = [_wish(part) for part in (accept_language or "").split(",")]
    for _, tag in sorted((wish for wish in wishes if wish[0] > 0), key=lambda wish: -wish[0]):
        language = as_language(tag)
        if language is not None:
            return language
    return DEFAULT


def _wish(part: str) -> tuple[float, str]:
    """How much a tag is wished for, and the tag: `zh;q=0.8`. What cannot be read is not wished for."""
    tag, _, parameter = part.partition(";")
    name, _, value = parameter.strip().partition("=")
    try:
        return (float(value) if name.strip() == "q" else 1.0), tag
    except ValueError:
        return 0.0, tag
