"""On what an answer rests: the legal basis, the day it holds, and how sure we are.

No number without a source (law 3 of the house): every answer that states facts ends with one line of citations.
Practice and statistics are named as what they are, never dressed up as law.
"""

from __future__ import annotations

from collections.abc import Sequence

from intents.answer import Sources
from intents.voice import Voice
from knowledge.citations import merged
from knowledge.library import Holding
from knowledge.model import Confidence, Kind

_SHOWN = 4


def sources(voice: Voice, facts: Sequence[Holding]) -> Sources | None:
    """The line of sources, or nothing where only our own service was spoken of."""
    cited = [fact for fact in facts if fact.fact.kind is not Kind.SERVICE]
    if not cited:
        return None
    names = [voice.library.cite(basis, voice.language) for basis in merged(cited)][:_SHOWN]
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
