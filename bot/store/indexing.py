"""The blind index of what people and staff said: a keyed hash for each word, written with the message.

What the assistant says is left out: it is the same for everybody, and finding it finds nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from bot.store.tables import ConversationRow, LeadRow, LeadTermRow, MessageRow, SearchTermRow
from bot.store.words import index_words
from bot.store.work import Store, Work

AUTHORS = frozenset({"prospect", "staff"})
BATCH = 50
"""Conversations of one transaction while all of it is made anew."""


def index_message(
    work: Work, conversation_id: str, seq: int, body: dict[str, Any], day: date
) -> None:
    """Make the words of a message findable."""
    place = {"day": day.toordinal(), "conversation_id": conversation_id, "seq": seq}
    rows = [{"term": term, **place} for term in _terms(work, _texts(body))]
    if rows:
        work.session.execute(insert(SearchTermRow), rows)


def index_lead(work: Work, lead_id: str, texts: Iterable[str]) -> None:
    """Make what a lead says findable."""
    work.session.flush()
    rows = [{"term": term, "lead_id": lead_id} for term in _terms(work, texts)]
    work.session.execute(insert(LeadTermRow), rows)


async def rebuild(store: Store) -> int:
    """Make the index anew, by the first key, while the house stays open; how many messages and leads stand in it."""
    total, last = 0, ""
    while found := await store.run(lambda work: _conversations(work, last)):  # noqa: B023
        last, count = found
        total += count
    last = ""
    while found := await store.run(lambda work: _leads(work, last)):  # noqa: B023
        last, count = found
        total += count
    return total


def _conversations(work: Work, after: str) -> tuple[str, int] | None:
    """The next conversations indexed anew: the last one's id, and how many messages."""
    table = ConversationRow
    wanted = select(table.id).where(table.id > after).order_by(table.id).limit(BATCH)
    # Locked, so that no message comes between the reading and the writing.
    ids = work.session.scalars(wanted.with_for_update()).all()
    if not ids:
        return None
    work.session.execute(delete(SearchTermRow).where(SearchTermRow.conversation_id.in_(ids)))
    row = MessageRow
    said = select(row).where(row.conversation_id.in_(ids), row.author.in_(AUTHORS))
    count = 0
    for each in work.session.scalars(said):
        body = work.cipher.open(each.body, f"messages.body:{each.id}")
        index_message(work, each.conversation_id, each.seq, body, each.created_at.date())
        count += 1
    work.session.expunge_all()
    return ids[-1], count


def _leads(work: Work, after: str) -> tuple[str, int] | None:
    row = LeadRow
    wanted = select(row).where(row.id > after).order_by(row.id).limit(BATCH)
    leads = work.session.scalars(wanted.with_for_update()).all()
    if not leads:
        return None
    ids = [lead.id for lead in leads]
    work.session.execute(delete(LeadTermRow).where(LeadTermRow.lead_id.in_(ids)))
    for lead in leads:
        answers = work.cipher.open(lead.body, f"leads.body:{lead.id}")["answers"]
        index_lead(work, lead.id, (lead.reference, *answers.values()))
    return ids[-1], len(ids)


def _terms(work: Work, texts: Iterable[str]) -> set[int]:
    return {work.cipher.blinded(word)[0] for text in texts for word in index_words(text)}


def _texts(body: object) -> Iterator[str]:
    """Every text in a body, wherever in it: the floors above say what it is made of."""
    if isinstance(body, dict):
        for name, value in body.items():
            if name == "text" and isinstance(value, str):
                yield value
            elif name != "choices":
                yield from _texts(value)
    elif isinstance(body, list):
        for each in body:
            yield from _texts(each)
