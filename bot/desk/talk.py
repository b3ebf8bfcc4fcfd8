"""A conversation as the staff sees it: everything said, notes too, the card, and what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.owner import Move, Owner, moved
from bot.conversation.reply import Author
from bot.conversation.state import State
from bot.desk import card
from bot.desk.card import Card
from bot.queue import QueueEntry
from bot.reception import Line, Reception
from bot.store import receipts
from bot.store.receipts import PageReceipt
from bot.store.staff import Staff
from bot.store.work import Store

SHOWN = 150
"""Lines of a transcript that are shown at once; the earlier ones are a link away."""


THEIRS = (Move.HAND_BACK, Move.TRANSFER)
"""What only the one who has it can do."""


@dataclass(frozen=True)
class Talk:
    """One conversation before one member of the staff."""

    entry: QueueEntry
    lines: Sequence[Line]
    hidden: int
    """Earlier lines that are not shown."""
    card: Card
    state: State
    receipt: PageReceipt
    """How far the prospect's page has it."""
    mine: bool
    anothers: str | None
    """The name of the colleague who has it."""

    @property
    def put_off(self) -> bool:
        """Whether it is put off, and this member of the staff may take it up."""
        return self.entry.snoozed_until is not None and self.anothers is None

    def may(self, move: Move) -> bool:
        """Whether this member of the staff can do that now."""
        if self.anothers is not None or (move in THEIRS and not self.mine):
            return False
        return moved(self.entry.owner, move) is not None

    @property
    def got(self) -> tuple[int, str] | None:
        """The number of the staff's last message, and how far that got; None where the channel cannot say."""
        answers = [
            one.seq for one in self.lines if one.author is Author.STAFF and one.kind == "message"
        ]
        if not answers or self.entry.channel != "web":
            return None
        last = answers[-1]
        if self.receipt.seen >= last:
            return last, "Seen: the page was in sight"
        if self.receipt.delivered >= last:
            return last, "Delivered to the page, which was not in sight yet"
        return last, "Stored; no open page has it yet"

    @property
    def replying_takes(self) -> bool:
        """Whether a reply takes the conversation over by itself."""
        return not self.mine


async def of(
    reception: Reception,
    store: Store,
    conversation_id: str,
    me: Staff,
    now: datetime,
    *,
    whole: bool = False,
) -> Talk:
    """The conversation; `whole` with its earliest lines. Raises ConversationNotFoundError."""
    entry = await reception.entry(conversation_id)
    state = await reception.state(conversation_id)
    lines = await reception.transcript(conversation_id, inside=True)
    hidden = 0 if whole else max(0, len(lines) - SHOWN)
    owned = entry.owner is Owner.PERSON
    mine = owned and entry.staff_id == me.id
    return Talk(
        entry=entry,
        lines=lines[hidden:],
        hidden=hidden,
        card=await card.of(store, reception.understanding, conversation_id, state, now),
        state=state,
        receipt=await store.read(lambda work: receipts.get(work, conversation_id)),
        mine=mine,
        anothers=(entry.staff_name or "A colleague") if owned and not mine else None,
    )
