"""The staff's search: what is found by the blind index is opened, looked at again, and shown with its words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock, utc_now
from bot.conversation.owner import Owner
from bot.conversation.reply import Author, Reply
from bot.leads import registry
from bot.leads.model import Lead
from bot.leads.references import read_reference
from bot.masking import MARKS, masked
from bot.queue import title_of
from bot.store import conversations, messages, searching
from bot.store.conversations import Conversation
from bot.store.messages import Message
from bot.store.words import query_words, words
from bot.store.work import Store, Work

SHOWN = 20
"""Conversations of a page."""
LEADS = 10
EXCERPTS = 3
"""Messages shown of one conversation."""
AROUND = 90
"""Characters shown before and after the first word that was found."""
LONGEST = 200
"""Characters of a search; what is longer is cut."""


@dataclass(frozen=True)
class Piece:
    """A piece of an excerpt."""

    text: str
    marked: bool
    """Whether it is a word that was looked for."""


@dataclass(frozen=True)
class Excerpt:
    """A message that was found."""

    seq: int
    author: Author
    kind: str
    staff_name: str | None
    at: datetime
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class FoundConversation:
    """A conversation that was found, with the messages that have most of the words."""

    id: str
    title: str
    owner: Owner
    language: str
    updated_at: datetime
    excerpts: Sequence[Excerpt]


@dataclass(frozen=True)
class Results:
    """A page of what was found."""

    asked: str
    words: int
    """How many words were looked for; none where there was nothing to look for."""
    conversations: Sequence[FoundConversation]
    leads: Sequence[Lead]
    total: int
    """Conversations on all pages."""
    page: int
    pages: int
    cut: bool
    """Whether only the latest were looked at, since the words are that common."""
    hidden: bool
    """Whether contacts in the search were left out, because the one who looks may not see any."""


class Search:
    """Looks through all conversations and leads."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    async def results(self, asked: str, *, page: int = 1, clear: bool) -> Results:
        """What has all the words; `clear` for those who may see personal data.

        To others excerpts are masked, leads are not shown, and an address or a number is not looked for: that it is
        found would tell as much as reading it.
        """
        asked = " ".join(asked.split())[:LONGEST]
        sought = query_words(asked if clear else _without_marks(masked(asked)))
        look = _Look(sought, clear=clear)
        return await self._store.read(lambda work: self._found(work, asked, look, page))

    def _found(self, work: Work, asked: str, look: _Look, page: int) -> Results:
        findings = searching.find(work, look.sought, today=self._clock().date())
        pages = max(1, -(-len(findings.found) // SHOWN))
        page = min(max(1, page), pages)
        here = findings.found[(page - 1) * SHOWN : page * SHOWN]
        return Results(
            asked=asked,
            words=len(look.sought),
            conversations=_opened(work, [each.conversation_id for each in here], look),
            leads=_leads(work, asked, look.sought) if look.clear and page == 1 else (),
            total=len(findings.found),
            page=page,
            pages=pages,
            cut=findings.cut,
            hidden=not look.clear and len(look.sought) < len(query_words(asked)),
        )


@dataclass(frozen=True)
class _Look:
    """What is looked for, and whether personal data may be seen."""

    sought: Sequence[str]
    clear: bool


def marked(text: str, sought: Sequence[str]) -> list[Piece]:
    """The text about the first word that was looked for, in pieces; none where no word stands in it."""
    spans = sorted((word.start, word.end) for word in words(text) if word.folded in set(sought))
    if not spans:
        return []
    begin = max(0, spans[0][0] - AROUND)
    end = min(len(text), spans[0][1] + 2 * AROUND)
    pieces = list(_pieces(text, spans, begin, end))
    if begin:
        pieces.insert(0, Piece("…", marked=False))
    if end < len(text):
        pieces.append(Piece("…", marked=False))
    return pieces


def _pieces(text: str, spans: Sequence[tuple[int, int]], begin: int, end: int) -> Iterator[Piece]:
    at = begin
    for first, last in spans:
        if last <= at or first >= end:
            continue
        if first > at:
            yield Piece(text[at:first], marked=False)
        to = min(last, end)
        yield Piece(text[max(first, at) : to], marked=True)
        at = to
    if at < end:
        yield Piece(text[at:end], marked=False)


def _opened(work: Work, conversation_ids: Sequence[str], look: _Look) -> list[FoundConversation]:
    numbers = searching.lines(work, conversation_ids, look.sought)
    found = []
    for conversation in conversations.those(work, conversation_ids):
        excerpts = [
            excerpt
            for seq in numbers[conversation.id][:EXCERPTS]
            if (excerpt := _excerpt(messages.numbered(work, conversation.id, seq), look))
        ]
        if excerpts:
            found.append(_shown(conversation, excerpts))
    return found


def _excerpt(message: Message | None, look: _Look) -> Excerpt | None:
    """None where the words do not stand there after all: another word has the same hash."""
    if message is None:
        return None
    text = " ".join(Reply.model_validate(message.body["reply"]).text.split())
    pieces = marked(text if look.clear else masked(text), look.sought)
    if not pieces:
        return None
    return Excerpt(
        seq=message.seq,
        author=Author(message.author),
        kind=message.kind,
        staff_name=message.body.get("staff_name"),
        at=message.created_at,
        pieces=pieces,
    )


def _shown(conversation: Conversation, excerpts: Sequence[Excerpt]) -> FoundConversation:
    return FoundConversation(
        id=conversation.id,
        title=title_of(conversation),
        owner=Owner(conversation.owner),
        language=conversation.language,
        updated_at=conversation.updated_at,
        excerpts=excerpts,
    )


def _leads(work: Work, asked: str, sought: Sequence[str]) -> list[Lead]:
    """The leads that have all the words; a reference is read as people say it."""
    reference = read_reference(asked)
    wanted = query_words(reference) if reference else sought
    return [registry.find(work, each) for each in searching.leads(work, wanted, limit=LEADS)]


def _without_marks(text: str) -> str:
    for mark in MARKS:
        text = text.replace(mark, " ")
    return text
