"""Turns blocked people away: their messages are not kept, the journal says that one came, and they are told once."""

from __future__ import annotations

from bot.clock import Clock
from bot.conversation.reply import Author, Reply
from bot.conversation.texts import text
from bot.inbound import Receipt
from bot.live import Live
from bot.remembering import beginning_in
from bot.store import contacts, conversations, events, messages
from bot.store.contacts import Identity
from bot.store.conversations import ConversationKey
from bot.store.messages import Draft
from bot.store.work import Store, Work
from knowledge.model import Language

TURNED_AWAY = "blocked.turned_away"


class Blocking:
    """Stands before everything that prospects send."""

    def __init__(self, store: Store, live: Live, agency: str, clock: Clock) -> None:
        self._store = store
        self._live = live
        self._agency = agency
        self._clock = clock

    async def turn_away(
        self, key: ConversationKey, language: Language | None = None
    ) -> Receipt | None:
        """What a blocked person's channel gets in return; None for everybody else."""
        identity = Identity.of(key)
        if await self._store.read(lambda work: contacts.blocked(work, identity)) is None:
            return None
        receipt = await self._store.run(lambda work: self._turned_away(work, key, language or "en"))
        self._live.publish(receipt.conversation_id)
        return receipt

    def _turned_away(self, work: Work, key: ConversationKey, language: Language) -> Receipt:
        now, identity = self._clock(), Identity.of(key)
        beginning = beginning_in(language, None)
        found = conversations.find_or_create(work, key, now=now, beginning=beginning)
        events.record(work, TURNED_AWAY, actor="prospect", now=now, conversation_id=found.id)
        seq, block = found.last_seq, contacts.blocked(work, identity)
        if block is not None and block.told_at is None:
            words = text(
                "person.blocked", "zh" if found.language == "zh" else "en", agency=self._agency
            )
            body = {"reply": Reply.of(words).model_dump(mode="json")}
            messages.append(work, found.id, Draft(author=Author.SYSTEM.value, body=body), now=now)
            contacts.mark_told(work, identity, now=now)
        return Receipt(found.id, seq, repeated=False)
