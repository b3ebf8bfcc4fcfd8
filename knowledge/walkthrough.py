"""A procedure told step by step: who does what, by when, what the rule says, what happens if it is missed.

In: a procedure, the days that are known, a language, a day. Out: the steps as sentences, for a text, chat or picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge import rendering
from knowledge.citations import merged
from knowledge.library import Holding, Library
from knowledge.model import Language
from knowledge.procedures import Actor, Procedure, Side
from knowledge.sayings import Sayings
from knowledge.sums.timeline import Entry, Term, timeline

INDENT = "   "


say = Sayings(Path(__file__).parent / "words.yaml").say
"""The words around a procedure."""


@dataclass(frozen=True)
class Span:
    """The term of a step in words."""

    length: str
    """How long, and from when: `3 working days from the day the notice is served`."""
    days: str
    """The last day, or the first and the last; empty where the day it is counted from is not known."""
    caution: str
    """That the day may move; empty where it may not."""


@dataclass(frozen=True)
class Told:
    """One step in words, and the facts behind it."""

    number: int
    actor: Actor
    who: str
    text: str
    span: Span | None
    missed: Holding | None
    """The fact that says what happens if it is not done in time."""
    rules: tuple[Holding, ...]
    """The facts of the step as they hold on the day."""
    due: Holding | None
    """The fact that sets the term."""


@dataclass(frozen=True)
class Walkthrough:
    """One procedure in one language, as it stands on a day."""

    library: Library
    procedure: Procedure
    language: Language
    on: date

    @property
    def title(self) -> str:
        """What the procedure is called."""
        return self.procedure.text(self.language)

    @property
    def as_of(self) -> str:
        """The day it holds, as a sentence."""
        return self._say("as_of", day=self._day(self.on))

    def steps(self, known: Mapping[str, date]) -> Iterator[Told]:
        """The steps in order; `known` gives the days that are known. Raises as `timeline` does."""
        entries = timeline(self.library, self.procedure, known, self.on)
        for number, entry in enumerate(entries, start=1):
            step = entry.step
            yield Told(
                number=number,
                actor=step.who,
                who=self._say(f"who_{step.who.value}"),
                text=step.text(self.language),
                span=self._span(entry),
                missed=self._holding(step.missed) if step.missed else None,
                rules=tuple(map(self._holding, step.facts)),
                due=self._holding(step.due.fact) if step.due else None,
            )

    def lines(self, known: Mapping[str, date]) -> Iterator[str]:
        """The text, line by line, with every rule in full. Raises as `timeline` does."""
        steps = list(self.steps(known))
        yield self.title
        yield self.as_of
        for told in steps:
            yield ""
            yield f"{told.number}. {told.text}"
            yield from (INDENT + line for line in self._lines(told))

    def sources(self, facts: Sequence[Holding]) -> str:
        """The legal basis of the facts in one sentence; empty where there is none."""
        cited = [self.library.cite(basis, self.language) for basis in merged(facts)]
        joined = self._say("joined").join(cited)
        return self._say("source", citations=joined) if joined else ""

    def _lines(self, told: Told) -> Iterator[str]:
        if told.span:
            said = (self._say("time", span=told.span.length), told.span.days, told.span.caution)
            yield self._space.join(filter(None, said))
        yield from (rule.statement(self.language) for rule in told.rules)
        facts = list(told.rules)
        if told.missed:
            yield self._say("missed", what=told.missed.statement(self.language))
            facts.append(told.missed)
        yield from filter(None, [self.sources(facts)])
        late = [fact.fact.verified_on for fact in facts if fact.stale]
        if late:
            yield self._say("overdue", day=self._day(min(late)))

    def _span(self, entry: Entry) -> Span | None:
        term = entry.term
        if term is None:
            return None
        begins = self.procedure.days[term.due.day].text(self.language)
        length = rendering.quantity(term.length, self.language)
        kind = "before" if term.due.side is Side.BEFORE else "after"
        return Span(
            length=self._say(kind, length=length, **{"from": begins}),
            days=self._days(term),
            caution=self._say("provisional") if term.provisional else "",
        )

    def _days(self, term: Term) -> str:
        if term.first and term.last:
            return self._say("between", first=self._day(term.first), day=self._day(term.last))
        return self._say("last", day=self._day(term.last)) if term.last else ""

    def _holding(self, fact: str) -> Holding:
        return self.library.on(fact, self.on)

    def _day(self, day: date) -> str:
        return rendering.day(day, self.language)

    def _say(self, key: str, **names: str) -> str:
        return say(key, self.language, **names)

    @property
    def _space(self) -> str:
        return "" if self.language == "zh" else " "
