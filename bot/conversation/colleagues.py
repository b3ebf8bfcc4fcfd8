"""The staff: what they read in, and what prospects read of them, the name only where its owner agreed."""

from __future__ import annotations

from bot.conversation.events import Staffer
from bot.conversation.texts import text
from knowledge.model import Language

READ_IN: Language = "en"
"""The language of the staff's console: labels and options are shown in it, what was typed as it was typed."""


def called(by: Staffer, language: Language) -> str:
    """The name, or `a colleague`."""
    return by.name if by.shows_name else text("person.nobody", language)


def capital(line: str) -> str:
    """A sentence that may begin with a word instead of a name."""
    return line[:1].upper() + line[1:]
