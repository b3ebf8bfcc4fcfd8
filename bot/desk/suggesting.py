"""What the knowledge base would answer to the prospect's last question, for whoever is about to answer it.

Nothing of it is sent by itself: it is a draft with its sources, and beside it the questions that may have been meant.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.conversation import bursts
from bot.conversation.owner import Owner
from bot.conversation.reply import Author
from bot.conversation.scene import BEIJING
from bot.conversation.state import State
from bot.hearing import Known, Listener, Understanding
from bot.inbound import Line
from intents.answer import Answer, Kind
from intents.reading import Reading

MOST_LINES = 5
"""Messages of the prospect that are read as one question."""
MOST_NEAR = 3
KEPT = 200
"""Questions whose suggestions are kept: an open page asks again whenever anything changes."""


@dataclass(frozen=True)
class Proposal:
    """One text that could be sent."""

    intent: str
    label: str
    """The question it answers, in few words, in the prospect's language."""
    text: str
    """In the prospect's language, the line with the sources last."""


@dataclass(frozen=True)
class Suggested:
    """What could be answered: the first is what was most likely asked, if that is plain."""

    answer: Proposal | None
    near: Sequence[Proposal] = ()
    """Answers to other questions that may have been meant."""

    def by(self, intent: str) -> Proposal | None:
        """The proposal of that intent."""
        both = (self.answer, *self.near)
        return next((one for one in both if one and one.intent == intent), None)


NOTHING = Suggested(None)


@dataclass(frozen=True)
class _Question:
    """What is asked, and all on which the answer depends."""

    conversation: str
    lines: tuple[int, ...]
    said: str
    state: State
    on: date


class Suggesting:
    """Reads the last question as the bot would have read it, and composes without saying anything."""

    def __init__(self, understanding: Understanding, longest: int) -> None:
        """`longest` is what one message can carry: a longer proposal is none."""
        self._understanding = understanding
        self._listener = Listener(understanding)
        self._longest = longest
        self._kept: OrderedDict[tuple[object, ...], Suggested] = OrderedDict()

    async def of(
        self, conversation_id: str, state: State, lines: Sequence[Line], now: datetime
    ) -> Suggested:
        """What could be answered now; nothing where the bot answers by itself or nothing is open."""
        open_lines = _unanswered(lines)
        if state.owner not in (Owner.WAITING, Owner.PERSON) or not open_lines:
            return NOTHING
        said = bursts.words_of(tuple(line.reply.text for line in open_lines))
        numbers = tuple(line.seq for line in open_lines)
        on = now.astimezone(BEIJING).date()
        question = _Question(conversation_id, numbers, said, state, on)
        key = (conversation_id, numbers, said, state.language, on)
        if key not in self._kept:
            self._keep(key, await self._made(question))
        return self._kept[key]

    def _keep(self, key: tuple[object, ...], suggested: Suggested) -> None:
        self._kept[key] = suggested
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    async def _made(self, question: _Question) -> Suggested:
        state = question.state
        known = Known(state, state.leans_on)
        reading = await self._listener.read(question.said, state.language, known)
        reading = reading.model_copy(update={"language": state.language})
        return await asyncio.to_thread(self._composed, reading, question.on)

    def _composed(self, reading: Reading, on: date) -> Suggested:
        composed = self._understanding.compose(reading, on)
        first = self._first(composed) if composed.kind is Kind.ANSWER else None
        besides = [scored.id for scored in composed.intents] if first else []
        likely = self._understanding.nearest(reading, besides)
        offered = [suggestion.intent for suggestion in composed.suggestions]
        names = dict.fromkeys((*likely, *(() if first else offered)))
        found = (self._of_topic(name, reading, on) for name in names if name not in besides)
        return Suggested(first, tuple(one for one in found if one)[:MOST_NEAR])

    def _first(self, composed: Answer) -> Proposal | None:
        return self._proposal(composed.intents[0].id, composed) if composed.intents else None

    def _of_topic(self, intent: str, reading: Reading, on: date) -> Proposal | None:
        if self._understanding.kind(intent) is not Kind.ANSWER:
            return None
        topic = self._understanding.topic(intent, reading.language, on, reading.entities)
        return self._proposal(intent, topic)

    def _proposal(self, intent: str, answer: Answer) -> Proposal | None:
        if not answer.text or len(answer.text) > self._longest:
            return None
        label, _ = self._understanding.wording(intent, answer.language)
        return Proposal(intent, label, answer.text)


def _unanswered(lines: Sequence[Line]) -> list[Line]:
    """The last messages of the prospect that no colleague has answered, in their latest words."""
    found: list[Line] = []
    changed: dict[int, Line] = {}
    for line in reversed(lines):
        if line.author is Author.STAFF and line.kind == "message":
            break
        if line.kind == "edit" and line.of is not None:
            changed.setdefault(line.of, line)
        elif line.author is Author.PROSPECT and line.kind == "message" and not line.files:
            found.append(line)
        elif found and line.author is Author.BOT:
            break
    latest = reversed(found[:MOST_LINES])
    return [
        replace(line, reply=changed[line.seq].reply) if line.seq in changed else line
        for line in latest
    ]
