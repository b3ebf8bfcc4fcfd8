"""The one door: what comes in is read, turned in one transaction, and what follows goes out after the commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from bot.blocking import Blocking
from bot.clock import Clock, utc_now
from bot.conversation import bursts
from bot.conversation.events import (
    Event,
    FilesReceived,
    FormLeft,
    MessageEdited,
    MessageReceived,
    Opened,
    Quiet,
    ReminderRefused,
    SomethingSent,
    Staffer,
    StaffEvent,
    TimeUp,
    Transferred,
)
from bot.conversation.office import Office
from bot.conversation.scene import Outcome, Scene
from bot.conversation.state import State
from bot.conversation.texts import text
from bot.conversation.turn import turn
from bot.duty import OnDuty
from bot.errors import ConversationNotFoundError, ReferenceTakenError
from bot.files.shelf import Shelf
from bot.hearing import Changed, Heard, Known, Listener, Understanding, changed, known_of, words
from bot.inbound import (
    Edit,
    Inbound,
    InboundFiles,
    Line,
    Receipt,
    bringing,
    brought,
    changed_by_prospect,
    said_by_prospect,
)
from bot.leads.references import new_reference
from bot.live import DESK, Live
from bot.looking import Looking
from bot.outgoing import carry_out, insist
from bot.records import PersonRecords
from bot.remembering import after_turn, beginning_in, written_to
from bot.reminders import registry as reminders
from bot.store import conversations, files, messages, receipts, staff, timers
from bot.store.conversations import Conversation, ConversationKey
from bot.store.receipts import PageReceipt
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

READINGS = 3
"""How often a message is read while others come between; the last reading is taken as it is."""
AHEAD = timedelta(minutes=1)
"""What will be due so soon is taken up beforehand, so that it is done in time: longer than between two looks."""


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


class Reception(Looking):
    """Every channel and the desk come through here."""

    def __init__(
        self,
        store: Store,
        understanding: Understanding,
        agency: str,
        live: Live,
        clock: Clock = utc_now,
        alarm: Alarm | None = None,
        office: Office | None = None,
    ) -> None:
        """Without an alarm nothing waits: every message is answered at once. Without an office it is the usual one."""
        super().__init__(store, live)
        self._alarm = alarm
        self.shelf = Shelf(store, clock)
        self.understanding = understanding
        self._listener = Listener(understanding)
        self._agency = agency
        self._clock = clock
        self._blocking = Blocking(store, live, agency, clock)
        self.office = office or Office()

    async def open(
        self,
        key: ConversationKey,
        language: Language,
        source: str | None = None,
        zone: str | None = None,
    ) -> str:
        """Somebody has come in. Returns the conversation's id; a new one is greeted."""
        beginning = beginning_in(language, source)

        def work_on(work: Work) -> str:
            conversation = conversations.find_or_create(
                work, key, now=self._clock(), beginning=beginning
            )
            event = Opened(language=language, source=source, zone=zone)
            self._turn(work, conversation, event)
            return conversation.id

        return await self._store.run(work_on)

    async def receive(self, inbound: Inbound) -> Receipt:
        """A prospect wrote. When this returns the message is stored, and answered once or waiting to be."""
        if away := await self._blocking.turn_away(inbound.key, inbound.language):
            return away
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
        """What came while nobody was here: answered oldest first, none dropped.

        It is for channels that keep messages for us, as Telegram does. The web has none of these: a message is stored
        and answered, or stored as waiting, in one transaction, and what could not be posted waits in its page.
        """
        ordered = sorted(batch, key=lambda inbound: inbound.sent_at or self._clock())
        return [await self.receive(inbound) for inbound in ordered]

    async def quiet(self, conversation_id: str) -> None:
        """The time set for a conversation has come: whatever is due there is done, once."""
        while True:
            try:
                known = await self._store.read(partial(_known, conversation_id=conversation_id))
            except ConversationNotFoundError:
                return
            due = known.state.looked_at
            if due is None:
                return
            if due > self._clock():
                self._set_alarm(conversation_id, due)
                return
            await self._see_to(conversation_id, known)

    async def _see_to(self, conversation_id: str, known: Known) -> None:
        """Do what is due; where something came between, it is found to be due still."""
        waiting = known.state.waiting
        if waiting is None or waiting.until > self._clock():
            await self._store.run(partial(self._time_up, conversation_id=conversation_id))
            return
        words_waiting = bursts.words_of(known.words)
        reading = await self._listener.read(words_waiting, known.state.language, known)
        answer = partial(self._quiet, conversation_id=conversation_id, known=known, reading=reading)
        await self._store.run(answer)

    async def listening(self) -> list[str]:
        """Conversations in which something is due, or will be before the next look."""
        until = self._clock() + AHEAD
        return await self._store.read(lambda work: timers.to_look_at(work, until=until))

    async def edit(self, edit: Edit) -> Receipt | None:
        """A prospect changed a message. None where we do not have it, or its words are the same.

        The new words are kept beside the old ones.
        """
        if away := await self._blocking.turn_away(edit.key, edit.language):
            return away
        for left in reversed(range(READINGS)):
            known = await self._known(edit.key)
            now = await self._store.read(partial(_as_changed, edit=edit))
            reading = await self._listener.read(now.text, edit.language, known)
            work_on = partial(self._edit, edit=edit, now=now, reading=reading, last=not left)
            try:
                return await self._store.run(work_on)
            except _OvertakenError:
                continue
        raise AssertionError("the last reading is taken as it is")

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
        beginning = beginning_in(inbound.language or heard.reading.language, None)
        conversation = conversations.find_or_create(work, inbound.key, now=now, beginning=beginning)
        kept = messages.append(work, conversation.id, said_by_prospect(inbound), now=now)
        if kept is None:
            return _repeat(work, conversation, inbound)
        known = _known_of(work, conversation)
        holds = heard.holds(known, pressed=inbound.choice is not None)
        if not (holds or last):
            raise _OvertakenError(known)
        conversation = written_to(conversation, now)
        if heard.waited and holds:
            quiet = self._as_quiet(heard.known, heard.waited)
            turned = self._turn(work, conversation, quiet)
            conversation = after_turn(conversation, turned.state, now)
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
        beginning = beginning_in(inbound.language or "en", None)
        conversation = conversations.find_or_create(work, inbound.key, now=now, beginning=beginning)
        state = State.model_validate(conversation.state)
        shown = text(f"shown.{inbound.what.value}", state.language, says=inbound.text).strip()
        draft = said_by_prospect(replace(inbound, text=shown))
        kept = messages.append(work, conversation.id, draft, now=now)
        if kept is None:
            return _repeat(work, conversation, inbound)
        event = SomethingSent(line=kept.seq, what=inbound.what, says=inbound.text)
        self._turn(work, written_to(conversation, now), event)
        return Receipt(conversation.id, kept.seq, repeated=False)

    def _quiet(self, work: Work, conversation_id: str, known: Known, reading: Reading) -> None:
        """Answer what waited, unless it would be read otherwise now."""
        conversation = conversations.lock(work, conversation_id)
        if not Heard(known, reading, "").holds(_known_of(work, conversation), pressed=False):
            return
        self._turn(work, conversation, self._as_quiet(known, reading))

    def _time_up(self, work: Work, conversation_id: str) -> None:
        """What is due is done; whatever comes back from being put off is unread anew."""
        found = conversations.lock(work, conversation_id)
        write = self.office.unasked.get(found.key.channel)
        may_write = _may_write(found, self._clock(), write)
        put_off = State.model_validate(found.state).snoozed_until
        if put_off is not None and put_off <= self._clock():
            found = replace(found, unread_by_staff=found.unread_by_staff + 1)
        self._turn(work, found, TimeUp(may_write=may_write))

    def _as_quiet(self, known: Known, reading: Reading) -> Quiet:
        return Quiet(
            lines=known.lines,
            text=bursts.words_of(known.words),
            reading=reading,
            new_reference=new_reference(self._clock()),
        )

    def _edit(
        self, work: Work, edit: Edit, now: Changed, reading: Reading, *, last: bool
    ) -> Receipt | None:
        """Store and answer. Raises _OvertakenError where it reads otherwise by now, unless it is the last try."""
        found = messages.inbound(work, edit.key.channel, edit.message_id)
        conversation = conversations.find(work, edit.key)
        if found is None or conversation is None or found.conversation_id != conversation.id:
            return None
        conversation = conversations.lock(work, conversation.id)
        if messages.inbound_seen(work, edit.key.channel, edit.edit_id):
            return Receipt(conversation.id, found.seq, repeated=True)
        if words(work, found) == edit.text:
            return None
        if not last and changed(work, conversation, found, edit.text) != now:
            raise _OvertakenError(_known_of(work, conversation))
        at = self._clock()
        messages.append(work, conversation.id, changed_by_prospect(edit, found), now=at)
        event = MessageEdited(line=found.seq, text=now.text, reading=reading, lines=now.lines)
        self._turn(work, written_to(conversation, at), event)
        return Receipt(conversation.id, found.seq, repeated=False)

    async def receive_files(self, inbound: InboundFiles) -> Receipt:
        """A prospect sent files. When this returns the message is stored and answered, once.

        Raises FileNotKeptError where one is not there or is not theirs, ConversationNotFoundError.
        """
        if away := await self._blocking.turn_away(inbound.key):
            return away
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
        )
        self._turn(work, written_to(conversation, now), event)
        return Receipt(conversation.id, kept.seq, repeated=False)

    async def act(self, conversation_id: str, event: StaffEvent) -> None:
        """A member of the staff does something.

        Raises ActionRefusedError where it cannot be (the prospect sees nothing of it then),
        ConversationNotFoundError.
        """

        def work_on(work: Work) -> Outcome:
            conversation = conversations.lock(work, conversation_id)
            return self._turn(work, conversation, _by_whom(work, event))

        outcome = await self._store.run(work_on)
        insist(outcome.effects, event.kind)

    async def form_left(self, conversation_id: str, patience: Patience) -> None:
        """The clock points at a form that lies open; what is done about it the turn decides.

        Raises ConversationNotFoundError.
        """

        def work_on(work: Work) -> None:
            found = conversations.lock(work, conversation_id)
            event = FormLeft(
                since=found.heard_at,
                remind_after=patience.remind,
                drop_after=patience.drop,
                may_write=_may_write(found, self._clock(), patience.write),
            )
            self._turn(work, found, event)

        await self._store.run(work_on)

    async def reminder_refused(
        self, reminder_id: str, unasked: Mapping[str, timedelta | None]
    ) -> None:
        """A reminder by mail was refused for good: the staff is told, and the person, once.

        `unasked` is how long after the person's last message a channel lets us write; None is always.
        """

        def work_on(work: Work) -> None:
            conversation_id = reminders.conversation_of(work, reminder_id)
            if conversation_id is None:
                return
            found = conversations.lock(work, conversation_id)
            refused = reminders.take_refused(work, reminder_id)
            if refused is None:
                return
            write = unasked.get(found.key.channel, timedelta(0))
            may_write = _may_write(found, self._clock(), write)
            event = ReminderRefused(**vars(refused), may_write=may_write)
            self._turn(work, replace(found, unread_by_staff=found.unread_by_staff + 1), event)

        await self._store.run(work_on)

    async def has_got(self, conversation_id: str, receipt: PageReceipt) -> None:
        """A prospect's page says how far it has the conversation."""
        keep = partial(receipts.keep, conversation_id=conversation_id, said=receipt)
        if await self._store.run(lambda work: keep(work, now=self._clock())):
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
        before, office = State.model_validate(conversation.state), self.office
        outcome = turn(self._scene(work, conversation, now), before, event)
        carry_out(work, conversation.id, outcome.effects, now, office.rules, mails=office.mails)
        conversations.save(work, after_turn(conversation, outcome.state, now))
        due = outcome.state.looked_at
        if due is not None and due != before.looked_at:
            work.after_commit(partial(self._set_alarm, conversation.id, due))
        work.after_commit(lambda: self.live.publish(conversation.id, DESK))
        return outcome

    def _scene(self, work: Work, conversation: Conversation, now: datetime) -> Scene:
        records, duty = PersonRecords(work, conversation), OnDuty(work, now)
        office = self.office
        return Scene(self.understanding, self._agency, now, records, office.rules, office, duty)

    def _set_alarm(self, conversation_id: str, at: datetime) -> None:
        if self._alarm is not None:
            self._alarm.set(conversation_id, at)


_NOTHING_KNOWN = Known(State(), NO_CONTEXT)


def _as_changed(work: Work, edit: Edit) -> Changed:
    """What is to be read for a change; its own words where there is no such message."""
    found = messages.inbound(work, edit.key.channel, edit.message_id)
    conversation = conversations.find(work, edit.key)
    if found is None or conversation is None or found.conversation_id != conversation.id:
        return Changed(edit.text)
    return changed(work, conversation, found, edit.text)


def _by_whom(work: Work, event: StaffEvent) -> StaffEvent:
    """The event with its people as they are now: whether a name is shown is theirs to say."""
    people = {"by": _staffer(work, event.by.id)}
    if isinstance(event, Transferred):
        people["to"] = _staffer(work, event.to.id)
    return event.model_copy(update=people)


def _staffer(work: Work, staff_id: str) -> Staffer:
    who = staff.get(work, staff_id)
    return Staffer(id=who.id, name=who.name, shows_name=who.shows_name)


def _known(work: Work, conversation_id: str) -> Known:
    return _known_of(work, conversations.get(work, conversation_id))


def _known_of(work: Work, conversation: Conversation) -> Known:
    return known_of(work, conversation, _leans_on(conversation))


def _leans_on(conversation: Conversation) -> Context:
    return State.model_validate(conversation.state).leans_on


def _may_write(conversation: Conversation, now: datetime, window: timedelta | None) -> bool:
    """Whether a channel lets us write unasked: for so long after the person's last message, or always."""
    return window is None or now - conversation.heard_at < window


def _repeat(work: Work, conversation: Conversation, inbound: Inbound | InboundFiles) -> Receipt:
    kept = messages.inbound(work, conversation.key.channel, inbound.message_id)
    return Receipt(conversation.id, kept.seq if kept else 0, repeated=True)
