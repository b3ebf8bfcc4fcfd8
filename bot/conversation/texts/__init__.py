"""The bot's own sentences and command words, one YAML file a language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from bot.intake.typed import folded
from knowledge.datafiles import read
from knowledge.errors import DataFileError
from knowledge.model import LANGUAGES, Language

FOLDER = Path(__file__).parent


_NO_SENTENCES = ("words", "answers", "changing", "denying", "protesting")


@cache
def texts_of(language: Language) -> dict[str, Any]:
    """All that the file of a language holds."""
    return read(FOLDER / f"{language}.yaml")


@cache
def _sentences(language: Language) -> dict[str, tuple[str, ...]]:
    """Every sentence of a language, in one or several wordings, under its dotted path: `form.receipt`."""
    data = texts_of(language)
    return dict(_flat({key: value for key, value in data.items() if key not in _NO_SENTENCES}))


@cache
def words(name: str) -> frozenset[str]:
    """Words that answer a question of the bot, folded, of all languages: `nothing`, `agreed`."""
    return frozenset(
        folded(str(word)) for language in LANGUAGES for word in texts_of(language)["answers"][name]
    )


def _flat(data: dict[str, Any], prefix: str = "") -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []
    for key, value in data.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{key}.")
        else:
            wordings = value if isinstance(value, list) else [value]
            found.append((f"{prefix}{key}", tuple(map(str, wordings))))
    return found


def text(text_id: str, language: Language, said: int = 0, /, **values: object) -> str:
    """A sentence with its `{names}` filled in, in its next wording for one who has had it so many times.

    Raises DataFileError for an unknown id or name.
    """
    try:
        wordings = _sentences(language)[text_id]
        return wordings[said % len(wordings)].format(**values)
    except KeyError as error:
        raise DataFileError(f"{FOLDER / language}.yaml: {text_id}: nothing for {error}") from None


def ids(language: Language) -> set[str]:
    """The ids of all sentences of a language."""
    return set(_sentences(language))


def wordings(text_id: str, language: Language) -> tuple[str, ...]:
    """All wordings of a sentence, names not filled in. Raises DataFileError for an unknown id."""
    try:
        return _sentences(language)[text_id]
    except KeyError as error:
        raise DataFileError(f"{FOLDER / language}.yaml: nothing for {error}") from None


def names(wording: str) -> set[str]:
    """The names a wording wants filled in."""
    return {name for _, name, _, _ in Formatter().parse(wording) if name}


@cache
def commands() -> dict[str, str]:
    """What a whole message of these words commands: folded words -> command, all languages together."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        data = texts_of(language)
        pressed = {
            name: [data["buttons"][name]] for name in data["words"] if name in data["buttons"]
        }
        for command, words in data["words"].items():
            for word in [*words, *pressed.get(command, [])]:
                key = _key(str(word))
                if found.setdefault(key, command) != command:
                    raise DataFileError(f"{word!r} is both {found[key]} and {command}")
    return found


def _key(words: str) -> str:
    return folded(words) or words.strip()


def command(words: str) -> str | None:
    """The command that a whole message is, if it is one."""
    return commands().get(_key(words))
