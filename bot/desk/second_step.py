"""The second step of a sign-in: what a fitting password is worth until the code comes, and whether a code fits.

Nothing is stored between the two steps: the ticket is sealed with the store's key and says for whom it is, which
password it followed and until when it may be used. It signs nobody in without a code, and a code works once.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.desk import recovery, totp
from bot.desk.errors import CodeRefusedError, SecondStepOverError
from bot.errors import DecryptionError, KeyMissingError
from bot.store import events, second_factor, staff
from bot.store.cipher import Cipher
from bot.store.staff import Credentials, Staff
from bot.store.tokens import hash_token
from bot.store.work import Work

LASTS = timedelta(minutes=5)
CONTEXT = "desk.second_step"


class SecondStep:
    """Writes tickets and redeems them."""

    def __init__(self, cipher: Cipher, clock: Callable[[], datetime]) -> None:
        self._cipher = cipher
        self._clock = clock

    def ticket(self, found: Credentials) -> str:
        """What a code has to come with, for whoever has given this password."""
        said = {
            "login": found.staff.login,
            "after": hash_token(found.password_hash),
            "until": (self._clock() + LASTS).timestamp(),
        }
        return base64.urlsafe_b64encode(self._cipher.seal(said, CONTEXT)).decode()

    def login(self, ticket: str) -> str:
        """Whose ticket it is. Raises SecondStepOverError."""
        return str(self._opened(ticket)["login"])

    def redeem(self, work: Work, ticket: str, code: str, now: datetime) -> Credentials:
        """Whom ticket and code let in; the code is used up. Raises SecondStepOverError, CodeRefusedError."""
        said = self._opened(ticket)
        found = staff.credentials(work, said["login"])
        if found is None or hash_token(found.password_hash) != said["after"]:
            raise SecondStepOverError("the account changed between the two steps")
        take(work, found.staff, code, now)
        return found

    def _opened(self, ticket: str) -> dict[str, Any]:
        try:
            said = self._cipher.open(base64.urlsafe_b64decode(ticket.encode()), CONTEXT)
        except (binascii.Error, ValueError, DecryptionError, KeyMissingError):
            raise SecondStepOverError("not a ticket of ours") from None
        if said["until"] <= self._clock().timestamp():
            raise SecondStepOverError("the ticket has run out")
        opened: dict[str, Any] = said
        return opened


def take(work: Work, who: Staff, code: str, now: datetime) -> None:
    """Use a code of the app or a recovery code up. Raises CodeRefusedError."""
    secret = second_factor.secret(work, who.id)
    if secret is None:
        raise CodeRefusedError("there is no secret")
    step = totp.step_of(secret, code, now)
    if step is not None and second_factor.take_step(work, who.id, step):
        return
    spare = recovery.as_kept(code)
    if spare is None or not second_factor.use_code(work, who.id, spare, now=now):
        raise CodeRefusedError("the code does not fit or was used")
    events.record(work, "staff.recovery_code_used", actor=f"staff:{who.id}", now=now)
