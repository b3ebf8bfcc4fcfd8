"""The one door: what comes in is read, turned in one transaction, and what follows goes out after the commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from bot.conversation import bursts
from bot.conversation.events import (
    Event,
    FilesReceived,
    FormLeft,
    MessageEdited,
    MessageReceived,
    Opened,
    Quiet,
    Refused,
    SomethingSent,
    StaffEvent,
    Wait,
)
from bot.conversation.scene import Outcome, Scene
from bot.conversation.state import State
from bot.conversation.texts import text
from bot.conversation.turn import turn
from bot.errors import ActionRefusedError, ConversationNotFoundError, ReferenceTakenError
from bot.files.shelf import Shelf
from bot.hearing import Heard, Known, Listener, Understanding, known_of, words
from bot.inbound import (
    Edit,
    Inbound,
    InboundFiles,
    Line,
    Receipt,
    bringing,
    brought,
    changed_by_prospect,
    line_of,
    said_by_prospect,
)
from bot.leads.references import new_reference
from bot.live import DESK, Live
from bot.outgoing import carry_out
from bot.queue import Queue, QueueEntry
from bot.records import PersonRecords
from bot.reminders.plan import Rules
from bot.store import conversations, files, messages
from bot.store.conversations import Beginning, Conversation, ConversationKey
from bot.store.work import Store, Work
from intents.context import NO_CONTEXT, Context
from intents.reading import Reading
from knowledge.model import Language

__all__ = [
    "READINGS",
    "Edit",
    "Inbound",
    "InboundFiles",
    "Line",
    "Receipt",
    "Reception",
    "Understanding",
]

REFUSALS = {
    "owned_by_another": "{name} has this conversation.",
    "not_with_you": "This conversation is not with you.",
    "nothing_to_close": "This conversation is closed already.",
}


INSIDE = ("note", "edit")
"""Kinds of lines that only the staff sees."""
READINGS = 3
"""How often a message is read while others come between; the last reading is taken as it is."""
LISTENING = "listening"
"""The stage of a conversation, as it is stored, in which something waits for more to follow."""
FORGOTTEN_AFTER = timedelta(hours=1)
"""What another process has left waiting is looked for that far back; at a start, all of it is."""


class _OvertakenError(Exception):
    """Another message came between the reading and the transaction, and nothing was stored."""

    def __init__(self, known: Known) -> None:
        super().__init__()
        self.known = known


class Alarm(Protocol):
    """Has a conversation looked at again; `bot.alarms.Alarms` is one."""

    def set(self, conversation_id: str, at: datetime) -> None:
        """See to it that `Reception.quiet` is called then."""


@dataclass(frozen=True)
class Patience:
    """How long a form may lie untouched: until it is reminded of, and until it is dropped."""

    remind: timedelta
    drop: timedelta
    write: timedelta | None
    """How long after the person's last message their channel lets us write unasked; None is always."""


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
        alarm: Alarm | None = None,
        rules: Rules | None = None,
    ) -> None:
        """Without an alarm nothing waits: every message is answered at once."""
        self.live = live
        self._alarm = alarm
        self.shelf = Shelf(store, clock)
        self._store = store
        self._understanding = understanding
        self._listener = Listener(understanding)
        self._agency = agency
        self._clock = clock
        self._rules = rules
        self._queue = Queue(store)
        self._fresh = True

    async def open(
        self, key: ConversationKey, language: Language, source: str | None = None
    ) -> str:
        """Somebody has come in. Returns the conversation's id; a new one is greeted."""
        beginning = _beginning(language, source)

        def work_on(work: Work) -> str:
            conversation = conversations.find_or_create(
                work, key, now=self._clock(), beginning=beginning
            )
            self._turn(work, conversation, Opened(language=language, source=source))
            return conversation.id

        return await self._store.run(work_on)

    async def receive(self, inbound: Inbound) -> Receipt:
        """A prospect wrote. When this returns the message is stored, and answered once or waiting to be."""
        if inbound.what is not None:
            return await self._store.run(lambda work: self._receive_other(work, inbound))
        known = await self._known(inbound.key)
        for left in reversed(range(READINGS)):
            heard = await self._listener.hear(inbound, known)
            try:
                return await self._stored(inbound, heard, last=not left)
            except _OvertakenError as overtaken:
                known = overtaken.known
        raise AssertionError("the last reading is taken as it is")

    async def receive_late(self, batch: Iterable[Inbound]) -> list[Receipt]:
        """What came while nobody was here: answered oldest first, none dropped."""
        ordered = sorted(batch, key=lambda inbound: inbound.sent_at or self._clock())
        return [await self.receive(inbound) for inbound in ordered]

    async def quiet(self, conversation_id: str) -> None:
        """Nothing has followed: what waits in a conversation is answered, once, if its time has come."""
        while True:
            try:
                known = await self._store.read(partial(_known, conversation_id=conversation_id))
            except ConversationNotFoundError:
                return
            waiting = known.state.waiting
            if waiting is None:
                return
            if waiting.until > self._clock():
                self._set_alarm(conversation_id, waiting.until)
                return
            reading = await self._listener.read(
                bursts.words_of(known.words), known.state.language, known
            )
            answer = partial(
                self._quiet, conversation_id=conversation_id, known=known, reading=reading
            )
            if await self._store.run(answer):
                return

    async def listening(self) -> list[str]:
        """Conversations in which something waits: the first time all of them, then the latest."""
        since = None if self._fresh else self._clock() - FORGOTTEN_AFTER
        self._fresh = False
        return await self._store.read(
            lambda work: conversations.at_stage(work, LISTENING, since=since)
        )

    async def edit(self, edit: Edit) -> Receipt | None:
        """A prospect changed a message. None where we do not have it, or its words are the same.

        The new words are kept beside the old ones.
        """
        known = await self._known(edit.key)
        reading = await self._listener.read(edit.text, edit.language, known)
        return await self._store.run(lambda work: self._edit(work, edit, reading))

    async def _stored(self, inbound: Inbound, heard: Heard, *, last: bool) -> Receipt:
        while True:
            try:
                return await self._store.run(
                    lambda work: self._receive(work, inbound, heard, last=last)
                )
            except ReferenceTakenError:
                # Another inquiry drew the same number; nothing was stored, so draw again.
                continue

    def _receive(self, work: Work, inbound: Inbound, heard: Heard, *, last: bool) -> Receipt:
        """Store and answer. Raises _OvertakenError where it would be read otherwise now, unless it is the last try."""
        now = self._clock()
        beginning = _beginning(inbound.language or heard.reading.language, None)
        conversation = conversations.find_or_create(work, inbound.key, now=now, beginning=beginning)
        kept = messages.append(work, conversation.id, said_by_prospect(inbound), now=now)
        if kept is None:
            return _repeat(work, conversation, inbound)
        known = _known_of(work, conversation)
        holds = heard.holds(known, pressed=inbound.choice is not None)
        if not (holds or last):
            raise _OvertakenError(known)
        conversation = _written_to(conversation, now)
        if heard.waited and holds:
            quiet = self._as_quiet(heard.known, heard.waited)
            conversation = self._after(conversation, self._turn(work, conversation, quiet))
        event = MessageReceived(
            line=kept.seq,
            text=heard.text,
            reading=heard.reading,
            choice=inbound.choice,
            new_reference=new_reference(now),
            lines=(*heard.together, kept.seq) if heard.together else (),
            patient=inbound.patient and self._alarm is not None,
            sent_at=inbound.sent_at,
        )
        self._turn(work, conversation, event)
        return Receipt(conversation.id, kept.seq, repeated=False)

    def _receive_other(self, work: Work, inbound: Inbound) -> Receipt:
        """Store and answer what is no text."""
        if inbound.what is None:
            raise AssertionError("it is text")
        now = self._clock()
        beginning = _beginning(inbound.language or "en", None)
        conversation = conversations.find_or_create(work, inbound.key, now=now, beginning=beginning)
        state = State.model_validate(conversation.state)
        shown = text(f"shown.{inbound.what.value}", state.language, says=inbound.text).strip()
        draft = said_by_prospect(replace(inbound, text=shown))
        kept = messages.append(work, conversation.id, draft, now=now)
        if kept is None:
            return _repeat(work, conversation, inbound)
        event = SomethingSent(line=kept.seq, what=inbound.what, says=inbound.text)
        self._turn(work, _written_to(conversation, now), event)
        return Receipt(conversation.id, kept.seq, repeated=False)

    def _quiet(self, work: Work, conversation_id: str, known: Known, reading: Reading) -> bool:
        """Answer what waited; False where it would be read otherwise now."""
        conversation = conversations.lock(work, conversation_id)
        if not Heard(known, reading, "").holds(_known_of(work, conversation), pressed=False):
            return False
        self._turn(work, conversation, self._as_quiet(known, reading))
        return True

    def _as_quiet(self, known: Known, reading: Reading) -> Quiet:
        return Quiet(
            lines=known.lines,
            text=bursts.words_of(known.words),
            reading=reading,
            new_reference=new_reference(self._clock()),
        )

    def _edit(self, work: Work, edit: Edit, reading: Reading) -> Receipt | None:
        now = self._clock()
        found = messages.inbound(work, edit.key.channel, edit.message_id)
        conversation = conversations.find(work, edit.key)
        if found is None or conversation is None or found.conversation_id != conversation.id:
            return None
        conversation = conversations.lock(work, conversation.id)
        if messages.inbound_seen(work, edit.key.channel, edit.edit_id):
            return Receipt(conversation.id, found.seq, repeated=True)
        if words(work, found) == edit.text:
            return None
        messages.append(work, conversation.id, changed_by_prospect(edit, found), now=now)
        event = MessageEdited(line=found.seq, text=edit.text, reading=reading)
        self._turn(work, _written_to(conversation, now), event)
        return Receipt(conversation.id, found.seq, repeated=False)

    async def receive_files(self, inbound: InboundFiles) -> Receipt:
        """A prospect sent files. When this returns the message is stored and answered, once.

        Raises FileNotKeptError where one is not there or is not theirs, ConversationNotFoundError.
        """
        return await self._store.run(lambda work: self._receive_files(work, inbound))

    def _receive_files(self, work: Work, inbound: InboundFiles) -> Receipt:
        now = self._clock()
        found = conversations.find(work, inbound.key)
        if found is None:
            raise ConversationNotFoundError("files without a conversation")
        conversation = conversations.lock(work, found.id)
        if messages.inbound_seen(work, inbound.key.channel, inbound.message_id):
            return _repeat(work, conversation, inbound)
        these = brought(work, inbound, conversation.id)
        kept = messages.append(work, conversation.id, bringing(inbound, these), now=now)
        if kept is None:
            return _repeat(work, conversation, inbound)
        files.mark_sent(work, [file.id for file in these], now=now)
        event = FilesReceived(
            line=kept.seq,
            files=tuple((file.id, file.name) for file in these),
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

    async def form_left(self, conversation_id: str, patience: Patience) -> None:
        """The clock points at a form that lies open; what is done about it the turn decides.

        Raises ConversationNotFoundError.
        """

        def work_on(work: Work) -> None:
            found = conversations.lock(work, conversation_id)
            now, since = self._clock(), found.last_inbound_at or found.created_at
            event = FormLeft(
                since=since,
                remind_after=patience.remind,
                drop_after=patience.drop,
                may_write=patience.write is None or now - since < patience.write,
            )
            self._turn(work, found, event)

        await self._store.run(work_on)

    async def transcript(
        self, conversation_id: str, after: int = 0, *, inside: bool = False
    ) -> list[Line]:
        """The lines after a number, in order; `inside` adds the staff's notes and what was changed."""

        def work_on(work: Work) -> list[Line]:
            kept = messages.since(work, conversation_id, after)
            return [line_of(message) for message in kept if inside or message.kind not in INSIDE]

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

    async def _known(self, key: ConversationKey) -> Known:
        """What a message is to be read with at the moment."""

        def work_on(work: Work) -> Known:
            found = conversations.find(work, key)
            return _known_of(work, found) if found else _NOTHING_KNOWN

        return await self._store.read(work_on)

    def _turn(self, work: Work, conversation: Conversation, event: Event) -> Outcome:
        """One turn inside the transaction: new memory, its effects, and the pages woken after it."""
        now = self._clock()
        records = PersonRecords(work, conversation)
        scene = Scene(self._understanding, self._agency, now, records)
        outcome = turn(scene, State.model_validate(conversation.state), event)
        carry_out(work, conversation.id, outcome.effects, now, self._rules)
        conversations.save(work, self._after(conversation, outcome))
        for effect in outcome.effects:
            if isinstance(effect, Wait):
                work.after_commit(partial(self._set_alarm, conversation.id, effect.until))
        work.after_commit(lambda: self.live.publish(conversation.id, DESK))
        return outcome

    def _after(self, conversation: Conversation, outcome: Outcome) -> Conversation:
        return _after(conversation, outcome.state, self._clock())

    def _set_alarm(self, conversation_id: str, at: datetime) -> None:
        if self._alarm is not None:
            self._alarm.set(conversation_id, at)


_NOTHING_KNOWN = Known(State(), NO_CONTEXT)


def _known(work: Work, conversation_id: str) -> Known:
    return _known_of(work, conversations.get(work, conversation_id))


def _known_of(work: Work, conversation: Conversation) -> Known:
    return known_of(work, conversation, _leans_on(conversation))


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
    touched = conversation.last_inbound_at or now
    open_since = None if state.progress is None else touched
    return replace(
        conversation,
        owner=state.owner.value,
        stage=LISTENING if state.waiting else state.stage.value,
        language=state.language,
        state=state.model_dump(mode="json"),
        staff_id=state.staff_id,
        source=state.source or conversation.source,
        updated_at=now,
        form_since=open_since,
        form_unreminded_since=None if state.form_reminded else open_since,
    )


def _written_to(conversation: Conversation, now: datetime) -> Conversation:
    unread = conversation.unread_by_staff + 1
    return replace(conversation, unread_by_staff=unread, last_inbound_at=now)


def _repeat(work: Work, conversation: Conversation, inbound: Inbound | InboundFiles) -> Receipt:
    kept = messages.inbound(work, conversation.key.channel, inbound.message_id)
    return Receipt(conversation.id, kept.seq if kept else 0, repeated=True)
