"""A call for a person goes to the desk by mail too, where an address is set: the words hold nothing of the person.

The work begins in the transaction that stores the call. Who has meanwhile been attended to is not mailed about.
"""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path

import structlog

from bot.clock import Clock, utc_now
from bot.conversation.owner import Owner
from bot.conversation.state import State
from bot.errors import (
    ConversationNotFoundError,
    DeliveryError,
    DeliveryRefusedError,
    StaffNotFoundError,
)
from bot.leads.posting import Post
from bot.settings import NO_HOST, Settings
from bot.store import conversations, staff
from bot.store.flows import Plain, Run
from bot.store.work import Job, Store, Work
from knowledge.datafiles import read
from knowledge.model import Language

log = structlog.get_logger(__name__)

FLOW = "call_by_mail"
PAUSES = (0.0, 30.0, 120.0, 300.0)
"""Seconds before each try: a call that comes much later than it was made is none."""
EVERYBODY = ""


def begin(work: Work, conversation_id: str, now: datetime, staff_id: str | None = None) -> None:
    """Have the desk mailed, if this transaction is committed; with a name, who is meant."""
    meant = staff_id or EVERYBODY
    job = f"{FLOW}:{conversation_id}:{now.timestamp():.0f}:{meant}"
    work.enqueue(Job(FLOW, job, (conversation_id, meant)))


@cache
def texts(language: Language) -> dict[str, str]:
    """The mail's words. Raises DataFileError."""
    return {str(k): str(v) for k, v in read(Path(__file__).parent / f"{language}.yaml").items()}


class Calling:
    """Mails the desk: `durable.register(FLOW, calling.flow)`."""

    def __init__(
        self, store: Store, settings: Settings, post: Post, clock: Clock = utc_now
    ) -> None:
        self._store = store
        self._settings = settings
        self._post = post
        self._clock = clock

    async def flow(self, run: Run, conversation_id: str, staff_id: str) -> Plain:
        """The durable work of one call."""
        for number, pause in enumerate(PAUSES):
            if pause:
                await run.sleep(pause)
            if await run.step(f"mail {number}", self.mail, conversation_id, staff_id, run.id):
                return True
        return False

    async def mail(self, conversation_id: Plain, staff_id: Plain, name: Plain) -> Plain:
        """One try; False where another is worth it."""

        def look(work: Work) -> tuple[bool, str]:
            return _waits(work, str(conversation_id)), _name(work, str(staff_id))

        waits, who = await self._store.read(look)
        if not waits:
            return True
        message = self._compose(str(conversation_id), who, str(name))
        try:
            await self._post.send(message, str(name).replace(":", "-"))
        except DeliveryRefusedError as error:
            log.error("a call was refused by the mail server", reason=str(error))
        except DeliveryError as error:
            log.warning("a call did not get through by mail", reason=str(error))
            return False
        return True

    def _compose(self, conversation_id: str, who: str, name: str) -> EmailMessage:
        settings = self._settings
        words = texts(settings.lead_email_language)
        link = f"{settings.address}/desk/conversations/{conversation_id}"
        message = EmailMessage(policy=SMTP)
        message["Subject"] = words["subject"]
        sender = settings.lead_email_from or f"tidewaiter@{NO_HOST}"
        message["From"] = Address(display_name=settings.agency_name, addr_spec=sender)
        message["To"] = ", ".join(settings.desk_email_to)
        message["Date"] = format_datetime(self._clock())
        message["Message-ID"] = f"<{name.replace(':', '.')}@{settings.mail_domain}>"
        message["Auto-Submitted"] = "auto-generated"
        asked = words["asked_by_name"].format(name=who) if who else words["asked"]
        message.set_content(f"{asked}\n\n{link}\n")
        return message


def _waits(work: Work, conversation_id: str) -> bool:
    try:
        state = State.model_validate(conversations.get(work, conversation_id).state)
    except ConversationNotFoundError:
        return False
    return state.owner is Owner.WAITING and state.snoozed_until is None


def _name(work: Work, staff_id: str) -> str:
    try:
        return staff.get(work, staff_id).name if staff_id else ""
    except StaffNotFoundError:
        return ""
