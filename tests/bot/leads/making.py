"""Short ways to make what the tests of leads need."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.leads import registry
from bot.leads.model import Lead, NewLead
from bot.store import conversations
from bot.store.conversations import ConversationKey
from bot.store.flows import Plain, Step
from bot.store.work import Store, Work

NOW = datetime(2026, 11, 23, 8, 30, 15, 123456, tzinfo=UTC)
REFERENCE = "TW-2611-7KQ4M"

ANSWERS = {
    "contact": "li.wei@holder.example",
    "rights.1.right_type": "trademark",
    "holder": "Yangtze Running Shoes Ltd",
    "consent": "agree",
}


def new_lead(conversation_id: str = "c1", reference: str = REFERENCE, **more: Any) -> NewLead:
    """A finished form."""
    given = {"answers": ANSWERS, "language": "en", "form": "recordation"} | more
    return NewLead(
        conversation_id=conversation_id,
        reference=reference,
        consent_version="2026-11",
        consent_at=NOW,
        **given,
    )


def lead(**more: Any) -> Lead:
    """A lead as it is kept."""
    return Lead(
        **new_lead(**more).model_dump(),
        id="11111111-2222-4333-8444-555555555555",
        created_at=NOW,
        updated_at=NOW,
    )


async def kept(store: Store, reference: str = REFERENCE, **more: Any) -> Lead:
    """A lead in the registry, out of a conversation of its own."""

    def do(work: Work) -> Lead:
        key = ConversationKey("web", "main", reference, reference)
        begun = conversations.find_or_create(work, key, now=NOW)
        return registry.create(work, new_lead(begun.id, reference, **more), now=NOW)

    return await store.run(do)


class Straight:
    """A Run without an engine: steps are done at once, waits are only noted."""

    id = "run"

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.steps: list[str] = []

    async def step(self, name: str, step: Step, *args: Plain) -> Plain:
        """Do it and note its name."""
        self.steps.append(name)
        return await step(*args)

    async def sleep(self, seconds: float) -> None:
        """Note it."""
        self.waits.append(seconds)
