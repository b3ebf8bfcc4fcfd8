"""Erases what is kept of a person who wished it, when the minutes to think better of it are over.

The work begins in the transaction that stores the wish, so neither is kept without the other; a restart in between
loses nothing. Whoever has thought better of it is let alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import Clock, utc_now
from bot.conversation.state import State
from bot.errors import ConversationNotFoundError
from bot.live import DESK, Live
from bot.store import contacts, conversations, events
from bot.store.contacts import Identity
from bot.store.flows import Plain, Run
from bot.store.work import Job, Store, Work

FLOW = "forget"
EARLY = timedelta(seconds=5)
"""Durable work is punctual to about a second; sooner than this it is another wish's."""


def begin(work: Work, conversation_id: str, at: datetime, now: datetime) -> None:
    """Have it erased then, if this transaction is committed."""
    job = f"{FLOW}:{conversation_id}:{at.timestamp():.0f}"
    work.enqueue(Job(FLOW, job, (conversation_id,), delay=(at - now).total_seconds()))


class Forgetting:
    """Does the erasing."""

    def __init__(self, store: Store, live: Live, clock: Clock = utc_now) -> None:
        self._store = store
        self._live = live
        self._clock = clock

    async def flow(self, run: Run, conversation_id: str) -> Plain:
        """The durable work of one wish."""
        return await run.step("erase", self.erase, conversation_id)

    async def erase(self, conversation_id: Plain) -> Plain:
        """Take away all conversations of the person, if that is still wished; whether it was done."""

        def work_on(work: Work) -> bool:
            return _erase(work, str(conversation_id), self._clock())

        gone = await self._store.run(work_on)
        if gone:
            self._live.publish(str(conversation_id), DESK)
        return gone


def _erase(work: Work, conversation_id: str, now: datetime) -> bool:
    try:
        asked = conversations.lock(work, conversation_id)
    except ConversationNotFoundError:
        return False
    at = State.model_validate(asked.state).forget_at
    if at is None or at > now + EARLY:
        return False
    forget(work, Identity.of(asked.key), actor="prospect", now=now)
    return True


def forget(work: Work, identity: Identity, *, actor: str, now: datetime) -> None:
    """Take away all conversations of an identity, and that it was linked or blocked; inquiries stay."""
    for each in conversations.of_person(work, *identity):
        conversations.erase(work, each.id)
    contacts.forget(work, identity)
    events.record(work, "forgotten", actor=actor, now=now)
