"""An understanding for tests of the floors above it: told by a prefix of the text what it means."""

from __future__ import annotations

from bot.conversation.events import Staffer
from bot.store.conversations import ConversationKey
from intents.answer import Kind
from intents.context import Context
from intents.reading import Reading
from knowledge.model import Language
from tests.bot.conversation.script import ToldComposer, reading

INTAKE = [
    *("trademark", "registered", "1234567", "no", "owner", "Example Trading Ltd", "company"),
    *("Italy", "running shoes", "planning", "not now", "skip", "name@example.com", "I agree"),
]
"""A line for every question of an intake."""
PREFIXES = {"?": Kind.ANSWER, "!": Kind.ESCALATE, "+": Kind.INTAKE}


class ToldUnderstanding(ToldComposer):
    """`? ...` is a question, `! ...` wants a person, `+ ...` wants to instruct us; else not ours."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Context | None]] = []
        """Every text that was read, and the context it was read in."""

    def read(
        self, text: str, *, hint: Language | None = None, context: Context | None = None
    ) -> Reading:
        self.heard.append((text, context))
        kind = PREFIXES.get(text[:1], Kind.OUT_OF_SCOPE)
        intent = "talk.start" if kind is Kind.INTAKE else "fee.official"
        unknown = kind is Kind.OUT_OF_SCOPE
        return reading(text, kind, intent, hint or "en", unknown=unknown)


def key(person: str = "somebody") -> ConversationKey:
    """A conversation on the web."""
    return ConversationKey("web", "main", person, person)


def staffer(staff_id: str, name: str) -> Staffer:
    """A member of the staff as events name them."""
    return Staffer(id=staff_id, name=name)
