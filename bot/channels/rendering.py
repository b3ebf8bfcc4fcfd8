"""A `Reply` as a channel shows it: data for the page, text for the terminal, parts within the limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.channels.limits import Limits
from bot.conversation.reply import Author, Choice, Reply
from bot.reception import Line
from intents.answer import Block, Frozen
from intents.language import detect

Weight = Literal["main", "plain", "quiet"]

_MAIN = frozenset({"form:send", "form:resume"})
_QUIET = ("form:", "lang:", "do:")
_ENDS = ("\n\n", "\n", "。", "！", "？", ". ", "! ", "? ", "；", "; ", "，", ", ", " ")
"""Where a text may be parted, best first."""


class PageChoice(Frozen):
    """A button of the page. Sending `says` as a message does the same as sending `payload`."""

    label: str
    payload: str
    says: str
    weight: Weight
    """How much the button should stand out."""


class PageFile(Frozen):
    """A file as the page shows it."""

    name: str
    kind: str
    size: int
    """In bytes."""


class PageLine(Frozen):
    """A message as the page shows it."""

    seq: int
    author: Author
    name: str | None
    """Who of the staff wrote it, if they agreed that it is read."""
    at: datetime
    language: str
    """For the `lang` attribute; empty where it cannot be told."""
    text: str
    """The whole message as plain text, for scripts."""
    blocks: tuple[Block, ...]
    choices: tuple[PageChoice, ...] = ()
    """Only those of the conversation's last line count."""
    facts: tuple[str, ...] = ()
    """Ids of the facts it states."""
    message_id: str | None = None
    """The page's own id of it, on the prospect's lines."""
    files: tuple[PageFile, ...] = ()
    """What the prospect sent; `text` names it too."""
    of: int | None = None
    """The number of the earlier line that has these words now; this is then no line of its own."""


@dataclass(frozen=True)
class Part:
    """One message of a reply that may have needed several; the buttons hang on the last."""

    text: str
    choices: tuple[Choice, ...] = ()


def page_line(line: Line, message_id: str | None) -> PageLine:
    """A line for the page. `message_id` is the page's own id, where the line came from it."""
    reply = line.reply
    return PageLine(
        seq=line.seq,
        author=line.author,
        name=line.shown_name if line.author is Author.STAFF else None,
        at=line.at,
        language=language_of(reply.text),
        text=reply.text,
        blocks=reply.blocks,
        choices=tuple(_page_choice(choice) for choice in reply.choices),
        facts=reply.facts,
        message_id=message_id,
        files=tuple(PageFile(name=f.name, kind=f.kind, size=f.size) for f in line.files),
        of=line.of,
    )


def _page_choice(choice: Choice) -> PageChoice:
    return PageChoice(**choice.model_dump(), weight=weight(choice.payload))


def weight(payload: str) -> Weight:
    """How much a button should stand out, by what it does."""
    if payload in _MAIN:
        return "main"
    return "quiet" if payload.startswith(_QUIET) else "plain"


def language_of(text: str) -> str:
    """The language tag of a text, so that it is read aloud rightly; empty where it cannot be told."""
    written = detect(text)
    if written.code == "mixed":
        return written.answer_in
    return "" if written.code == "und" else written.code


def parts(reply: Reply, limits: Limits) -> tuple[Part, ...]:
    """A reply as messages of plain text, none longer than the channel takes."""
    texts = tuple(split(reply.text, limits.text)) or ("",)
    return (*(Part(text) for text in texts[:-1]), Part(texts[-1], reply.choices))


def split(text: str, limit: int) -> Iterator[str]:
    """Part a text so that no piece is longer than the limit, at paragraph ends where there are any.

    Nothing but white space at the seams is lost.
    """
    rest = text.strip()
    while len(rest) > limit:
        at = _seam(rest, limit)
        yield rest[:at].rstrip()
        rest = rest[at:].lstrip()
    if rest:
        yield rest


def _seam(text: str, limit: int) -> int:
    """Where to part: after the last best end within the limit, but not so early as to leave a crumb."""
    for end in _ENDS:
        # An end made of white space may hang over the limit: it is stripped.
        at = text.rfind(end, 0, limit + len(end))
        if at >= limit // 4 and len(text[: at + len(end)].rstrip()) <= limit:
            return at + len(end)
    return limit


def terminal_lines(reply: Reply, choices_intro: str) -> Iterator[str]:
    """A reply as a terminal prints it: the text, then the buttons with their numbers."""
    yield reply.text
    if reply.choices:
        yield choices_intro
        yield from (f"  [{n}] {choice.label}" for n, choice in enumerate(reply.choices, 1))
