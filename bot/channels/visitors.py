"""Who a visitor of the page is: a random token in a cookie. We keep only its SHA-256.

So whoever reads the database cannot speak for a visitor, and the visitor is nobody by name.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from fastapi import Request, Response

from bot.store.conversations import ConversationKey

CHANNEL = "web"
ACCOUNT = "page"
NAME = "tidewaiter_visitor"
DAYS = 180
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
"""What `secrets.token_urlsafe(32)` looks like."""


@dataclass(frozen=True)
class Visitor:
    """Somebody at the page; `token` is theirs alone and never logged."""

    token: str

    @classmethod
    def new(cls) -> Visitor:
        """A visitor nobody has seen before."""
        return cls(secrets.token_urlsafe(32))

    @property
    def digest(self) -> str:
        """What we know the visitor by."""
        return hashlib.sha256(self.token.encode()).hexdigest()

    @property
    def key(self) -> ConversationKey:
        """The visitor's one conversation."""
        return ConversationKey(CHANNEL, ACCOUNT, chat=self.digest, person=self.digest)

    def inbound_id(self, message_id: str) -> str:
        """The page's message id made the channel's: nobody can use up an id of somebody else."""
        return f"{self.digest[:32]}:{message_id}"


def page_id(inbound_id: str | None) -> str | None:
    """The page's own id within the channel's."""
    return inbound_id.partition(":")[2] if inbound_id else None


@dataclass(frozen=True)
class Cookies:
    """How the token is kept in the browser. `__Host-` binds it to this host and to TLS."""

    secure: bool

    @property
    def name(self) -> str:
        """The cookie's name; browsers refuse `__Host-` without TLS."""
        return f"__Host-{NAME}" if self.secure else NAME

    def read(self, request: Request) -> Visitor | None:
        """The visitor a request names, if it names one."""
        token = request.cookies.get(self.name, "")
        return Visitor(token) if TOKEN.fullmatch(token) else None

    def write(self, response: Response, visitor: Visitor) -> None:
        """Keep the token for another half year."""
        response.set_cookie(
            self.name,
            visitor.token,
            max_age=DAYS * 24 * 3600,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )
