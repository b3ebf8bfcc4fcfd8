"""How facts and leads sound in one language on one day.

In: a topic or a fact as it holds that day. Out: sentences. A lead is written for the law as it stood when its
facts were checked; on a day when one of them said something else, the facts speak for themselves instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from intents.answer import Block
from intents.catalogue import Catalogue, Topic
from intents.names import NameBook
from intents.reading import Given
from knowledge import rendering
from knowledge.errors import NotInForceError
from knowledge.library import Holding, Library
from knowledge.model import Language, Period, Words

NAME = re.compile(r"\{([a-z_]+)\}")
_SOON = 366


@dataclass(frozen=True)
class Opening:
    """The first lines on a topic and the facts they state."""

    text: str
    facts: tuple[Holding, ...]
    complete: bool = False
    """Whether it says all there is to say: a sum worked out wants no table after it."""
    blocks: tuple[Block, ...] = ()
    """What follows the text: a list of steps, a picture."""


@dataclass(frozen=True)
class Voice:
    """Speaks from the library in one language for one day."""

    library: Library
    catalogue: Catalogue
    names: NameBook
    agency: str
    language: Language
    on: date
    turn: int = 0
    """How often the same was said in this conversation: what has several wordings is said in the next one."""
    given: tuple[Given, ...] = ()
    """What was given already and is not asked for again."""

    def text(self, key: str, **values: str) -> str:
        """A text of the frame or of a handler, its names filled in."""
        filled = {"agency": self.agency, **values}
        wording = self.catalogue.text(key, self.language, self.turn)
        return NAME.sub(lambda name: filled[name[1]], wording)

    def day(self, day: date) -> str:
        """22 November 2026, 2026年11月22日."""
        return rendering.day(day, self.language)

    def weekday(self, day: date) -> str:
        """Sunday 22 November 2026, 2026年11月22日（星期日）."""
        return rendering.weekday(day, self.language)

    def holding(self, fact: str) -> Holding | None:
        """The fact as it holds on the day; nothing if it does not."""
        try:
            return self.library.on(fact, self.on)
        except NotInForceError:
            return None

    def holdings(self, facts: tuple[str, ...]) -> list[Holding]:
        """Those of the facts that hold on the day."""
        return [found for fact in facts if (found := self.holding(fact))]

    def opening(self, topic: Topic) -> Opening:
        """The lead, if it is true on the day; else what its facts say; else that we know of no rule."""
        found = self.holdings(topic.rests_on)
        if len(found) == len(topic.rests_on) and all(map(_as_checked, found)):
            return Opening(self._lead(topic), tuple(found))
        return Opening(self._plainly(found), tuple(found))

    def _plainly(self, found: list[Holding]) -> str:
        """What the facts say themselves; without any, that we know of no rule for the day."""
        said = " ".join(self.statement(holding) for holding in found)
        return said or self.text("frame.no_rule", date=self.day(self.on))

    def _lead(self, topic: Topic) -> str:
        if topic.remark:
            return self.remark(topic.remark)
        text = self.catalogue.wording(topic.id, self.language).line(self.turn)
        filled = self.library.filled(text, self.language, self.on)
        return NAME.sub(self.agency, filled).strip()

    def remark(self, name: str) -> str:
        """What the knowledge base remarks, led in by what sort of remark it is."""
        said = self.said(self.library.remarks[name])
        return self.text(f"remark.{name.partition('/')[0]}", said=said)

    def remarked(self, name: str) -> Opening:
        """A remark and the facts it states; where some of them do not hold that day, what the others say."""
        wanted = self.library.remarks[name].facts
        facts = self.holdings(wanted)
        text = self.remark(name) if len(facts) == len(wanted) else self._plainly(facts)
        return Opening(text, tuple(facts), complete=True)

    def said(self, words: Words) -> str:
        """Words of the knowledge base with the values of the day."""
        return self.library.said(words, self.language, self.on)

    def statement(self, holding: Holding) -> str:
        """What the fact says that day, with its period where that period is over or has an end."""
        said, began, until = holding.statement(self.language), holding.period.from_, holding.until
        if until is None or told(said, until):
            return said
        over = began and holding.fact.verified_on > until
        key, start = ("frame.held", self.day(began)) if over and began else ("frame.until", "")
        return self.text("frame.space").join(
            (said, self.text(key, start=start, end=self.day(until)))
        )

    def announcement(self, holding: Holding) -> str | None:
        """The change that is certain to come within a year, if there is one."""
        coming = holding.expected
        if coming is None or coming.from_ is None or (coming.from_ - self.on).days > _SOON:
            return None
        said = rendering.statement(coming, self.language)
        return self.text("frame.expected", start=self.day(coming.from_), statement=said)


def told(said: str, day: date) -> bool:
    """Whether a sentence names that year by itself."""
    return str(day.year) in said


def _as_checked(holding: Holding) -> bool:
    """Whether the fact says that day what it said when it was checked (its values may differ)."""
    checked = _period_on(holding.fact.periods, holding.fact.verified_on)
    return checked is None or (checked.en, checked.zh) == (holding.period.en, holding.period.zh)


def _period_on(periods: tuple[Period, ...], day: date) -> Period | None:
    return next((period for period in periods if period.holds(day)), None)
