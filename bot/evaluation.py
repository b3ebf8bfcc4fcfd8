"""Marks answers against a question file: which rule was found, and how often we were confidently wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_FACTS = 8
"""An answer that cites more than this many facts has found none in particular."""

WANTED_KINDS: Mapping[str, frozenset[str]] = {
    "human_request": frozenset({"escalate"}),
    "lead": frozenset({"intake", "escalate"}),
    "smalltalk": frozenset({"smalltalk"}),
    "out_of_scope": frozenset({"out_of_scope", "refuse", "escalate"}),
}
"""For questions no fact answers: the kinds of answer that are right."""


class Mark(StrEnum):
    """How an answer did."""

    FULL = "full"
    """Right, and every wanted rule is stated."""
    HIT = "hit"
    WRONG = "wrong"
    """Answered, with none of the wanted facts."""
    MISS = "miss"


def mark(question: Mapping[str, Any], answer: Mapping[str, Any]) -> Mark:
    """The mark of one answer."""
    if question["kind"] in WANTED_KINDS:
        return _by_kind(question, answer)
    wanted, found = set(question.get("fact_ids") or ()), set(answer["facts"])
    if answer["kind"] == "answer":
        if not wanted & found or len(found) > MOST_FACTS:
            return Mark.WRONG
        rules = {fact for fact in wanted if not fact.startswith("bot.")}
        return Mark.FULL if rules <= found else Mark.HIT
    return Mark.HIT if _forgiven(question, answer, wanted & found) else Mark.MISS


def _by_kind(question: Mapping[str, Any], answer: Mapping[str, Any]) -> Mark:
    if answer["kind"] in WANTED_KINDS[question["kind"]]:
        return Mark.HIT
    return Mark.WRONG if answer["kind"] == "answer" else Mark.MISS


def _forgiven(question: Mapping[str, Any], answer: Mapping[str, Any], met: set[str]) -> bool:
    """Not an answer, and right all the same: handing over what is near our subject, or urgent."""
    kind = answer["kind"]
    near = question["kind"] == "near_scope" and kind in {"out_of_scope", "escalate", "clarify"}
    urgent = "urgent" in (question.get("tags") or ()) and kind == "escalate" and bool(met)
    evasion = kind == "refuse" and "bot.evasion" in (question.get("fact_ids") or ())
    return near or urgent or evasion


@dataclass
class Tally:
    """Marks by kind and language of the question."""

    counts: defaultdict[tuple[str, str], Counter[Mark]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    shown: list[str] = field(default_factory=list)
    """A line for every wrong or missed one."""

    def add(self, question: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        """Count one answer."""
        got = mark(question, answer)
        language = question["lang"] if question["lang"] in {"en", "zh"} else "other"
        kind = question["kind"]
        for key in ((kind, language), (kind, "all"), ("ALL", "all")):
            self.counts[key][got] += 1
        if got in {Mark.WRONG, Mark.MISS}:
            wanted = ", ".join(question.get("fact_ids") or ())
            self.shown.append(
                f"{got:5}  {kind:13} {answer['kind']:12} {question['q']}  [wanted: {wanted}]"
            )

    def rows(self) -> Iterable[str]:
        """The table, a line a kind and language."""
        for (kind, language), counts in sorted(self.counts.items()):
            total = counts.total()
            right = counts[Mark.HIT] + counts[Mark.FULL]
            shares = (right, counts[Mark.FULL], counts[Mark.WRONG], counts[Mark.MISS])
            names = ("right", "full", "wrong", "miss")
            cells = (
                f"{name} {share / total:6.1%}" for name, share in zip(names, shares, strict=True)
            )
            yield f"{kind:13} {language:5} n={total:3d}  " + "  ".join(cells)
