"""What prospects read of a member of the staff: the name only where its owner agreed."""

from __future__ import annotations

from bot.conversation.events import Staffer
from bot.conversation.texts import text
from knowledge.model import Language


def called(by: Staffer, language: Language) -> str:
    """The name, or `a colleague`."""
    return by.name if by.shows_name else text("person.nobody", language)


def capital(line: str) -> str:
    """A sentence that may begin with a word instead of a name."""
    return line[:1].upper() + line[1:]
