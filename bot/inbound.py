"""What goes through the one door: what a channel hands in, what it gets back, and how that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.events import What
from bot.conversation.reply import Author, Reply
from bot.errors import FileNotKeptError
from bot.files.attachment import Attachment, as_text
from bot.store import files
from bot.store.conversations import ConversationKey
from bot.store.messages import Draft, Message
from bot.store.work import Work
from knowledge.model import Language


@dataclass(frozen=True)
class Inbound:
    """What a channel hands in. `message_id` is the channel's own; a repeat of it has no effect."""

    key: ConversationKey
    message_id: str
    text: str
    choice: str | None = None
    language: Language | None = None
    """What the channel knows of the person's language: a first guess only."""
    what: What | None = None
    """What it is where it is no text; `text` is then a sticker's sign or a contact's number, or empty."""
    patient: bool = False
    """Whether the channel can show an answer that comes by itself: then lines that belong together are one turn."""
    sent_at: datetime | None = None
    """When it was written, where the channel knows."""


@dataclass(frozen=True)
class Edit:
    """A message was changed. `edit_id` is the channel's own id of the change; a repeat of it has no effect."""

    key: ConversationKey
    message_id: str
    """The channel's id of the message that was changed."""
    edit_id: str
    text: str
    language: Language | None = None


@dataclass(frozen=True)
class InboundFiles:
    """Files that are on the shelf already, sent together as one message."""

    key: ConversationKey
    message_id: str
    files: tuple[str, ...]
    """Their ids."""


@dataclass(frozen=True)
class Receipt:
    """That a message is stored: in which conversation, under which number, and whether it was a repeat."""

    conversation_id: str
    seq: int
    repeated: bool


@dataclass(frozen=True)
class Line:
    """A message as a page shows it."""

    seq: int
    author: Author
    kind: str
    """`message`; `reworded` for the new words of a message of the staff; or what only the staff sees: `note`, and
    `edit` for the new words of a message of the prospect."""
    reply: Reply
    at: datetime
    staff_name: str | None
    """For the staff."""
    message_id: str | None
    """The channel's id of what came in, so that a page knows its own message again."""
    of: int | None = None
    """The number of the message that an edit changed."""
    files: tuple[Attachment, ...] = ()
    """What the message brought."""
    shown_name: str | None = None
    """The same name for the prospect, if whoever wrote it had agreed to that."""
    staff_id: str | None = None


def said_by_prospect(inbound: Inbound) -> Draft:
    """A message of a prospect, to be kept."""
    body = {"reply": Reply.of(inbound.text).model_dump(mode="json")}
    return Draft(author=Author.PROSPECT, body=body, inbound_key=inbound.message_id)


def changed_by_prospect(edit: Edit, changed: Message) -> Draft:
    """The new words of a message, to be kept beside the old."""
    body = {"reply": Reply.of(edit.text).model_dump(mode="json"), "of": changed.seq}
    return Draft(
        author=Author.PROSPECT,
        body=body,
        kind="edit",
        in_reply_to=changed.id,
        inbound_key=edit.edit_id,
    )


def brought(work: Work, inbound: InboundFiles, conversation_id: str) -> tuple[Attachment, ...]:
    """The files a message names, each once. Raises FileNotKeptError."""
    found = files.those(work, inbound.files)
    is_theirs = all(file.conversation_id == conversation_id for file in found)
    if not found or len(found) < len(set(inbound.files)) or not is_theirs:
        raise FileNotKeptError("a message names a file that is not there")
    return tuple(map(Attachment.of, found))


def bringing(inbound: InboundFiles, these: tuple[Attachment, ...]) -> Draft:
    """A message that brings files, to be kept."""
    body = {
        "reply": Reply.of(as_text(these)).model_dump(mode="json"),
        "files": [attachment.model_dump(mode="json") for attachment in these],
    }
    return Draft(author=Author.PROSPECT, body=body, inbound_key=inbound.message_id)


def line_of(message: Message) -> Line:
    """A kept message as a page shows it."""
    name = message.body.get("staff_name")
    return Line(
        seq=message.seq,
        author=Author(message.author),
        kind=message.kind,
        reply=Reply.model_validate(message.body["reply"]),
        at=message.created_at,
        staff_name=name,
        shown_name=name if message.body.get("staff_shown") else None,
        message_id=message.inbound_key,
        of=message.body.get("of"),
        files=tuple(map(Attachment.model_validate, message.body.get("files", ()))),
        staff_id=message.staff_id,
    )
