"""The durable work that brings a lead to the agency: tried for a day, sent once.

Once it is noted as sent it is not sent again, whatever is repeated. What cannot be excluded is said
at `posting.MailServer`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from email.message import EmailMessage
from enum import StrEnum
from typing import NamedTuple

import structlog

from bot.clock import Clock, utc_now
from bot.errors import DeliveryError, DeliveryNotFoundError, DeliveryRefusedError
from bot.files.shelf import Shelf
from bot.leads import deliveries, registry
from bot.leads.enclosing import enclose, kept
from bot.leads.mail import compose
from bot.leads.model import DeliveryState, Lead
from bot.leads.posting import Post
from bot.settings import Settings
from bot.store.files import KeptFile
from bot.store.flows import Plain, Run
from bot.store.work import Store, Work

log = structlog.get_logger(__name__)

MINUTE, HOUR = 60.0, 3600.0
WAITS = (
    *(5.0, 0.5 * MINUTE, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE),
    *(1 * HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR),
)
"""Between the attempts: 14 of them over 28 hours; soon at first, for a mail server that was only busy."""


class Attempt(StrEnum):
    """What came of an attempt."""

    SENT = "sent"
    AGAIN = "again"
    REFUSED = "refused"
    GONE = "gone"
    """The lead was erased, or a person stopped the delivery."""


class Due(NamedTuple):
    """A lead that is to be sent, with its files."""

    lead: Lead
    key: str
    files: Sequence[KeptFile]


class Letter(NamedTuple):
    """A mail, and the name it goes by on every attempt."""

    message: EmailMessage
    name: str


class Courier:
    """Carries deliveries out: `durable.register(deliveries.FLOW, courier.deliver)`."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        post: Post,
        *,
        clock: Clock = utc_now,
        waits: Sequence[float] = WAITS,
    ) -> None:
        self._store = store
        self._shelf = Shelf(store)
        self._settings = settings
        self._post = post
        self._clock = clock
        self._waits = waits

    async def deliver(self, run: Run, delivery_id: str) -> Plain:
        """The flow: attempts with waits between them that outlive the process."""
        for wait in self._waits:
            outcome = await run.step("attempt", self.attempt, delivery_id)
            if outcome != Attempt.AGAIN:
                return outcome
            await run.sleep(wait)
        outcome = await run.step("attempt", self.attempt, delivery_id)
        if outcome == Attempt.AGAIN:
            return await run.step("give_up", self.give_up, delivery_id)
        return outcome

    async def attempt(self, delivery_id: str) -> Plain:
        """One try, noted in the delivery's row. It never raises: a fault means another try."""
        try:
            return await self._attempt(delivery_id)
        except DeliveryNotFoundError:
            return Attempt.GONE.value
        except Exception as error:
            log.exception("an attempt failed in an unforeseen way", delivery_id=delivery_id)
            return await self._unforeseen(delivery_id, type(error).__name__)

    async def give_up(self, delivery_id: str) -> Plain:
        """Enough tries; a person has to look at it."""

        def mark(work: Work) -> None:
            last = deliveries.get(work, delivery_id).last_error or "no attempt got through"
            deliveries.mark_failed(work, delivery_id, last, now=self._clock())

        try:
            await self._store.run(mark)
        except DeliveryNotFoundError:
            return Attempt.GONE.value
        log.error("a lead could not be delivered", delivery_id=delivery_id)
        return Attempt.REFUSED.value

    async def _attempt(self, delivery_id: str) -> Plain:
        due = await self._store.read(lambda work: self._due(work, delivery_id))
        if not isinstance(due, Due):
            return due.value
        letter = await self._letter(due)
        try:
            remark = await self._post.send(letter.message, letter.name)
        except DeliveryRefusedError as error:
            return await self._refused(delivery_id, str(error))
        except DeliveryError as error:
            told = str(error)
            await self._store.run(lambda work: deliveries.mark_tried(work, delivery_id, told))
            log.warning("a lead did not get through", delivery_id=delivery_id, reason=told)
            return Attempt.AGAIN.value
        await self._store.run(
            lambda work: deliveries.mark_sent(work, delivery_id, now=self._clock(), remark=remark)
        )
        return Attempt.SENT.value

    async def _unforeseen(self, delivery_id: str, told: str) -> Plain:
        try:
            await self._store.run(lambda work: deliveries.mark_tried(work, delivery_id, told))
        except Exception:
            log.exception("an attempt could not be noted", delivery_id=delivery_id)
        return Attempt.AGAIN.value

    async def _refused(self, delivery_id: str, told: str) -> Plain:
        def mark(work: Work) -> None:
            deliveries.mark_tried(work, delivery_id, told)
            deliveries.mark_failed(work, delivery_id, told, now=self._clock())

        await self._store.run(mark)
        log.error("a lead was refused", delivery_id=delivery_id, reason=told)
        return Attempt.REFUSED.value

    async def _letter(self, due: Due) -> Letter:
        """The mail; with large files it takes a while."""
        megabytes = self._settings.lead_email_files_mb
        enclosed = await enclose(self._shelf, due.lead, due.files, megabytes)
        message = await asyncio.to_thread(compose, due.lead, due.key, self._settings, enclosed)
        return Letter(message, due.lead.reference)

    def _due(self, work: Work, delivery_id: str) -> Due | Attempt:
        """The lead, or why there is none to send any more."""
        delivery = deliveries.get(work, delivery_id)
        if delivery.state is DeliveryState.SENT:
            return Attempt.SENT
        if delivery.state is DeliveryState.FAILED:
            return Attempt.GONE
        lead = registry.get(work, delivery.lead_id)
        return Due(lead, delivery.key, kept(work, lead))
