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
from intents.reading import NOTHING_NAMED, Entities, Wish
from intents.retelling import in_currency, retold
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
    wish: Wish | None = None
    """How the last answer is wanted, if this asks for that."""
    currency: str | None = None
    """The money in which the amounts are wanted, beside renminbi."""

    def without_days(self) -> Asked:
        """The same, where the days of the message have been reckoned with already."""
        return replace(self, entities=self.entities.model_copy(update={"days": (), "recent": ()}))


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
    for each, opening in openings:
        details = [] if opening.complete else _details(voice, each.topic, stated)
        lines = [Text(text=opening.text)]
        blocks += [*(line for line in lines if line not in blocks), *opening.blocks]
        if details:
            blocks.append(Bullets(items=tuple(map(voice.statement, details))))
        if each.topic.procedure and not opening.blocks and each.wish is not Wish.SHORTER:
            blocks += picture(voice, each.topic.procedure)
        money = each.currency and in_currency(voice, opening.text, each.currency, each.entities)
        blocks += [Text(text=money)] if money else []
    blocks += [Text(text=note) for note in notes]
    blocks += _closing(voice, list(stated.values()), blocks)
    return Composed(tuple(blocks), tuple(stated), left_out)


def _openings(
    voice: Voice, asked: Sequence[Asked]
) -> tuple[list[tuple[Asked, Opening]], tuple[Topic, ...]]:
    """The first lines, as many as the facts allow; those that say nothing new are said once."""
    kept: list[tuple[Asked, Opening]] = []
    left_out, stated = [], set[str]()
    for each in asked:
        opening = open_with(voice, each)
        facts = {fact.id for fact in opening.facts}
        if kept and facts and facts <= stated and not _otherwise(each, kept):
            continue
        if kept and len(stated | facts) > MOST_FACTS:
            left_out.append(each.topic)
            continue
        kept.append((each, opening))
        stated |= facts
    return kept, tuple(left_out)


def _otherwise(asked: Asked, kept: Sequence[tuple[Asked, Opening]]) -> bool:
    """Whether the same facts are to be told in another way: as sources, or worked out for another amount."""
    if asked.wish:
        return True
    same = [each for each, _ in kept if each.topic.id == asked.topic.id]
    return bool(
        asked.topic.handler and same and all(each.entities != asked.entities for each in same)
    )


def open_with(voice: Voice, asked: Asked) -> Opening:
    """What the topic's handler works out from what was named; without it, the plain first line."""
    name = asked.topic.handler
    worked = handler(name)(Case(voice, asked.topic, asked.entities, asked.text)) if name else None
    opening = retold(voice, asked.topic, worked or voice.opening(asked.topic), asked.wish)
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
