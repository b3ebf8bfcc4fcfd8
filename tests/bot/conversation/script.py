"""Plays a conversation in a test: a small composer whose readings are told, and the turn itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.conversation.events import (
    Answered,
    Closed,
    Effect,
    Event,
    HandedBack,
    MessageReceived,
    Noted,
    Opened,
    Say,
    Staffer,
    Taken,
    Transferred,
)
from bot.conversation.reply import Author, Reply
from bot.conversation.scene import Scene
from bot.conversation.state import State
from bot.conversation.turn import turn
from bot.intake.form import key
from bot.intake.progress import Progress
from intents.answer import Answer, Kind, Scored, Suggestion, Text
from intents.context import Context
from intents.reading import NOTHING_NAMED, Entities, Part, Reading
from knowledge.model import Language

LI = Staffer(id="staff-1", name="Li Na", shows_name=True)
OTHER = Staffer(id="staff-2", name="Marco", shows_name=True)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class ToldComposer:
    """Answers every reading with a text that names what it was read to be."""

    def compose(self, reading: Reading, on: date, *, said: int = 0) -> Answer:
        intent = reading.parts[0].ranking[0].id if reading.parts else "none"
        return self._answer(reading.kind, reading.language, intent, on, said)

    def knows(self, intent: str) -> bool:
        return intent != "gone.topic"

    def kind(self, intent: str) -> Kind:
        kinds = {"talk.start": Kind.INTAKE, "talk.person": Kind.ESCALATE}
        return kinds.get(intent, Kind.ANSWER)

    def leaning(self, intent: str, context: Context) -> Entities:
        return context.recent if self.knows(intent) else NOTHING_NAMED

    def topic(
        self,
        intent: str,
        language: Language,
        on: date,
        entities: Entities = NOTHING_NAMED,
        *,
        said: int = 0,  # noqa: ARG002 - an answer of law, the same each time
    ) -> Answer:
        leant = "".join(f" {amount.raw}" for amount in entities.money)
        return self._answer(self.kind(intent), language, intent + leant, on, 0)

    def wording(self, intent: str, language: Language) -> tuple[str, str]:
        return f"Label {intent}"[:20], f"Question {intent} in {language}?"

    def nearest(self, reading: Reading, besides: Collection[str]) -> tuple[str, ...]:
        near = ("fee.history", "fee.official", "fee.agency", "time.decision")
        return tuple(intent for intent in near if reading.parts and intent not in besides)

    def _answer(self, kind: Kind, language: Language, intent: str, on: date, said: int) -> Answer:
        words = f"{kind.value} {intent}" + (f", said {said} times" if said else "")
        return Answer(
            kind=kind,
            language=language,
            intents=(Scored(id=intent, confidence=0.95),),
            blocks=(Text(text=words),),
            facts=("cn.fee.current",) if kind is Kind.ANSWER else (),
            as_of=on,
            suggestions=(Suggestion(intent="fee.official", label="Fee", ask="What does it cost?"),),
        )


def reading(
    text: str,
    kind: Kind = Kind.ANSWER,
    intent: str = "fee.official",
    language: Language = "en",
    *,
    unknown: bool = False,
) -> Reading:
    """A reading as the engine would hand it in."""
    ranking = (Scored(id=intent, confidence=0.95),)
    return Reading(
        text=text,
        language=language,
        written_in=language,
        kind=kind,
        parts=(Part(text=text, kind=kind, ranking=ranking, unknown=unknown),),
    )


@dataclass
class Play:
    """One conversation, played event by event."""

    state: State = field(default_factory=State)
    effects: tuple[Effect, ...] = ()
    everything: list[Effect] = field(default_factory=list)
    sent: int = 0
    now: datetime = NOW

    def event(self, event: Event) -> Play:
        outcome = turn(Scene(ToldComposer(), "AAA IPRIGHT", self.now), self.state, event)
        self.state, self.effects = outcome.state, outcome.effects
        self.everything += outcome.effects
        return self

    def opens(self, language: Language = "en") -> Play:
        return self.event(Opened(language=language))

    def writes(
        self,
        text: str,
        kind: Kind = Kind.OUT_OF_SCOPE,
        *,
        intent: str = "fee.official",
        choice: str | None = None,
        language: Language = "en",
        only_named: bool = False,
        unknown: bool = False,
    ) -> Play:
        read = reading(text, kind, intent, language, unknown=unknown)
        return self.reads(read.model_copy(update={"only_named": only_named}), choice)

    def reads(self, read: Reading, choice: str | None = None) -> Play:
        """A message of the prospect, as it was read."""
        self.sent += 1
        reference = f"TW-2611-{self.sent:04d}"
        return self.event(
            MessageReceived(
                line=self.sent, text=read.text, reading=read, choice=choice, new_reference=reference
            )
        )

    def waits(self, time: timedelta) -> Play:
        """Some time goes by."""
        self.now += time
        return self

    def presses(self, payload: str) -> Play:
        return self.writes("pressed", choice=payload)

    def takes(self, by: Staffer = LI) -> Play:
        return self.event(Taken(by=by))

    def answers(self, text: str, by: Staffer = LI) -> Play:
        return self.event(Answered(by=by, text=text))

    def notes(self, text: str, by: Staffer = LI) -> Play:
        return self.event(Noted(by=by, text=text))

    def hands_back(self, by: Staffer = LI) -> Play:
        return self.event(HandedBack(by=by))

    def gives_on(self, by: Staffer = LI, to: Staffer = OTHER) -> Play:
        return self.event(Transferred(by=by, to=to))

    def closes(self, by: Staffer = LI) -> Play:
        return self.event(Closed(by=by))

    @property
    def said(self) -> list[Reply]:
        """What the bot said in the last turn."""
        return [e.reply for e in self.effects if isinstance(e, Say) and e.author is Author.BOT]

    @property
    def text(self) -> str:
        """The same as one text."""
        return "\n".join(reply.text for reply in self.said)

    @property
    def labels(self) -> list[str]:
        """The buttons under the last message of the bot."""
        return [choice.label for choice in self.state.offered]


FILLED = [
    "trademark",
    "registered",
    "1234567",
    "that is all",
    "owner",
    "Example Trading Ltd",
    "a company",
    "Italy",
    "running shoes",
    "planning",
    "not now",
    "Anna Rossi",
    "name@example.com",
    "I agree",
]
"""A line for every question of the intake, for one registered mark."""
PATHS = [
    "rights.1.right_type",
    "rights.1.mark_state",
    "rights.1.registration_number",
    "rights.1.more",
    "role",
    "holder",
    "holder_kind",
    "country",
    "goods",
    "urgency",
    "details",
    "name",
    "contact",
    "consent",
]
"""The questions these lines answer."""
REMINDED = ["ACME", "31 May 2027", "skip", "that is all", "name@example.com", "I agree"]
"""A line for every question of the reminder, for one recordation."""


def line_for(path: str) -> str:
    """A line that answers a question of the intake or goes past it."""
    by_key = {key(known): line for known, line in zip(PATHS, FILLED, strict=True)}
    return by_key.get(key(path), "Skip" if not path.endswith("_state") else "pending")


def filled(upto: int = len(FILLED), language: Language = "en") -> Play:
    """A conversation in which the first so many questions of the intake are answered."""
    play = Play().opens(language).writes("start an inquiry", language=language)
    for line in FILLED[:upto]:
        play.writes(line, language=language)
    return play


def at(path: str) -> Play:
    """A conversation at that question of the intake."""
    return filled(PATHS.index(path))


def progress(play: Play) -> Progress:
    """The open form's progress."""
    assert play.state.progress is not None
    return play.state.progress


def reminded(upto: int = len(REMINDED)) -> Play:
    """The same of the reminder."""
    play = Play().opens().writes("remind me")
    for line in REMINDED[:upto]:
        play.writes(line)
    return play
