"""Plays what a conversation needs a clock for: time passing, lines that wait, links, edits, things that are no text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.conversation import bursts
from bot.conversation.events import (
    Event,
    MessageEdited,
    MessageReceived,
    Opened,
    Quiet,
    SomethingSent,
    What,
)
from bot.conversation.records import Inquiry, OwnFile, Reminder, Talk
from bot.conversation.scene import Scene
from bot.conversation.turn import turn
from intents.answer import Kind
from knowledge.model import Language
from tests.bot.conversation.script import NOW, Play, ToldComposer, reading


@dataclass
class Kept:
    """What is kept of the person, as told by a test."""

    sent: tuple[Inquiry, ...] = ()
    talked: Talk = field(default_factory=Talk)
    filed: tuple[OwnFile, ...] = ()
    to_come: tuple[Reminder, ...] = ()

    def inquiries(self) -> tuple[Inquiry, ...]:
        return self.sent

    def talk(self) -> Talk:
        return self.talked

    def files(self) -> tuple[OwnFile, ...]:
        return self.filed

    def reminders(self) -> tuple[Reminder, ...]:
        return self.to_come


@dataclass
class Acting(Play):
    """One conversation with a clock of its own."""

    now: datetime = NOW
    kept: Kept = field(default_factory=Kept)
    written: list[str] = field(default_factory=list)
    """Every line that was written by `types`, by its number."""

    def event(self, event: Event) -> Acting:
        scene = Scene(ToldComposer(), "AAA IPRIGHT", self.now, self.kept)
        outcome = turn(scene, self.state, event)
        self.state, self.effects = outcome.state, outcome.effects
        self.everything += outcome.effects
        return self

    def later(self, **time: float) -> Acting:
        self.now += timedelta(**time)
        return self

    def comes(self, source: str | None = None, language: Language = "en") -> Acting:
        return self.event(Opened(language=language, source=source))

    def types(
        self, text: str, kind: Kind = Kind.CLARIFY, intent: str = "fee.official", **time: float
    ) -> Acting:
        """A line on a channel that is patient, so long after the one before, read with all that waits."""
        self.later(**time)
        self.written.append(text)
        self.sent = len(self.written)
        waiting = self.state.waiting.lines if self.state.waiting else ()
        whole = "\n".join(self.written[line - 1] for line in (*waiting, self.sent))
        return self.event(
            MessageReceived(
                line=self.sent,
                text=whole,
                reading=reading(whole, kind, intent),
                new_reference=f"TW-2611-{self.sent:04d}",
                lines=(*waiting, self.sent) if waiting else (),
                patient=True,
            )
        )

    def rests(self, kind: Kind = Kind.ANSWER, lines: tuple[int, ...] | None = None) -> Acting:
        """Nothing follows."""
        waiting = self.state.waiting.lines if self.state.waiting else ()
        numbers = waiting if lines is None else lines
        whole = "\n".join(self.written[line - 1] for line in numbers)
        read = reading(whole, kind)
        return self.event(Quiet(lines=numbers, text=whole, reading=read, new_reference="TW-Q"))

    def sends(self, what: What, says: str = "") -> Acting:
        self.sent += 1
        return self.event(SomethingSent(line=self.sent, what=what, says=says))

    def edits(self, line: int, text: str, kind: Kind = Kind.ANSWER, intent: str = "a.b") -> Acting:
        """A message gets other words; of those it was read with, all are read anew."""
        lines = bursts.whole(self.state, line)
        if line <= len(self.written):
            self.written[line - 1] = text
        whole = "\n".join(self.written[each - 1] for each in lines) if lines else text
        read = reading(whole, kind, intent)
        return self.event(MessageEdited(line=line, text=whole, reading=read, lines=lines))


ANSWERS = {
    "right_type": "trademark",
    "mark_state": "registered",
    "registration_number": "1234567",
    "more": "no",
    "role": "I own it",
    "holder": "Example Trading Ltd",
    "holder_kind": "company",
    "country": "Italy",
    "goods": "running shoes",
    "urgency": "planning",
    "details": "not now",
    "name": "Ada",
    "contact": "ada@example.com",
    "consent": "I agree",
}
"""An answer to every question of the inquiry."""


def fill(acting: Acting, upto: str) -> Acting:
    """Answer questions until the one of that name, or the summary, is asked."""
    for _ in range(len(ANSWERS) + 1):
        progress = acting.state.progress
        assert progress is not None
        asked = progress.at.rpartition(".")[2]
        if asked == upto:
            return acting
        acting.writes(ANSWERS[asked])
    raise AssertionError(f"{upto} is never asked")


def in_form(upto: str = "right_type") -> Acting:
    """A conversation in whose form that question stands."""
    acting = Acting()
    acting.opens().writes("start an inquiry")
    return fill(acting, upto)
