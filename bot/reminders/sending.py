"""The clockwork that sends what is due: it looks every hour, takes one, sends it, notes it, takes the next.

Once a reminder is noted as sent it is not sent again. What cannot be excluded is said at
`bot.leads.posting.MailServer`: a crash between the mail server's yes and our note.
"""

from __future__ import annotations

import structlog

from bot.clock import Clock, utc_now
from bot.errors import DeliveryError, DeliveryRefusedError
from bot.leads.posting import Post
from bot.reminders import registry
from bot.reminders.mail import compose
from bot.reminders.model import Reminder
from bot.reminders.plan import Rules
from bot.settings import Settings
from bot.store.flows import Clockwork, Plain, Run
from bot.store.work import Store

log = structlog.get_logger(__name__)

NAME = "send_reminders"
HOURLY = "7 * * * *"
PATIENCE = 3
"""Failures in a row after which a look ends: the mail server is not there, and the rest can wait an hour."""


class Reminding:
    """Sends reminders: `durable.schedule(reminding.clockwork)`."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        post: Post,
        rules: Rules,
        *,
        clock: Clock = utc_now,
    ) -> None:
        self._store = store
        self._settings = settings
        self._post = post
        self._rules = rules
        self._clock = clock

    @property
    def clockwork(self) -> Clockwork:
        """The look as work that the durable engine begins every hour."""
        return Clockwork(NAME, HOURLY, self._flow)

    async def look(self) -> int:
        """Send what is due; how many left. Another process may look at the same time."""
        sent = failed = 0
        while failed < PATIENCE:
            taken = await self._store.run(
                lambda work: registry.claim(work, self._rules, now=self._clock())
            )
            if taken is None:
                break
            got_through = await self._send(taken)
            sent += got_through
            failed = 0 if got_through else failed + 1
        return sent

    async def _flow(self, run: Run) -> Plain:
        return await run.step("look", self.look)

    async def _send(self, reminder: Reminder) -> bool:
        """One attempt, noted in the row. It never raises for the mail's sake: others wait behind it."""
        try:
            message = compose(reminder, self._rules.library, self._settings)
            remark = await self._post.send(message, f"reminder-{reminder.id}")
        except DeliveryRefusedError as error:
            return await self._refused(reminder, str(error))
        except DeliveryError as error:
            return await self._tried(reminder, str(error))
        except Exception as error:
            log.exception("a reminder failed in an unforeseen way", reminder_id=reminder.id)
            return await self._tried(reminder, type(error).__name__)
        await self._store.run(
            lambda work: registry.mark_sent(work, reminder.id, now=self._clock(), remark=remark)
        )
        return True

    async def _tried(self, reminder: Reminder, told: str) -> bool:
        await self._store.run(
            lambda work: registry.mark_tried(work, reminder.id, told, now=self._clock())
        )
        log.warning("a reminder did not get through", reminder_id=reminder.id, reason=told)
        return False

    async def _refused(self, reminder: Reminder, told: str) -> bool:
        await self._store.run(
            lambda work: registry.mark_refused(work, reminder.id, told, now=self._clock())
        )
        log.error("a reminder was refused", reminder_id=reminder.id, reason=told)
        return False
