"""The one door: what comes in is read, turned in one transaction, and what follows goes out after the commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from bot.conversation.events import Event, MessageReceived, Opened, Refused, StaffEvent
from bot.conversation.reply import Author, Reply
from bot.conversation.scene import Composer, Outcome, Scene
from bot.conversation.state import State
from bot.conversation.turn import turn
from bot.errors import ActionRefusedError, ReferenceTakenError
from bot.leads.references import new_reference
from bot.live import DESK, Live
from bot.outgoing import carry_out
from bot.queue import Queue, QueueEntry
from bot.store import conversations, messages
from bot.store.conversations import Beginning, Conversation, ConversationKey
from bot.store.messages import Draft, Message
from bot.store.work import Store, Work
from intents.context import NO_CONTEXT, Context
from intents.reading import Reading
from knowledge.model import Language

REFUSALS = {
    "owned_by_another": "{name} has this conversation.",
    "not_with_you": "This conversation is not with you.",
    "nothing_to_close": "This conversation is closed already.",
}


READINGS = 3
"""How often a message is read while others come between; the last reading is taken as it is."""


class _OvertakenError(Exception):
    """Another message came between the reading and the transaction, and nothing was stored."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context


class Understanding(Composer, Protocol):
    """Reads messages and composes answers; `intents.engine.Engine` is one."""

    def read(
        self, text: str, *, hint: Language | None = None, context: Context | None = None
    ) -> Reading:
        """What a message means after what was said before it."""


@dataclass(frozen=True)
class Inbound:
    """What a channel hands in. `message_id` is the channel's own; a repeat of it has no effect."""

    key: ConversationKey
    message_id: str
    text: str
    choice: str | None = None
    language: Language | None = None
    """What the channel knows of the person's language: a first guess only."""


@dataclass(frozen=True)
class Receipt:
    """That a message is stored: in which conversation, under which number, and whether it was a repeat."""

    conversation_id: str
    seq: int
    repeated: bool


@dataclass(frozen=True)
class Line:
    """A message as a page shows it."""

    seq: int
    author: Author
    kind: str
    """`message`, or `note` for what only the staff sees."""
    reply: Reply
    at: datetime
    staff_name: str | None
    message_id: str | None
    """The channel's id of what came in, so that a page knows its own message again."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Reception:
    """Every channel and the desk come through here."""

    def __init__(
        self,
        store: Store,
        understanding: Understanding,
        agency: str,
        live: Live,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self.live = live
        self._store = store
        self._understanding = understanding
        self._agency = agency
        self._clock = clock
        self._queue = Queue(store)

    async def open(
        self, key: ConversationKey, language: Language, source: str | None = None
    ) -> str:
        """Somebody has come in. Returns the conversation's id; a new one is greeted."""
        beginning = _beginning(language, source)

        def work_on(work: Work) -> str:
            conversation = conversations.find_or_create(
                work, key, now=self._clock(), beginning=beginning
            )
            self._turn(work, conversation, Opened(language=language))
            return conversation.id

        return await self._store.run(work_on)

    async def receive(self, inbound: Inbound) -> Receipt:
        """A prospect wrote. When this returns the message is stored and answered, once."""
        context = await self._context(inbound.key)
        for left in reversed(range(READINGS)):
            reading = await self._read(inbound, context)
            try:
                return await self._stored(inbound, reading, context if left else None)
            except _OvertakenError as overtaken:
                context = overtaken.context
        raise AssertionError("the last reading is taken as it is")

    async def _stored(self, inbound: Inbound, reading: Reading, context: Context | None) -> Receipt:
        while True:
            try:
                return await self._store.run(
                    lambda work: self._receive(work, inbound, reading, context)
                )
            except ReferenceTakenError:
                # Another inquiry drew the same number; nothing was stored, so draw again.
                continue

    def _receive(
        self, work: Work, inbound: Inbound, reading: Reading, context: Context | None
    ) -> Receipt:
        """Store and answer. Raises _OvertakenError where the talk is no longer about that context."""
        now = self._clock()
        beginning = _beginning(inbound.language or reading.language, None)
        conversation = conversations.find_or_create(work, inbound.key, now=now, beginning=beginning)
        kept = messages.append(work, conversation.id, _said_by_prospect(inbound), now=now)
        if kept is None:
            return _repeat(work, conversation, inbound)
        present = _leans_on(conversation)
        if inbound.choice is None and context not in (None, present):
            raise _OvertakenError(present)
        event = MessageReceived(
            line=kept.seq,
            text=inbound.text,
            reading=reading,
            choice=inbound.choice,
            new_reference=new_reference(now),
        )
        self._turn(work, _written_to(conversation, now), event)
        return Receipt(conversation.id, kept.seq, repeated=False)

    async def act(self, conversation_id: str, event: StaffEvent) -> None:
        """A member of the staff does something.

        Raises ActionRefusedError where it cannot be (the prospect sees nothing of it then),
        ConversationNotFoundError.
        """

        def work_on(work: Work) -> Outcome:
            return self._turn(work, conversations.lock(work, conversation_id), event)

        outcome = await self._store.run(work_on)
        for effect in outcome.effects:
            if isinstance(effect, Refused):
                said = REFUSALS[effect.why].format(name=effect.owner_name)
                raise ActionRefusedError(f"{event.kind}: {effect.why}", user_text=said)

    async def transcript(
        self, conversation_id: str, after: int = 0, *, inside: bool = False
    ) -> list[Line]:
        """The lines after a number, in order; `inside` adds the staff's notes."""

        def work_on(work: Work) -> list[Line]:
            kept = messages.since(work, conversation_id, after)
            return [_line(message) for message in kept if inside or message.kind != "note"]

        return await self._store.read(work_on)

    async def find(self, key: ConversationKey) -> str | None:
        """The id of the conversation with this key, if there is one."""

        def work_on(work: Work) -> str | None:
            found = conversations.find(work, key)
            return found.id if found else None

        return await self._store.read(work_on)

    async def state(self, conversation_id: str) -> State:
        """What a conversation remembers. Raises ConversationNotFoundError."""

        def work_on(work: Work) -> State:
            return State.model_validate(conversations.get(work, conversation_id).state)

        return await self._store.read(work_on)

    async def queue(self) -> list[QueueEntry]:
        """Every conversation in one line for the staff, those that wait for a person first."""
        return await self._queue.entries()

    async def entry(self, conversation_id: str) -> QueueEntry:
        """One conversation's line. Raises ConversationNotFoundError."""
        return await self._queue.entry(conversation_id)

    async def seen_by_staff(self, conversation_id: str) -> None:
        """A member of the staff has looked at a conversation."""
        await self._queue.seen(conversation_id)
        self.live.publish(DESK)

    async def _context(self, key: ConversationKey) -> Context:
        """What the conversation is about at the moment: another message may still come between."""

        def work_on(work: Work) -> Context:
            found = conversations.find(work, key)
            return _leans_on(found) if found else NO_CONTEXT

        return await self._store.read(work_on)

    async def _read(self, inbound: Inbound, context: Context) -> Reading:
        """Understand a message off the event loop, outside any transaction."""
        return await asyncio.to_thread(
            self._understanding.read, inbound.text, hint=inbound.language, context=context
        )

    def _turn(self, work: Work, conversation: Conversation, event: Event) -> Outcome:
        """One turn inside the transaction: new memory, its effects, and the pages woken after it."""
        now = self._clock()
        scene = Scene(self._understanding, self._agency, now)
        outcome = turn(scene, State.model_validate(conversation.state), event)
        carry_out(work, conversation.id, outcome.effects, now)
        conversations.save(work, _after(conversation, outcome.state, now))
        work.after_commit(lambda: self.live.publish(conversation.id, DESK))
        return outcome


def _leans_on(conversation: Conversation) -> Context:
    return State.model_validate(conversation.state).leans_on


def _beginning(language: Language, source: str | None) -> Beginning:
    state = State(language=language)
    return Beginning(
        owner=state.owner.value,
        stage=state.stage.value,
        language=language,
        state=state.model_dump(mode="json"),
        source=source,
    )


def _after(conversation: Conversation, state: State, now: datetime) -> Conversation:
    return replace(
        conversation,
        owner=state.owner.value,
        stage=state.stage.value,
        language=state.language,
        state=state.model_dump(mode="json"),
        staff_id=state.staff_id,
        updated_at=now,
    )


def _written_to(conversation: Conversation, now: datetime) -> Conversation:
    unread = conversation.unread_by_staff + 1
    return replace(conversation, unread_by_staff=unread, last_inbound_at=now)


def _repeat(work: Work, conversation: Conversation, inbound: Inbound) -> Receipt:
    kept = messages.inbound(work, conversation.key.channel, inbound.message_id)
    return Receipt(conversation.id, kept.seq if kept else 0, repeated=True)


def _said_by_prospect(inbound: Inbound) -> Draft:
    body = {"reply": Reply.of(inbound.text).model_dump(mode="json")}
    return Draft(author=Author.PROSPECT, body=body, inbound_key=inbound.message_id)


def _line(message: Message) -> Line:
    return Line(
        seq=message.seq,
        author=Author(message.author),
        kind=message.kind,
        reply=Reply.model_validate(message.body["reply"]),
        at=message.created_at,
        staff_name=message.body.get("staff_name"),
        message_id=message.inbound_key,
    )
