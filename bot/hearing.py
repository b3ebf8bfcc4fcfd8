"""What a message is read with: what was talked about, and what waits to be answered with it.

A message is read outside any transaction, and another may come between. So what it was read with is kept beside the
reading, and compared in the transaction with what holds there.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from bot.conversation import between, bursts, pressing
from bot.conversation.reply import Reply
from bot.conversation.scene import Composer
from bot.conversation.state import State
from bot.inbound import Inbound
from bot.store import messages
from bot.store.conversations import Conversation
from bot.store.messages import Message
from bot.store.work import Work
from intents.context import Context
from intents.reading import Reading
from knowledge.model import Language


class Understanding(Composer, Protocol):
    """Reads messages and composes answers; `intents.engine.Engine` is one."""

    def read(
        self, text: str, *, hint: Language | None = None, context: Context | None = None
    ) -> Reading:
        """What a message means after what was said before it."""


@dataclass(frozen=True)
class Known:
    """What a message is read with. Another message may still come between."""

    state: State
    context: Context
    words: tuple[str, ...] = ()
    """What waits to be answered, each in its latest wording."""

    @property
    def lines(self) -> tuple[int, ...]:
        """The numbers of what waits."""
        return self.state.waiting.lines if self.state.waiting else ()


@dataclass(frozen=True)
class Heard:
    """A message as it was read: by itself, or together with what waited."""

    known: Known
    reading: Reading
    text: str
    waited: Reading | None = None
    """What waited, read by itself: it is answered before a button or a command."""

    @property
    def together(self) -> tuple[int, ...]:
        """The numbers of what it was read together with."""
        return () if self.waited else self.known.lines

    def holds(self, known: Known, *, pressed: bool) -> bool:
        """Whether it would be read alike now."""
        leant = pressed or known.context == self.known.context
        return leant and known.lines == self.known.lines


class Listener:
    """Reads messages off the event loop, outside any transaction."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding

    async def hear(self, inbound: Inbound, known: Known) -> Heard:
        """Read a message together with what waited; a button or a command apart from it."""
        if not known.lines:
            return Heard(
                known, await self.read(inbound.text, inbound.language, known), inbound.text
            )
        if pressing.payload(known.state, inbound.text, inbound.choice) is None:
            whole = bursts.words_of((*known.words, inbound.text))
            return Heard(known, await self.read(whole, inbound.language, known), whole)
        waited = await self.read(bursts.words_of(known.words), inbound.language, known)
        alone = await self.read(inbound.text, inbound.language, known)
        return Heard(known, alone, inbound.text, waited)

    async def read(self, said: str, hint: Language | None, known: Known) -> Reading:
        """Understand a message off the event loop, outside any transaction."""
        return await asyncio.to_thread(
            self._understanding.read,
            between.to_read(known.state, said),
            hint=hint,
            context=known.context,
        )


def known_of(work: Work, conversation: Conversation, context: Context) -> Known:
    """What a message to this conversation is to be read with now."""
    state = State.model_validate(conversation.state)
    lines = state.waiting.lines if state.waiting else ()
    found = [messages.numbered(work, conversation.id, line) for line in lines]
    return Known(state, context, tuple(words(work, message) for message in found if message))


@dataclass(frozen=True)
class Changed:
    """A message as it reads after a change: with the latest words of all it was read with."""

    text: str
    lines: tuple[int, ...] = ()
    """The numbers of all of them; none where it was read by itself."""


def changed(work: Work, conversation: Conversation, message: Message, now_says: str) -> Changed:
    """What is to be read anew when a message is given these words."""
    lines = bursts.whole(State.model_validate(conversation.state), message.seq)
    if not lines:
        return Changed(now_says)
    found = (messages.numbered(work, conversation.id, line) for line in lines)
    said = (now_says if each.seq == message.seq else words(work, each) for each in found if each)
    return Changed(bursts.words_of(tuple(said)), lines)


def words(work: Work, message: Message) -> str:
    """A message in its latest wording."""
    changed = messages.edits(work, message.id)
    return Reply.model_validate((changed[-1] if changed else message).body["reply"]).text
