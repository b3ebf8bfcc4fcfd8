"""What a turn may know of the world: who composes answers, whose bot it is, the time, what is kept of the person."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.conversation.events import Effect, Record, Say
from bot.conversation.office import UNKNOWN, Duty, Office
from bot.conversation.owner import Move, moved
from bot.conversation.records import NOTHING_KEPT, Records
from bot.conversation.reply import Author, Choice, Reply
from bot.conversation.state import State
from bot.conversation.texts import text, wordings
from bot.reminders.plan import Rules
from intents.answer import Answer, Kind, Text
from intents.context import Context
from intents.reading import NOTHING_NAMED, Entities, Reading
from knowledge.model import Language

BEIJING = ZoneInfo("Asia/Shanghai")
"""The day an answer holds is the day in Beijing, where the law is made and the deadlines run."""

_MARK = 16
"""So many characters of a digest tell two messages of one conversation apart."""


def today() -> date:
    """The day in Beijing."""
    return datetime.now(BEIJING).date()


class Composer(Protocol):
    """Makes answers from readings; `intents.engine.Engine` is one."""

    def compose(self, reading: Reading, on: date, *, said: int = 0) -> Answer:
        """The answer to a reading on a day; `said` is how often the like was said in this conversation."""

    def knows(self, intent: str) -> bool:
        """Whether there is (still) a question of this id."""

    def kind(self, intent: str) -> Kind:
        """What sort of answer a known question has."""

    def leaning(self, intent: str, context: Context) -> Entities:
        """What of a conversation the answer to a known question leans on."""

    def topic(
        self,
        intent: str,
        language: Language,
        on: date,
        entities: Entities = NOTHING_NAMED,
        *,
        said: int = 0,
    ) -> Answer:
        """The answer to a known question, with what it leans on."""

    def wording(self, intent: str, language: Language) -> tuple[str, str]:
        """A known question's button and the words it stands for."""

    def nearest(self, reading: Reading, besides: Collection[str]) -> tuple[str, ...]:
        """The questions a message may have meant besides these, likeliest first."""


@dataclass(frozen=True)
class Scene:
    """The surroundings of one turn."""

    composer: Composer
    agency: str
    now: datetime
    records: Records = NOTHING_KEPT
    rules: Rules | None = None
    """What reminders go by; China's law and the usual days where none are given."""
    office: Office = field(default_factory=Office)
    duty: Duty = UNKNOWN

    @property
    def today(self) -> date:
        """The day in Beijing."""
        return self.now.astimezone(BEIJING).date()


@dataclass(frozen=True)
class Outcome:
    """What a turn leads to. Steps return a new one; nothing is changed in place."""

    state: State
    effects: tuple[Effect, ...] = ()

    def remember(self, **changes: object) -> Outcome:
        """With some of the memory changed."""
        return replace(self, state=self.state.with_(**changes))

    def do(self, *effects: Effect) -> Outcome:
        """With more effects, after those there are."""
        return replace(self, effects=self.effects + effects)

    def say(self, reply: Reply) -> Outcome:
        """With a message of the bot, whose buttons count; the very same as the last is led in as a repetition."""
        # A reply may repeat a word of the message, which may hold half a surrogate pair.
        spelt = reply.text.encode("utf-8", "surrogatepass")
        mark = hashlib.sha256(spelt).hexdigest()[:_MARK]
        spoken, outcome = reply, self
        if mark == self.state.last and self.state.progress is None:
            outcome, again = self.worded("again")
            spoken = reply.model_copy(update={"blocks": (Text(text=again), *reply.blocks)})
        said = outcome.do(Say(author=Author.BOT, reply=spoken))
        return said.remember(offered=reply.choices, last=mark)

    def line(self, text_id: str, *choices: Choice, **values: object) -> Outcome:
        """With one of the bot's own sentences."""
        outcome, words = self.worded(text_id, **values)
        return outcome.say(Reply.of(words, *choices))

    def worded(self, text_id: str, **values: object) -> tuple[Outcome, str]:
        """One of the bot's own sentences, in its next wording where it has several, and that it was said."""
        outcome, said = self.counted(text_id)
        if len(wordings(text_id, self.state.language)) == 1:
            outcome = self
        return outcome, text(text_id, self.state.language, said, **values)

    def counted(self, *names: str) -> tuple[Outcome, int]:
        """With something counted as said once more, and how often it was said before."""
        said = self.state.said
        counts = {name: said.get(name, 0) for name in names}
        more = {name: count + 1 for name, count in counts.items()}
        return self.remember(said=said | more), max(counts.values(), default=0)

    def move(self, move: Move, actor: str, **more: str) -> Outcome:
        """With the owner changed and that recorded, with `more` of it; the caller has made sure it is allowed."""
        owner = moved(self.state.owner, move)
        if owner is None:
            raise AssertionError(f"{move} while the owner is {self.state.owner}")
        data = {"from": self.state.owner.value, "to": owner.value, "move": move.value}
        data |= more
        return self.remember(owner=owner).do(Record(what="owner", actor=actor, data=data))
