"""An answer that knows no channel: blocks, the facts it rests on, the day it holds, what may come next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.model import Language

MOST_FACTS = 8
"""What an answer states at most: more nobody reads."""


class Kind(StrEnum):
    """What an answer is, and so what the conversation does next."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSE = "refuse"
    SMALLTALK = "smalltalk"
    ESCALATE = "escalate"
    INTAKE = "intake"


class Frozen(BaseModel):
    """A value: never changed, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Frozen):
    """A paragraph."""

    kind: Literal["text"] = "text"
    text: str


class Bullets(Frozen):
    """A list of short points."""

    kind: Literal["list"] = "list"
    items: tuple[str, ...]
    ordered: bool = False
    """Whether the points are steps, to be numbered."""


class Table(Frozen):
    """A small table: a head row and rows of the same width."""

    kind: Literal["table"] = "table"
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Picture(Frozen):
    """A procedure drawn step by step. Words say the same: no channel has to show it."""

    kind: Literal["picture"] = "picture"
    procedure: str
    language: Language
    days: dict[str, date] = {}
    """The days of the procedure that were named; their terms are shown with dates."""
    caption: str


class Paper(Frozen):
    """A document to take away, such as a checklist to print."""

    kind: Literal["paper"] = "paper"
    paper: Literal["checklist"] = "checklist"
    language: Language
    wanted: dict[str, str]
    """What it is made for: the kind of right, the kind of applicant."""
    caption: str


class Sources(Frozen):
    """The legal basis of what was said, and the day it holds."""

    kind: Literal["sources"] = "sources"
    citations: tuple[str, ...]
    as_of: date
    line: str
    """The same in one sentence of the answer's language: `Source: ...; as of ...`."""


Block = Annotated[Text | Bullets | Table | Picture | Paper | Sources, Field(discriminator="kind")]


class Suggestion(Frozen):
    """A next question: the button, and the words that do the same."""

    intent: str
    label: str
    ask: str


class Scored(Frozen):
    """An intent and how sure we are that it was asked, 0 to 1."""

    id: str
    confidence: float


class Answer(Frozen):
    """What to say, before any channel."""

    kind: Kind
    language: Language
    intents: tuple[Scored, ...] = ()
    blocks: tuple[Block, ...]
    facts: tuple[str, ...] = ()
    as_of: date
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def text(self) -> str:
        """The whole answer as plain text, paragraphs apart."""
        return "\n\n".join(plain(self.blocks))


def plain(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Each block as plain text."""
    for block in blocks:
        match block:
            case Text(text=text):
                yield text
            case Bullets(items=items, ordered=True):
                yield "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
            case Bullets(items=items):
                yield "\n".join(f"• {item}" for item in items)
            case Table(head=head, rows=rows):
                yield "\n".join(" | ".join(row) for row in (head, *rows))
            case Sources(line=line):
                yield line
            case Picture() | Paper():
                pass
