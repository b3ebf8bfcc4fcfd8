"""Puts an answer together: first lines of everything asked, then what belongs to it, then changes, doubts and sources.

In: the topics asked about, with what was named along with them. Out: blocks, and the ids of the facts really stated.
An answer states at most eight facts: first lines go before details, and details fall off from the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from intents.answer import MOST_FACTS, Block, Bullets, Text, plain
from intents.catalogue import Topic
from intents.citing import cautions, sources
from intents.handlers import Case, handler, picture
from intents.polarity import is_open, without_verdict
from intents.reading import NOTHING_NAMED, Entities
from intents.voice import Opening, Voice, told
from knowledge.library import Holding


@dataclass(frozen=True)
class Asked:
    """A topic asked about, and what was named along with it."""

    topic: Topic
    entities: Entities = NOTHING_NAMED
    text: str = ""
    """The message it was asked in."""
    question: str = ""
    """The question by itself, where the message holds several."""


@dataclass(frozen=True)
class Composed:
    """The blocks of an answer, what they state, and the topics there was no room for."""

    blocks: tuple[Block, ...]
    facts: tuple[str, ...]
    left_out: tuple[Topic, ...] = ()


def compose(voice: Voice, asked: Sequence[Asked], notes: Sequence[str] = ()) -> Composed:
    """Answer all topics in one text; `notes` are said before the sources."""
    openings, left_out = _openings(voice, asked)
    stated = {fact.id: fact for _, opening in openings for fact in opening.facts}
    blocks: list[Block] = []
    for topic, opening in openings:
        details = [] if opening.complete else _details(voice, topic, stated)
        blocks += [Text(text=opening.text), *opening.blocks]
        if details:
            blocks.append(Bullets(items=tuple(map(voice.statement, details))))
        if topic.procedure and not opening.blocks:
            blocks += picture(voice, topic.procedure)
    blocks += [Text(text=note) for note in notes]
    blocks += _closing(voice, list(stated.values()), blocks)
    return Composed(tuple(blocks), tuple(stated), left_out)


def _openings(
    voice: Voice, asked: Sequence[Asked]
) -> tuple[list[tuple[Topic, Opening]], tuple[Topic, ...]]:
    """The first lines, as many as the facts allow; those that say nothing new are said once."""
    kept: list[tuple[Topic, Opening]] = []
    left_out, stated = [], set[str]()
    for each in asked:
        opening = open_with(voice, each)
        facts = {fact.id for fact in opening.facts}
        if kept and facts and facts <= stated:
            continue
        if kept and len(stated | facts) > MOST_FACTS:
            left_out.append(each.topic)
            continue
        kept.append((each.topic, opening))
        stated |= facts
    return kept, tuple(left_out)


def open_with(voice: Voice, asked: Asked) -> Opening:
    """What the topic's handler works out from what was named; without it, the plain first line."""
    name = asked.topic.handler
    worked = handler(name)(Case(voice, asked.topic, asked.entities, asked.text)) if name else None
    opening = worked or voice.opening(asked.topic)
    if is_open(asked.question or asked.text):
        return replace(opening, text=without_verdict(opening.text))
    return opening


def _details(voice: Voice, topic: Topic, stated: dict[str, Holding]) -> list[Holding]:
    """The facts said after the first line that were not said yet and for which there is room; notes them as stated."""
    found = []
    for fact in voice.holdings(topic.then):
        if fact.id not in stated and len(stated) < MOST_FACTS:
            stated[fact.id] = fact
            found.append(fact)
    return found


def _closing(voice: Voice, facts: list[Holding], said: list[Block]) -> list[Block]:
    text = " ".join(plain(tuple(said)))
    coming = [
        announced
        for fact in facts
        if (announced := voice.announcement(fact)) and not _told(fact, text)
    ]
    closing: list[Block] = [Text(text=line) for line in coming]
    doubts = cautions(voice, facts)
    if doubts:
        closing.append(Text(text=voice.text("frame.space").join(doubts)))
    line = sources(voice, facts)
    return [*closing, line] if line else closing


def _told(fact: Holding, text: str) -> bool:
    """Whether the lines above name the coming change themselves."""
    coming = fact.expected
    return bool(coming and coming.from_ and told(text, coming.from_))
