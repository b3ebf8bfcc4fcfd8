"""The bot's own buttons, and how typed words press a button."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.reply import Choice
from bot.conversation.state import State
from bot.conversation.texts import text
from bot.intake.typed import folded
from knowledge.model import Language

_OTHER: dict[Language, Language] = {"en": "zh", "zh": "en"}


def button(name: str, payload: str, language: Language) -> Choice:
    """A button with a label from the texts; it says its label."""
    label = text(f"buttons.{name}", language)
    return Choice(label=label, payload=payload, says=label)


def do(name: str, language: Language) -> Choice:
    """A button that does what a command word does."""
    return button(name, f"do:{name}", language)


def form(name: str, language: Language) -> Choice:
    """A button that moves in the form."""
    return button(name, f"form:{name}", language)


def switch(language: Language) -> Choice:
    """The visible switch to the other language, labelled in that language."""
    return button("switch", f"lang:{_OTHER[language]}", language)


def always(state: State) -> tuple[Choice, ...]:
    """The two ways that stand under every answer: instruct us, ask a person; inside a form the first is taken."""
    person = do("person", state.language)
    return (person,) if state.progress is not None else (do("start", state.language), person)


def pressed(offered: Iterable[Choice], typed: str, *, numbers: bool) -> str | None:
    """The payload of the offered button whose label or words were typed, or its number."""
    choices = tuple(offered)
    wanted = folded(typed)
    for choice in choices:
        if wanted and wanted in {folded(choice.label), folded(choice.says)}:
            return choice.payload
    if numbers and wanted.isdecimal() and 1 <= int(wanted) <= len(choices):
        return choices[int(wanted) - 1].payload
    return None
