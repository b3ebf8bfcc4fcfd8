"""What each channel can do: data that rendering keeps to, with where each limit comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.conversation.reply import PAYLOAD_BYTES


@dataclass(frozen=True)
class Limits:
    """What one channel can carry. None means: as much as there is."""

    text: int
    """Characters of one message, either way."""
    buttons: int | None = None
    """Buttons under one message."""
    label: int | None = None
    """Characters on a button."""
    payload: int = PAYLOAD_BYTES
    """Bytes a button can hold."""
    tables: bool = False
    """Whether a table can be shown as one; else it is written as lines of text."""
    folds: bool = False
    """Whether something can be folded away, such as the sources of an answer."""
    edits: bool = False
    """Whether a message that was sent can be given other words."""
    numbers: bool = False
    """Whether buttons are numbered and pressed by typing the number."""


@dataclass(frozen=True)
class Rate:
    """At most so many times within any stretch of so many seconds."""

    times: int
    seconds: float


CHANNELS: Mapping[str, Limits] = MappingProxyType(
    {
        # Ours to set: Telegram's 4096, so that one text fits every channel.
        "web": Limits(text=4096, tables=True, folds=True, edits=True),
        "terminal": Limits(text=4096, numbers=True),
    }
)

BODY_BYTES = 64 * 1024
"""The largest request body: 4096 characters escaped by JSON at twelve bytes each, and some room."""

MULTIPART_BYTES = 16 * 1024
"""What a request with a file may be larger than the file: the heads of its parts."""
UPLOADS_AT_ONCE = 4
"""Files read at a time: each is held in memory until it is sealed."""
UPLOAD_SECONDS = 300.0
"""How long one upload may take, waiting included."""

MESSAGES = Rate(times=30, seconds=60)
"""Messages of one visitor: a button a second is haste, more is a machine."""
READS = Rate(times=240, seconds=60)
"""Readings and reconnections of one visitor, all tabs together."""
OPENINGS = Rate(times=60, seconds=600)
"""New visitors from one address, which may be a whole office."""
ADDRESS_MESSAGES = Rate(times=300, seconds=60)
"""Messages from one address, so that throwing the cookie away does not help."""
UPLOADS = Rate(times=40, seconds=60)
"""Files of one visitor: a message's worth, twice."""
PAPERS = Rate(times=60, seconds=60)
"""Pictures and checklists for one address: each new one takes the processor for up to two thirds of a second."""
