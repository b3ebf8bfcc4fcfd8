"""A procedure told as text, step by step: who does what, by when, what the rule says, what happens if it is missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from knowledge import rendering
from knowledge.datafiles import read
from knowledge.library import Holding, Library
from knowledge.model import Language
from knowledge.procedures import Procedure, Side
from knowledge.sums.timeline import Entry, Term, timeline

INDENT = "   "


@dataclass(frozen=True)
class Walkthrough:
    """One procedure in one language, as it stands on a day."""

    library: Library
    procedure: Procedure
    language: Language
    on: date

    def lines(self, known: Mapping[str, date]) -> Iterator[str]:
        """The text, line by line; `known` gives the days that are known. Raises as `timeline` does."""
        entries = timeline(self.library, self.procedure, known, self.on)
        yield self.procedure.text(self.language)
        yield self._say("as_of", day=self._day(self.on))
        for number, entry in enumerate(entries, start=1):
            yield ""
            yield f"{number}. {entry.step.text(self.language)}"
            yield from (INDENT + line for line in self._step(entry))

    def _step(self, entry: Entry) -> Iterator[str]:
        if entry.term:
            yield self._space.join(self._term(entry.term))
        facts = self._holding(entry.step.facts)
        yield from (fact.statement(self.language) for fact in facts)
        missed = self._holding([entry.step.missed] if entry.step.missed else [])
        yield from (self._say("missed", what=fact.statement(self.language)) for fact in missed)
        facts += missed
        yield from self._sources(facts)
        late = [fact.fact.verified_on for fact in facts if fact.stale]
        if late:
            yield self._say("overdue", day=self._day(min(late)))

    def _term(self, term: Term) -> Iterator[str]:
        begins = self.procedure.days[term.due.day].text(self.language)
        length = rendering.quantity(term.length, self.language)
        kind = "window" if term.due.side is Side.BEFORE else "term"
        yield self._say(kind, length=length, **{"from": begins})
        if term.first and term.last:
            yield self._say("between", first=self._day(term.first), day=self._day(term.last))
        elif term.last:
            yield self._say("last", day=self._day(term.last))
        if term.provisional:
            yield self._say("provisional")

    def _sources(self, facts: Sequence[Holding]) -> Iterator[str]:
        cited = [self.library.cite(basis, self.language) for fact in facts for basis in fact.basis]
        if cited:
            joined = self._say("joined").join(dict.fromkeys(cited))
            yield self._say("source", citations=joined)

    def _holding(self, facts: Sequence[str]) -> list[Holding]:
        return [self.library.on(fact, self.on) for fact in facts]

    def _day(self, day: date) -> str:
        return rendering.day(day, self.language)

    def _say(self, key: str, **names: str) -> str:
        return _words()[key][self.language].format_map(names)

    @property
    def _space(self) -> str:
        return "" if self.language == "zh" else " "


@cache
def _words() -> dict[str, dict[str, str]]:
    return read(Path(__file__).parent / "words.yaml")
