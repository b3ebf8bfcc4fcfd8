"""A question whether we do something that is not ours is declined, however near the rest of it comes to an order."""

from __future__ import annotations

from collections.abc import Callable

from intents.answer import Kind, Scored
from intents.deciding import OUTSIDE, whole
from intents.reading import Part, Reading
from intents.subjects import asks_whether_we_do, named_in

_CERTAIN = 0.9
"""What we are so sure of is asked of our own subject."""
_KEPT = (Kind.REFUSE, Kind.ESCALATE, Kind.OUT_OF_SCOPE)


def declining(reading: Reading, names_neighbour: Callable[[str], bool]) -> Reading:
    """The reading, with such questions landed outside; `names_neighbour` knows the matters beside ours."""
    parts = tuple(
        _outside(part) if _not_ours(part, names_neighbour) else part for part in reading.parts
    )
    if parts == reading.parts:
        return reading
    kind = whole([part.kind for part in parts])
    return reading.model_copy(update={"kind": kind, "parts": parts})


def _not_ours(part: Part, names_neighbour: Callable[[str], bool]) -> bool:
    if part.kind in _KEPT or not part.ranking:
        return False
    first = part.ranking[0]
    leaning = part.kind is Kind.CLARIFY and first.id.startswith("outside.")
    offered = first.confidence < _CERTAIN and asks_whether_we_do(part.text)
    named = bool(named_in(part.text)) or names_neighbour(part.text)
    return named and (leaning or offered)


def _outside(part: Part) -> Part:
    first = Scored(id=OUTSIDE, confidence=1.0)
    return part.model_copy(update={"kind": Kind.OUT_OF_SCOPE, "ranking": (first, *part.ranking)})
