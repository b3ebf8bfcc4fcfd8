"""Which channel lets us write unasked, and what is written so: forms left half-way, and mails that were refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType

import structlog

from bot.clock import Clock, utc_now
from bot.conversation.leaving import is_day
from bot.conversation.owner import Owner
from bot.errors import ConversationNotFoundError
from bot.reception import Patience, Reception
from bot.settings import Settings
from bot.store import timers
from bot.store.flows import Clockwork, Plain, Run
from bot.store.work import Store, Work

log = structlog.get_logger(__name__)

NEVER = timedelta(0)
ALWAYS = None
UNASKED: Mapping[str, timedelta | None] = MappingProxyType(
    {
        # The page shows it when the person comes back.
        "web": ALWAYS,
        # Whoever has pressed /start may be written to until they block the bot.
        "telegram": ALWAYS,
        # Meta's customer service window; after it only templates that were approved, and we have none.
        "whatsapp": timedelta(hours=24),
        # Nobody sits at it any more.
        "terminal": NEVER,
    }
)
"""How long after the person's last message each channel lets us write unasked; one not named here never."""

NAME = "forms_left"
HOURLY = "37 * * * *"
BATCH = 200
"""Conversations of one query; whatever is left comes in the next hour."""


class FormsLeft:
    """Points the conversations out whose form lies open: `durable.schedule(forms_left.clockwork)`."""

    def __init__(
        self,
        store: Store,
        reception: Reception,
        settings: Settings,
        clock: Clock = utc_now,
    ) -> None:
        self._store = store
        self._reception = reception
        self._remind = timedelta(hours=settings.form_left_hours)
        self._drop = timedelta(days=settings.form_kept_days)
        self._clock = clock

    @property
    def clockwork(self) -> Clockwork:
        """The look as work that the durable engine begins every hour."""
        return Clockwork(NAME, HOURLY, self._flow)

    async def look(self) -> int:
        """Have forms dropped and reminded of; how many conversations were pointed out."""
        now = self._clock()
        found = await self._store.read(lambda work: self._to_drop(work, now))
        count = await self._point_out(found, NEVER)
        for channel, write in UNASKED.items() if is_day(now) else ():
            wanted = partial(self._to_remind, now=now, channel=channel, write=write)
            found = await self._store.read(wanted)
            count += await self._point_out(found, write)
        return count

    def _to_drop(self, work: Work, now: datetime) -> list[str]:
        return timers.forms_untouched(work, since=now - self._drop, limit=BATCH)

    def _to_remind(
        self, work: Work, *, now: datetime, channel: str, write: timedelta | None
    ) -> list[str]:
        return timers.forms_to_remind_of(
            work,
            channel=channel,
            owners=[Owner.BOT.value],
            since=now - self._remind,
            after=None if write is None else now - write,
            limit=BATCH,
        )

    async def _point_out(self, found: list[str], write: timedelta | None) -> int:
        """One whose form cannot be shown must not keep the others from theirs."""
        patience = Patience(self._remind, self._drop, write)
        for conversation_id in found:
            try:
                await self._reception.form_left(conversation_id, patience)
            except ConversationNotFoundError:
                log.info("a conversation was erased meanwhile", conversation_id=conversation_id)
            except Exception:
                log.exception(
                    "a form left half-way was not seen to", conversation_id=conversation_id
                )
        return len(found)

    async def _flow(self, run: Run) -> Plain:
        return await run.step("look", self.look)


class RefusedReminders:
    """Tells of reminders that were refused: `durable.register(registry.TELL, RefusedReminders(reception).flow)`."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def flow(self, run: Run, reminder_id: str) -> Plain:
        """The durable work of one refusal."""
        return await run.step("tell", self.tell, reminder_id)

    async def tell(self, reminder_id: Plain) -> Plain:
        """Tell the staff and, where their channel lets us, the person; nothing where it was erased meanwhile."""
        try:
            await self._reception.reminder_refused(str(reminder_id), UNASKED)
        except ConversationNotFoundError:
            log.info("a conversation was erased meanwhile", reminder_id=reminder_id)
        return None
