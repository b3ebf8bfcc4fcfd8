"""What a conversation remembers between two messages."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from bot.conversation.owed import Owed
from bot.conversation.owner import Owner
from bot.conversation.reply import Choice
from bot.intake.progress import Progress
from intents.answer import Frozen
from intents.context import NO_CONTEXT, Context
from knowledge.model import Language


class Stage(StrEnum):
    """What the conversation is doing, for people to read."""

    ANSWERING = "answering"
    CLARIFYING = "clarifying"
    INTAKE = "intake"
    WAITING = "waiting_for_a_person"
    WITH_PERSON = "with_a_person"
    CLOSED = "closed"


_BY_OWNER = {
    Owner.WAITING: Stage.WAITING,
    Owner.PERSON: Stage.WITH_PERSON,
    Owner.CLOSED: Stage.CLOSED,
}


class Why(StrEnum):
    """Why a line is kept for review."""

    NOT_UNDERSTOOD = "not_understood"
    CORRECTED = "corrected"
    """The prospect has chosen what it meant."""
    MARKED_WRONG = "marked_wrong"


class Asked(Frozen):
    """The last question, in case its answer was wrong: numbers and ids, none of its words."""

    line: int
    """The number of its message."""
    language: Language
    learnable: bool = True
    """Whether there is something to learn from its words: not where they are those of a button."""
    said: tuple[str, ...] = ()
    """The intents it was answered with; none where it was not understood, or the answer was wrong."""
    nearest: tuple[str, ...] = ()
    """The intents it may have meant instead, likeliest first."""
    kept: Why | None = None
    """Why its line was last kept for review, if it was."""

    def with_(self, **changes: object) -> Asked:
        """The same question with some of it changed."""
        return self.model_copy(update=changes)


class Undo(Frozen):
    """A form that was stopped, for as long as that can be undone; then only that there was one."""

    progress: Progress | None
    until: datetime

    @property
    def over(self) -> datetime:
        """When it can no longer be undone, and what was filled in goes."""
        return self.until + timedelta(seconds=1)


class Waiting(Frozen):
    """Messages that are not answered yet, because more may belong to them."""

    lines: tuple[int, ...]
    """Their numbers, in order."""
    since: datetime
    until: datetime
    """When they are answered if nothing follows."""
    sent_at: datetime | None = None
    """When the first of them was written, where the channel knows."""


class Ring(Frozen):
    """A call that nobody has answered yet."""

    at: datetime
    """When it rings next."""
    again: bool = False
    """Whether it rang again for everybody."""
    rung: tuple[str, ...] = ()
    """Who was rung by name."""


class State(Frozen):
    """The memory of one conversation."""

    owner: Owner = Owner.BOT
    language: Language = "en"
    language_locked: bool = False
    """Whether it was wished for."""
    language_guessed: bool = True
    """Whether nobody has written in it yet: it is what the channel says of the person."""
    elsewhere: int = 0
    """Messages in a row that were clearly written in another language of ours."""
    greeted: bool = False
    clarifying: bool = False
    misses: int = 0
    """Messages in a row that were not understood."""
    progress: Progress | None = None
    """The form being filled, kept while a person helps or the prospect is away."""
    form_reminded: bool = False
    """Whether the prospect has been reminded of the form that is open: once a form."""
    undo: Undo | None = None
    """The form stopped last."""
    offered: tuple[Choice, ...] = ()
    """The buttons under the last message: typing their words presses them."""
    staff_id: str | None = None
    staff_name: str | None = None
    """For the staff."""
    staff_shown: bool = False
    """Whether the prospect may read that name."""
    waiting_since: datetime | None = None
    noted_while_waiting: bool = False
    ring: Ring | None = None
    """How far the call has come, where one is open."""
    took_message: bool = False
    """Whether they were told that nobody is there: once a call."""
    told_time_at: datetime | None = None
    """When it was last said how long it takes until somebody comes."""
    staff_wrote_at: datetime | None = None
    """When a person last wrote to them."""
    owed: Owed | None = None
    """The reply that the staff owes."""
    replied: bool = False
    """Whether a person has written since the bot had it."""
    snoozed_until: datetime | None = None
    """Until when it is put off."""
    woken_at: datetime | None = None
    """When it came back from that, until somebody of the staff does something."""
    closed_for: str | None = None
    """Why it was closed."""
    zone: str | None = None
    """The prospect's time zone, where their channel tells it."""
    told: dict[str, str] = {}
    """What was told of a right besides its kind: its number and where its holder sits, for the form that may begin."""
    asked: Asked | None = None
    """The last question asked outside a form."""
    said: dict[str, int] = {}
    """How often what has several wordings was said here, so that the next one is another."""
    last: str | None = None
    """A mark of the last message of the bot, by which the very same one is known."""
    references: tuple[str, ...] = ()
    """Reference numbers of the inquiries sent from here, oldest first."""
    reminded: tuple[str, ...] = ()
    """Reference numbers of the reminders set from here, oldest first."""
    files: tuple[tuple[str, str], ...] = ()
    """(id, name) of files that were sent and have not gone with an inquiry yet."""
    asked_how_it_was: bool = False
    """Whether the question how it was has been put: once a case."""
    helped: bool = False
    """Whether a question was answered or an inquiry sent since the case began."""
    rated: Literal["good", "bad"] | None = None
    wants_more: bool = False
    """Whether they were just asked what was missing."""
    parted: bool = False
    """Whether closing words after the end were answered: once an end."""
    source: str | None = None
    """What the link they came by last carried."""
    seen_at: datetime | None = None
    """When the prospect last wrote or came in."""
    welcomed: bool = False
    """Whether they were met by what lies open and have not written since."""
    apologised_at: datetime | None = None
    """When the bot last said sorry for answering late."""
    waiting: Waiting | None = None
    """What was written and is not answered yet."""
    together: tuple[tuple[int, ...], ...] = ()
    """Messages that were read as one, as long as a change of one of them may still change an answer."""
    answered_anew: int = 0
    """The number of the message that was answered again after a change: that is done once."""
    forget_asked: bool = False
    """Whether it was asked if everything shall be erased."""
    forget_at: datetime | None = None
    """When everything is erased, if that was confirmed."""
    context: Context = NO_CONTEXT
    """What was talked about, for a message that leans on it."""

    @property
    def on_top_since(self) -> datetime | None:
        """Since when the staff is to see to it first: it came back from being put off, or somebody waits."""
        if self.woken_at is not None:
            return self.woken_at
        return None if self.snoozed_until is not None else self.waiting_since

    @property
    def looked_at(self) -> datetime | None:
        """When the clock has something to do here next: what waits is answered, a stopped form forgotten, a call rings
        again, what was put off comes back."""
        moments = (
            self.waiting.until if self.waiting else None,
            self.undo.over if self.undo and self.undo.progress else None,
            self.ring.at if self.ring else None,
            self.snoozed_until,
        )
        return min((each for each in moments if each is not None), default=None)

    @property
    def stage(self) -> Stage:
        """The stage, derived: the owner decides before the form does."""
        if self.owner in _BY_OWNER:
            return _BY_OWNER[self.owner]
        if self.progress is not None:
            return Stage.INTAKE
        return Stage.CLARIFYING if self.clarifying else Stage.ANSWERING

    @property
    def leans_on(self) -> Context:
        """What the next message may lean on: nothing where it fills a field of a form."""
        return self.context if self.progress is None else NO_CONTEXT

    def with_(self, **changes: object) -> State:
        """The same memory with some of it changed."""
        return self.model_copy(update=changes)
