"""What is said in a conversation: blocks and the buttons under them, before any channel."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from intents.answer import Answer, Block, Frozen, Text, plain

PAYLOAD_BYTES = 64
"""Telegram's callback data holds 64 bytes: the tightest channel sets the limit for all."""


class Author(StrEnum):
    """Who says it. SYSTEM lines frame the talk: who joined, who left."""

    PROSPECT = "prospect"
    BOT = "bot"
    STAFF = "staff"
    SYSTEM = "system"


class Choice(Frozen):
    """A button. Typing its label or its words does the same."""

    label: str
    payload: str = Field(max_length=PAYLOAD_BYTES)
    says: str
    """The words the button stands for, shown as the prospect's own."""


class Reply(Frozen):
    """One message."""

    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...] = ()
    facts: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, *choices: Choice) -> Reply:
        """A message of one paragraph."""
        return cls(blocks=(Text(text=text),), choices=choices)

    @classmethod
    def answering(cls, answer: Answer, *more: Choice) -> Reply:
        """An answer with its next questions as buttons, then more buttons."""
        asks = tuple(
            Choice(label=next_.label, payload=f"ask:{next_.intent}", says=next_.ask)
            for next_ in answer.suggestions
        )
        return cls(blocks=answer.blocks, choices=asks + more, facts=answer.facts)

    @property
    def text(self) -> str:
        """The message as plain text."""
        return "\n\n".join(plain(self.blocks))
