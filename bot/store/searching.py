"""Finds conversations and leads by the blind index: all words of the search, in any of a conversation's messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from bot.store.tables import LeadRow, LeadTermRow, SearchTermRow
from bot.store.work import Work

Row = SearchTermRow

LOOKED_AT = 5_000
"""Occurrences of the rarest word, the latest first; so a common word costs no more than that."""
HALVES_IN = 180
"""Days after which a hit counts half."""
ENOUGH = 10
"""Hits in one conversation that count; more of them say no more."""


@dataclass(frozen=True)
class Found:
    """A conversation in which all words stand."""

    conversation_id: str
    score: float


@dataclass(frozen=True)
class Findings:
    """What was found, best first, and whether older conversations were left out."""

    found: Sequence[Found]
    cut: bool


def find(work: Work, words: Sequence[str], *, today: date) -> Findings:
    """The conversations that have all the words: many hits and late ones first."""
    terms = [work.cipher.blinded(word) for word in words]
    if not terms:
        return Findings((), cut=False)
    sizes = [_size(work, each) for each in terms]
    rarest = min(range(len(terms)), key=sizes.__getitem__)
    others = [each for place, each in enumerate(terms) if place != rarest]
    newest = select(Row).where(Row.term.in_(terms[rarest])).order_by(Row.day.desc())
    latest = aliased(Row, newest.limit(LOOKED_AT).subquery())
    query = select(latest.conversation_id, func.count().label("hits"), func.max(latest.day))
    for each in others:
        query = query.where(_stands_in(latest.conversation_id, each))
    rows = work.session.execute(query.group_by(latest.conversation_id)).all()
    found = [Found(row[0], _score(row[1], today.toordinal() - row[2])) for row in rows]
    found.sort(key=lambda each: (each.score, each.conversation_id), reverse=True)
    return Findings(found, cut=sizes[rarest] > LOOKED_AT)


def lines(
    work: Work, conversation_ids: Sequence[str], words: Sequence[str]
) -> dict[str, list[int]]:
    """The numbers of the messages that have a word, by conversation: those with most words first, then the latest."""
    wanted = {term: word for word in words for term in work.cipher.blinded(word)}
    query = select(Row.conversation_id, Row.seq, Row.term).where(
        Row.conversation_id.in_(conversation_ids), Row.term.in_(wanted)
    )
    having: dict[tuple[str, int], set[str]] = defaultdict(set)
    for conversation_id, seq, term in work.session.execute(query):
        having[conversation_id, seq].add(wanted[term])
    found: dict[str, list[int]] = defaultdict(list)
    for conversation_id, seq in sorted(
        having, key=lambda place: (len(having[place]), place[1]), reverse=True
    ):
        found[conversation_id].append(seq)
    return found


def leads(work: Work, words: Sequence[str], *, limit: int) -> list[str]:
    """References of the leads that have all the words, the latest first."""
    if not words:
        return []
    query: Select[tuple[str]] = select(LeadRow.reference)
    for word in words:
        there = LeadTermRow.term.in_(work.cipher.blinded(word))
        query = query.where(exists().where(LeadTermRow.lead_id == LeadRow.id, there))
    latest = query.order_by(LeadRow.created_at.desc(), LeadRow.id.desc())
    return list(work.session.scalars(latest.limit(limit)))


def _size(work: Work, terms: Sequence[int]) -> int:
    """How often a word occurs, counted up to what is looked at."""
    some = select(Row.term).where(Row.term.in_(terms)).limit(LOOKED_AT + 1).subquery()
    return work.session.scalars(select(func.count()).select_from(some)).one()


def _stands_in(
    conversation_id: InstrumentedAttribute[str], terms: Sequence[int]
) -> ColumnElement[bool]:
    other = aliased(Row)
    return exists().where(other.conversation_id == conversation_id, other.term.in_(terms))


def _score(hits: int, days: int) -> float:
    return float(min(hits, ENOUGH) * 0.5 ** (max(0, days) / HALVES_IN))
