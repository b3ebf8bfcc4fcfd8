"""The review room as its pages show it: lines with what they come near to, facts by how much they are told, drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.conversation.scene import BEIJING
from bot.conversation.state import Why
from bot.desk.drafting import Data
from bot.hearing import Understanding
from bot.store import events, figures
from bot.store.drafts import Draft
from bot.store.review import ReviewLine
from bot.store.work import Work
from intents.answer import Scored
from knowledge.errors import KnowledgeError
from knowledge.library import Library
from knowledge.model import Fact, Language

PAGE = 10
"""Lines on one page: each of them is read anew by the model."""
NEAREST = 3
WHY = {
    Why.NOT_UNDERSTOOD: "not understood",
    Why.CORRECTED: "corrected",
    Why.MARKED_WRONG: "marked wrong",
}


@dataclass(frozen=True)
class Shown:
    """Which lines are shown."""

    language: str | None = None
    why: str | None = None
    page: int = 1


@dataclass(frozen=True)
class Near:
    """A line, and how it is read today."""

    line: ReviewLine
    kind: str
    nearest: Sequence[Scored]


@dataclass(frozen=True)
class Lines:
    """One page of lines."""

    lines: Sequence[Near]
    count: int
    page: int
    pages: int
    all: int
    """How many there are without any filter."""


@dataclass(frozen=True)
class Told:
    """A fact, and how much it was told since it was checked."""

    fact: Fact
    statement: str
    sources: str
    uses: int
    age: int
    """Days since it was checked."""
    late: int
    """Days past the day on which it was to be checked again; 0 or less is not yet."""
    draft: Draft | None

    @property
    def weight(self) -> int:
        """By which they are sorted: how much is told that was long unchecked."""
        return self.uses * self.age


def fitting(lines: Sequence[ReviewLine], shown: Shown) -> list[ReviewLine]:
    """The lines of a language and a reason, as `review.lines` has them in order."""
    return [
        line
        for line in lines
        if shown.language in (None, line.language) and (shown.why is None or line.why[shown.why])
    ]


def page(lines: Sequence[ReviewLine], shown: Shown, understanding: Understanding) -> Lines:
    """One page, each line read by the present model: not for the event loop."""
    found = fitting(lines, shown)
    pages = max(1, -(-len(found) // PAGE))
    number = min(shown.page, pages)
    these = found[(number - 1) * PAGE : number * PAGE]
    near = [_near(line, understanding) for line in these]
    return Lines(near, len(found), number, pages, len(lines))


def _near(line: ReviewLine, understanding: Understanding) -> Near:
    hint: Language = "zh" if line.language == "zh" else "en"
    reading = understanding.read(line.text, hint=hint)
    scored = sorted(
        (each for part in reading.parts for each in part.ranking), key=lambda each: -each.confidence
    )
    first: dict[str, Scored] = {}
    for each in scored:
        first.setdefault(each.id, each)
    return Near(line, reading.kind.value, list(first.values())[:NEAREST])


def uses(work: Work, library: Library) -> dict[str, Counter[date]]:
    """How often each fact was told, by days, as far back as any of them was checked."""
    checked = min(fact.verified_on for fact in library.facts.values())
    since = datetime.combine(checked, time(), BEIJING)
    found: dict[str, Counter[date]] = {}
    for (facts, day), times in figures.stated(work, events.ANSWERED, since).items():
        for fact in facts.split():
            found.setdefault(fact, Counter())[date.fromisoformat(day)] += times
    return found


def facts(
    data: Data, told: Mapping[str, Counter[date]], drafts: Sequence[Draft], today: date
) -> list[Told]:
    """Every fact, the most told and longest unchecked first, then those that are late."""
    marked = {draft.says["fact"]: draft for draft in drafts if "fact" in draft.says}
    found = [
        _told(data.library, fact, told.get(fact.id, Counter()), marked.get(fact.id), today)
        for fact in data.library.facts.values()
    ]
    return sorted(found, key=lambda each: (-each.weight, -each.late, each.fact.id))


def _told(
    library: Library, fact: Fact, days: Counter[date], draft: Draft | None, today: date
) -> Told:
    since = sum(times for day, times in days.items() if day >= fact.verified_on)
    statement, sources = _said(library, fact, today)
    return Told(
        fact,
        statement,
        sources,
        since,
        (today - fact.verified_on).days,
        (today - fact.review_due).days,
        draft,
    )


def _said(library: Library, fact: Fact, today: date) -> tuple[str, str]:
    """What it says today and where that stands; of one that does not hold today, its last words."""
    try:
        holding = library.on(fact.id, today)
    except KnowledgeError:
        period = fact.periods[-1]
        basis, statement = fact.basis_in(period), period.text("en")
    else:
        basis, statement = holding.basis, holding.statement("en")
    cited = [library.cite(each, "en") for each in basis]
    return statement, "; ".join([*cited, *fact.source])
