"""Who owns a conversation, and the one table of how that may change."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Owner(StrEnum):
    """A conversation is the bot's or a person's, never both."""

    BOT = "bot"
    WAITING = "waiting"
    """The bot still answers, and a person has been called."""
    PERSON = "person"
    CLOSED = "closed"

    @property
    def is_answered_by_bot(self) -> bool:
        """Whether what the prospect writes now is the bot's to answer at once."""
        return self in (Owner.BOT, Owner.WAITING)


class Move(StrEnum):
    """What can change the owner."""

    CALL = "call"
    """The prospect wants or needs a person."""
    TAKE = "take"
    TRANSFER = "transfer"
    """It goes from one person to another."""
    SNOOZE = "snooze"
    """It is put off until a time: the owner stays."""
    WAKE = "wake"
    """The time has come, or the prospect has written."""
    HAND_BACK = "hand_back"
    CLOSE = "close"
    RETURN = "return"
    """The prospect goes on with the bot, or writes after the end."""


TRANSITIONS: Mapping[tuple[Owner, Move], Owner] = MappingProxyType(
    {
        (Owner.BOT, Move.CALL): Owner.WAITING,
        (Owner.BOT, Move.TAKE): Owner.PERSON,
        (Owner.BOT, Move.CLOSE): Owner.CLOSED,
        (Owner.WAITING, Move.TAKE): Owner.PERSON,
        (Owner.WAITING, Move.SNOOZE): Owner.WAITING,
        (Owner.WAITING, Move.WAKE): Owner.WAITING,
        (Owner.WAITING, Move.RETURN): Owner.BOT,
        (Owner.WAITING, Move.CLOSE): Owner.CLOSED,
        (Owner.PERSON, Move.TRANSFER): Owner.PERSON,
        (Owner.PERSON, Move.SNOOZE): Owner.PERSON,
        (Owner.PERSON, Move.WAKE): Owner.PERSON,
        (Owner.PERSON, Move.HAND_BACK): Owner.BOT,
        (Owner.PERSON, Move.CLOSE): Owner.CLOSED,
        (Owner.CLOSED, Move.TAKE): Owner.PERSON,
        (Owner.CLOSED, Move.RETURN): Owner.BOT,
    }
)


def moved(owner: Owner, move: Move) -> Owner | None:
    """The owner after a move; None where the move is not allowed."""
    return TRANSITIONS.get((owner, move))
