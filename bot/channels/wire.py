"""What goes over the wire between the page, or a script, and the chat's API."""

from __future__ import annotations

from functools import cache
from typing import Annotated
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import Field, StringConstraints, model_validator

from bot.channels.limits import CHANNELS
from bot.channels.rendering import PageLine, page_line
from bot.channels.visitors import page_id
from bot.conversation.owner import Owner
from bot.conversation.state import State
from bot.files.shelf import Shelved
from bot.intake.kinds.files import MOST_FILES
from bot.reception import Reception
from intents.answer import Frozen
from knowledge.model import Language

Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=CHANNELS["web"].text),
]


class Opening(Frozen):
    """How a visitor comes in."""

    language: Language | None = None
    """The language to be greeted in; without it the Accept-Language header decides."""
    source: Annotated[str, StringConstraints(pattern=r"^[\w .:/?&=%+-]{1,200}$")] | None = None
    """Where the visitor came from, such as a campaign's name."""
    zone: Annotated[str, StringConstraints(pattern=r"^[\w+/-]{1,64}$")] | None = None
    """The visitor's time zone, as `Europe/Rome`, to tell times by; one that is not known counts as none."""

    @property
    def known_zone(self) -> str | None:
        """The zone, if there is one of that name."""
        return self.zone if self.zone in _zones() else None


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


class Writing(Frozen):
    """What a visitor writes, or the files they send."""

    message_id: UUID
    """Made by the writer; the same id again is the same message and has no second effect."""
    text: Words | None = None
    """The message, or the words of the button that was pressed; none where files are sent."""
    files: Annotated[tuple[str, ...], Field(max_length=MOST_FILES)] = ()
    """The ids of uploaded files that make up the message; it has no text then."""
    choice: Annotated[str, StringConstraints(max_length=64)] | None = None
    """The payload of the button that was pressed."""
    after: Annotated[int, Field(ge=0)] | None = None
    """The last line the writer has; without it the answer holds what came after this message."""

    @model_validator(mode="after")
    def _is_one_thing(self) -> Writing:
        if (self.text is None) != bool(self.files) or (self.files and self.choice is not None):
            raise ValueError("either a text or files are wanted")
        return self


class Uploaded(Frozen):
    """A file that is stored. It is nothing but an upload until a message names it."""

    id: str
    """To be named by a message."""
    name: str
    """As it is kept: without a path, ended by what its content is."""
    kind: str
    """What its content is: `pdf`, `jpg`, `png`, `heic`, `tif`, `webp`, `docx`, `doc` or `xlsx`."""
    size: int
    """In bytes."""
    repeated: bool
    """Whether it was there before, by its id or by its content."""

    @classmethod
    def of(cls, shelved: Shelved) -> Uploaded:
        """What a sender is told."""
        file = shelved.file
        return cls(
            id=file.id, name=file.name, kind=file.kind, size=file.size, repeated=shelved.repeated
        )


class Presence(Frozen):
    """Who speaks for the agency now."""

    owner: Owner
    """bot, waiting (the bot answers and a person has been called), person, or closed."""
    person: str | None
    """The name of the member of staff, while the owner is a person and if they agreed that it is read."""
    language: Language
    """The language the conversation is in."""
    typing: bool = False
    """Whether an answer is still to come to what was written."""


class Got(Frozen):
    """How far an open page has the conversation."""

    delivered: Annotated[int, Field(ge=0, le=2**31 - 1)]
    """The last line it has."""
    seen: Annotated[int, Field(ge=0, le=2**31 - 1)]
    """The last line it had while it was in sight."""


class Chat(Frozen):
    """A conversation, or the end of it."""

    conversation: str
    """Changes when the conversation is another one: then forget the lines you have."""
    presence: Presence
    lines: tuple[PageLine, ...]
    """In order, without gaps of any meaning: numbers may be left out."""
    last: int
    """Ask for lines after this one next time."""


class Sent(Chat):
    """That a message is stored, and what followed."""

    seq: int
    """The message's own number."""
    repeated: bool
    """Whether it had come in before; nothing was done again then."""


def presence(state: State) -> Presence:
    """Who speaks, as the page may know it."""
    with_person = state.owner is Owner.PERSON and state.staff_shown
    person = state.staff_name if with_person else None
    typing = state.waiting is not None
    return Presence(owner=state.owner, person=person, language=state.language, typing=typing)


async def lines_after(reception: Reception, conversation_id: str, after: int) -> list[PageLine]:
    """The lines a visitor may see after a number."""
    found = await reception.transcript(conversation_id, after)
    return [page_line(line, page_id(line.message_id)) for line in found]


async def chat_after(reception: Reception, conversation_id: str, after: int = 0) -> Chat:
    """The conversation from a number on. Raises ConversationNotFoundError."""
    now = presence(await reception.state(conversation_id))
    lines = tuple(await lines_after(reception, conversation_id, after))
    return Chat(
        conversation=conversation_id,
        presence=now,
        lines=lines,
        last=max((line.seq for line in lines), default=after),
    )
