"""On what an answer rests: the legal basis, the day it holds, and how sure we are.

No number without a source (law 3 of the house): every answer that states facts ends with one line of citations.
Practice and statistics are named as what they are, never dressed up as law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from intents.answer import Sources
from intents.voice import Voice
from knowledge.library import Holding
from knowledge.model import Basis, Confidence, Kind

_SHOWN = 4


def sources(voice: Voice, facts: Sequence[Holding]) -> Sources | None:
    """The line of sources, or nothing where only our own service was spoken of."""
    cited = [fact for fact in facts if fact.fact.kind is not Kind.SERVICE]
    if not cited:
        return None
    names = [voice.library.cite(basis, voice.language) for basis in _merged(cited)][:_SHOWN]
    if any(_practice(fact) for fact in cited):
        names.append(voice.text("frame.practice"))
    if not names:
        return None
    joined = voice.text("frame.joiner").join(names)
    line = voice.text("frame.source", citations=joined, date=voice.day(voice.on))
    return Sources(citations=tuple(names), as_of=voice.on, line=line)


def cautions(voice: Voice, facts: Sequence[Holding]) -> list[str]:
    """A sentence where a fact is not wholly sure, and one where it should have been checked again by then."""
    found = []
    if any(fact.fact.confidence is Confidence.MEDIUM for fact in facts):
        found.append(voice.text("frame.medium"))
    stale = [fact.fact.verified_on for fact in facts if fact.stale]
    if stale:
        found.append(voice.text("frame.stale", date=voice.day(min(stale))))
    return found


def _practice(fact: Holding) -> bool:
    return fact.fact.kind is Kind.PRACTICE or not fact.basis


def _merged(facts: Iterable[Holding]) -> list[Basis]:
    """One entry an instrument, the articles of all facts together; those the first facts rest on come first."""
    articles: dict[str, set[str]] = {}
    for basis in (basis for fact in facts for basis in fact.basis):
        articles.setdefault(basis.instrument, set()).update(basis.articles)
    return [
        Basis(instrument=name, articles=_runs(sorted(found, key=_order)))
        for name, found in articles.items()
    ]


def _runs(articles: list[str]) -> tuple[str, ...]:
    """Three and more articles in a row as one span: 12, 13, 14 is 12-14."""
    spans: list[list[str]] = []
    for article in articles:
        follows = spans and article.isdigit() and spans[-1][-1].isdigit()
        if follows and int(article) == int(spans[-1][-1]) + 1:
            spans[-1].append(article)
        else:
            spans.append([article])
    parts = ([f"{span[0]}-{span[-1]}"] if len(span) > 2 else span for span in spans)
    return tuple(part for span in parts for part in span)


def _order(article: str) -> tuple[int, str]:
    number = re.match(r"\d+", article)
    return (int(number[0]) if number else 0, article)
