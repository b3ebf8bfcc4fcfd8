"""One question, one answer, without a conversation: what scripts and examinations use."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.errors import QuestionFileError
from bot.settings import Settings
from intents.answer import Answer
from intents.engine import Engine
from knowledge.library import china
from knowledge.model import Language


def engine(settings: Settings) -> Engine:
    """The engine, trained now or loaded from the cache; its progress goes to standard error."""

    def tell(line: str) -> None:
        print(line, file=sys.stderr, flush=True)  # noqa: T201

    kept_in = settings.cache_dir
    return Engine.prepare(
        kept_in, library=china(kept_in), agency=settings.agency_name, progress=tell
    )


def ask(prepared: Engine, question: str, on: date, hint: Language | None = None) -> Answer:
    """The answer to a question in a fresh conversation."""
    return prepared.compose(prepared.read(question, hint=hint), on)


def as_json(question: str, answer: Answer) -> dict[str, Any]:
    """An answer in the shape that scripts depend on (see `docs/command.md`)."""
    return {
        "question": question,
        "lang": answer.language,
        "kind": answer.kind.value,
        "intents": [
            {"id": intent.id, "confidence": round(intent.confidence, 4)}
            for intent in answer.intents
        ],
        "facts": list(answer.facts),
        "as_of": answer.as_of.isoformat(),
        "text": answer.text,
        "suggestions": [suggestion.ask for suggestion in answer.suggestions],
    }


def questions(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a question file: JSON objects with a field `q`. Raises QuestionFileError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: {error}") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield _question(path, number, line)


def _question(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionFileError(f"{path}:{number}: not JSON: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("q"), str):
        raise QuestionFileError(f'{path}:{number}: an object with a text "q" is wanted')
    return data
