"""A mail server of our own, which says what it is told to say."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PASSWORD = "letter box"


@dataclass
class MailServer:
    """Answers each mail by the next of `answers`, then by 250; keeps what it took."""

    answers: list[str] = field(default_factory=list)
    refused_addresses: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    """Whether it takes a mail and never says so."""
    tried: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        """Take or refuse an address."""
        if address in self.refused_addresses:
            return self.refused_addresses[address]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take or refuse a mail."""
        self.tried += 1
        if self.silent:
            await asyncio.Event().wait()
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
            self.envelopes.append(envelope)
        return answer


def check_password(
    _server: object, _session: object, _envelope: object, _how: str, data: object
) -> AuthResult:
    """One name, one password."""
    assert isinstance(data, LoginPassword)
    return AuthResult(success=data == LoginPassword(b"bot", PASSWORD.encode()), handled=False)


@asynccontextmanager
async def serving(
    server: MailServer,
    *,
    context: ssl.SSLContext | None = None,
    implicit: bool = False,
    password: bool = False,
) -> AsyncIterator[MailServer]:
    """Serve on this loop; with a context by STARTTLS, or by TLS from the first byte."""
    protocols: list[SMTP] = []

    def protocol() -> SMTP:
        made = SMTP(
            server,
            hostname="mail.example",
            tls_context=None if implicit else context,
            require_starttls=context is not None and not implicit,
            authenticator=check_password if password else None,
            auth_required=password,
            auth_require_tls=not implicit,
            enable_SMTPUTF8=True,
        )
        protocols.append(made)
        return made

    loop = asyncio.get_running_loop()
    listening = await loop.create_server(
        protocol, "127.0.0.1", server.port, ssl=context if implicit else None
    )
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for each in protocols:
            if isinstance(each.transport, asyncio.WriteTransport):
                each.transport.abort()
        await listening.wait_closed()
        await asyncio.sleep(0.02)
