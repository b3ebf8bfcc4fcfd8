"""Dialogues as data: what was asked, the message after it, and what the answer to that must be."""

from __future__ import annotations

from pathlib import Path

from intents.answer import Answer, Frozen, Kind
from intents.context import NO_CONTEXT, Context, after
from intents.engine import Engine
from intents.reading import Reading
from knowledge.datafiles import build, read
from knowledge.model import LANGUAGES, Language
from tests.intents.asking import TODAY

FOLDER = Path(__file__).parent


class Dialogue(Frozen):
    """What is said, and what must come of the last message."""

    language: Language
    name: str
    asked: tuple[str, ...] = ()
    then: str
    kind: Kind = Kind.ANSWER
    intents: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def wrong(self, answer: Answer) -> list[str]:
        """What of the answer is not as it must be."""
        found = [scored.id for scored in answer.intents]
        return [
            *([] if answer.kind is self.kind else [f"it is {answer.kind}"]),
            *([] if _in_order(self.intents, found) else [f"{self.intents} are not in {found}"]),
            *(f"no {fact} in {answer.facts}" for fact in self.facts if fact not in answer.facts),
            *(f"{words!r} is not said" for words in self.words if words not in answer.text),
            *(f"{words!r} is said" for words in self.without if words in answer.text),
        ]


def _in_order(wanted: tuple[str, ...], found: list[str]) -> bool:
    rest = iter(found)
    return all(intent in rest for intent in wanted)


def dialogues(folder: Path = FOLDER) -> list[Dialogue]:
    """Those of every language."""
    return [
        build(Dialogue, path, name, data, name=name, language=language)
        for language in LANGUAGES
        for path in [folder / f"{language}.yaml"]
        for name, data in read(path).items()
    ]


def listen(engine: Engine, *messages: str) -> tuple[Reading, Context]:
    """How the last of the messages was read, and what the talk is about then."""
    context, reading = NO_CONTEXT, None
    for message in messages:
        reading = engine.read(message, context=context)
        context = after(context, reading, TODAY)
    assert reading is not None
    return reading, context


def talk(engine: Engine, *messages: str) -> Answer:
    """The answer to the last of the messages."""
    return engine.compose(listen(engine, *messages)[0], TODAY)
