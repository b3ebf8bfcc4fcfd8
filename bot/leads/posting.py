"""How a mail leaves the house: by a mail server, or as a file where there is none."""

from __future__ import annotations

import asyncio
import os
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

import aiosmtplib

from bot.errors import DeliveryError, DeliveryRefusedError, FolderNotWritableError
from bot.settings import Settings, SmtpSecurity, ensure_folder

TIMEOUT = 60.0
AT_ONCE = 4
"""Connections to the mail server at a time; more look like an attack to some."""
PERMANENT = 500

REFUSALS = (
    aiosmtplib.SMTPRecipientRefused,
    aiosmtplib.SMTPSenderRefused,
    aiosmtplib.SMTPDataError,
)
"""With a 5xx these concern the mail. A refused sign-in is the operator's to mend: we try again."""


class Post(Protocol):
    """A way out."""

    async def send(self, message: EmailMessage, name: str, /) -> str | None:
        """Send it; None, or what the receiver remarked. The name is the same on every attempt.

        Raises DeliveryRefusedError (for good), DeliveryError (not now).
        """


def post(settings: Settings) -> Post:
    """The mail server if one is set, else the outbox."""
    return Outbox(settings.outbox) if settings.smtp_host is None else MailServer(settings)


class MailServer:
    """Sends by SMTP.

    Limits: a mail is written out on the event loop, for half a second where ten megabytes of files
    go with it; a crash between the server's yes and our note of it sends the mail again, with the same
    Message-ID and key, by which a receiver can tell.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def send(self, message: EmailMessage, _name: str, /) -> str | None:
        """Hand it over; addresses refused while others were accepted are remarked."""
        try:
            async with self._gate:
                refused = await self._hand_over(message)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise _fault(error) from error
        if not refused:
            return None
        codes = ", ".join(sorted({str(code) for code in refused}))
        return f"{len(refused)} of {len(self._settings.lead_email_to)} addresses refused: {codes}"

    async def _hand_over(self, message: EmailMessage) -> list[int]:
        settings = self._settings
        password = settings.smtp_password
        refused, _ = await aiosmtplib.send(
            message,
            hostname=settings.smtp_host,
            port=settings.smtp_port_or_usual,
            username=settings.smtp_username,
            password=None if password is None else password.get_secret_value(),
            use_tls=settings.smtp_security is SmtpSecurity.TLS,
            start_tls=settings.smtp_security is SmtpSecurity.STARTTLS,
            timeout=TIMEOUT,
        )
        return [answer.code for answer in refused.values()]


class Outbox:
    """Writes `<name>.eml`: complete or not at all, and once however often it is tried."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, message: EmailMessage, name: str, /) -> str | None:
        """Put it there."""
        try:
            await asyncio.to_thread(self._write, message, f"{name}.eml")
        except OSError as error:
            raise DeliveryError(f"the outbox cannot be written: {error.strerror}") from error
        except FolderNotWritableError as error:
            raise DeliveryError(f"the outbox cannot be written: {error}") from error
        return None

    def _write(self, message: EmailMessage, name: str) -> None:
        data = message.as_bytes()
        ensure_folder(self._folder)
        half = self._folder / f".{name}.{os.getpid()}"
        handle = os.open(half, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        half.replace(self._folder / name)


def _fault(error: Exception) -> DeliveryError:
    """In words that hold no address and nothing of the mail, for servers quote both."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        codes = [refusal.code for refusal in error.recipients]
        told = "every address refused: " + ", ".join(sorted({str(code) for code in codes}))
        return _kind(is_final=all(code >= PERMANENT for code in codes))(told)
    if isinstance(error, aiosmtplib.SMTPResponseException):
        status = re.search(r"\b[245]\.\d{1,3}\.\d{1,3}\b", error.message)
        told = f"{type(error).__name__}: {error.code} {status[0] if status else ''}".strip()
        return _kind(is_final=isinstance(error, REFUSALS) and error.code >= PERMANENT)(told)
    return DeliveryError(type(error).__name__)


def _kind(*, is_final: bool) -> type[DeliveryError]:
    return DeliveryRefusedError if is_final else DeliveryError
