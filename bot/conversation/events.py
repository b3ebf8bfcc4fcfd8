"""Everything that can happen to a conversation, and everything it can want done."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from bot.conversation.reply import Author, Reply
from bot.conversation.state import Why
from intents.answer import Frozen
from intents.reading import Reading
from knowledge.model import Language


class Opened(Frozen):
    """The prospect has come in: the page was opened, /start was pressed."""

    kind: Literal["opened"] = "opened"
    language: Language
    source: str | None = None
    """What the link that led here carried."""
    zone: str | None = None
    """The person's time zone, where their channel tells it."""


class MessageReceived(Frozen):
    """The prospect wrote, or pressed a button."""

    kind: Literal["message_received"] = "message_received"
    line: int
    """Its number in the conversation."""
    text: str
    reading: Reading
    choice: str | None = None
    """The payload of the button pressed, if one was."""
    new_reference: str
    """A fresh reference number, used if this message sends an inquiry."""
    lines: tuple[int, ...] = ()
    """The numbers of all messages that this one was read with, where it ends a burst; its own is the last."""
    patient: bool = False
    """Whether an answer may be put off until it is plain that nothing follows."""
    sent_at: datetime | None = None
    """When it was written, where the channel knows."""


class Quiet(Frozen):
    """Nothing followed the messages that were waited with."""

    kind: Literal["quiet"] = "quiet"
    lines: tuple[int, ...]
    text: str
    """All of them as one."""
    reading: Reading
    new_reference: str


class MessageEdited(Frozen):
    """The prospect changed a message that was sent before."""

    kind: Literal["message_edited"] = "message_edited"
    line: int
    """The number of the message that was changed."""
    text: str
    """Its new words; where it was read with others, the latest words of them all."""
    reading: Reading
    lines: tuple[int, ...] = ()
    """The numbers of all messages it was read with, itself among them; none where it was read by itself."""


class What(StrEnum):
    """What was sent where no words were."""

    STICKER = "sticker"
    REACTION = "reaction"
    VOICE = "voice"
    VIDEO_NOTE = "video_note"
    PHOTO = "photo"
    """A picture, where no form asks for one."""
    CONTACT = "contact"
    LOCATION = "location"
    UNSUPPORTED = "unsupported"


class SomethingSent(Frozen):
    """The prospect sent something that is no text."""

    kind: Literal["something_sent"] = "something_sent"
    line: int
    what: What
    says: str = ""
    """The sign of a sticker or a reaction; the telephone number of a contact."""


class FormLeft(Frozen):
    """The clock says that an open form may have been left half-way."""

    kind: Literal["form_left"] = "form_left"
    since: datetime
    """When the prospect last wrote."""
    remind_after: timedelta
    drop_after: timedelta
    may_write: bool
    """Whether the channel lets us write unasked at this moment."""


class ReminderRefused(Frozen):
    """A mail that should have reminded somebody of a renewal was refused for good."""

    kind: Literal["reminder_refused"] = "reminder_refused"
    number: int
    """Which recordation of its form it was of."""
    about: str
    """What the person calls that; empty where they did not say."""
    email: str
    reason: str
    """What the mail server said, without an address."""
    may_write: bool
    """Whether the channel lets us write unasked at this moment."""


class TimeUp(Frozen):
    """The clock says that something is due: a stopped form is forgotten, a matter comes back, a call rings again."""

    kind: Literal["time_up"] = "time_up"
    may_write: bool = True
    """Whether the channel lets us write unasked at this moment."""


class FilesReceived(Frozen):
    """The prospect sent files, one or many together. They are stored already."""

    kind: Literal["files_received"] = "files_received"
    line: int
    """The number in the conversation of the message that brought them."""
    files: tuple[tuple[str, str], ...]
    """(id, name) of each."""


class Staffer(Frozen):
    """A member of the staff, as far as a conversation knows them."""

    id: str
    name: str
    shows_name: bool = False
    """Whether the prospect may read the name; the reception looks up what they agreed to."""


class Taken(Frozen):
    """A member of the staff takes the conversation over."""

    kind: Literal["taken"] = "taken"
    by: Staffer


class Answered(Frozen):
    """A member of the staff writes to the prospect; writing takes over."""

    kind: Literal["answered"] = "answered"
    by: Staffer
    text: str


class Noted(Frozen):
    """A member of the staff writes a note that stays inside."""

    kind: Literal["noted"] = "noted"
    by: Staffer
    text: str


class HandedBack(Frozen):
    """A member of the staff gives the conversation back to the bot."""

    kind: Literal["handed_back"] = "handed_back"
    by: Staffer


class Closed(Frozen):
    """A member of the staff closes the conversation."""

    kind: Literal["closed"] = "closed"
    by: Staffer
    reason: str | None = None
    """One of `bot/conversation/reasons.yaml`."""
    note: str = ""
    """What is to be said of it besides, for colleagues."""


class Transferred(Frozen):
    """Whoever has the conversation gives it to a colleague."""

    kind: Literal["transferred"] = "transferred"
    by: Staffer
    to: Staffer


class Snoozed(Frozen):
    """A member of the staff puts the conversation off until a time."""

    kind: Literal["snoozed"] = "snoozed"
    by: Staffer
    until: datetime


class Woken(Frozen):
    """A member of the staff takes up what was put off."""

    kind: Literal["woken"] = "woken"
    by: Staffer


class Given(Frozen):
    """One answer as staff wrote it; empty leaves the question out."""

    path: str
    text: str
    again: bool = False
    """Whether the very same was given before and refused: what was only doubted is believed then."""


class FilledByStaff(Frozen):
    """A member of the staff fills in the open form for the prospect."""

    kind: Literal["filled_by_staff"] = "filled_by_staff"
    by: Staffer
    answers: tuple[Given, ...]


class AnswerEdited(Frozen):
    """A member of the staff changes the words of a message they sent."""

    kind: Literal["answer_edited"] = "answer_edited"
    by: Staffer
    line: int
    """The number of the message."""
    text: str
    written_by: str | None
    """Whose message it is."""
    written_at: datetime
    can: bool
    """Whether the channel can show it to the prospect."""


OwnerEvent = Taken | HandedBack | Transferred | Closed | Snoozed | Woken
StaffEvent = OwnerEvent | Answered | Noted | FilledByStaff | AnswerEdited
ProspectEvent = Opened | MessageReceived | Quiet | MessageEdited | SomethingSent | FilesReceived
Event = ProspectEvent | FormLeft | ReminderRefused | TimeUp | StaffEvent


class Say(Frozen):
    """A message to the prospect."""

    author: Author
    reply: Reply
    staff_id: str | None = None


class Note(Frozen):
    """A line only the staff sees."""

    text: str
    staff_id: str | None
    """Who of them wrote it; None where the house itself has something to tell them."""


class Reword(Frozen):
    """An earlier message of the staff has other words now; the old ones are kept inside."""

    line: int
    reply: Reply
    staff_id: str


class CallStaff(Frozen):
    """Somebody of the staff should come."""

    reason: str


class RingStaff(Frozen):
    """Nobody has come yet: it rings once more."""

    round: Literal["again", "next"]
    staff_id: str | None = None
    """Who is meant; None is everybody."""


class SubmitLead(Frozen):
    """A finished inquiry goes to the agency."""

    reference: str
    form: str
    answers: dict[str, str]
    """By path; what was left out is absent."""
    put_off: tuple[str, ...] = ()
    """The paths of what is to be given later."""
    consent_version: str
    consent_at: datetime
    language: Language


class SetReminders(Frozen):
    """The days of recordations, to remind the person before a renewal opens and closes."""

    reference: str
    answers: dict[str, str]
    consent_version: str
    consent_at: datetime
    language: Language


class StopReminders(Frozen):
    """No reminder that was set from here is sent any more."""


class Wait(Frozen):
    """The conversation is to be looked at again then: `Quiet`, if nothing has followed, or `TimeUp`."""

    until: datetime


class Forget(Frozen):
    """Everything kept of this person is to be erased then, unless they think better of it."""

    at: datetime


class Rated(Frozen):
    """How it was, in the prospect's own view."""

    mark: Literal["good", "bad"]


class Record(Frozen):
    """A line for the audit log; holds no personal data."""

    what: str
    actor: str
    data: dict[str, str] = {}


class KeepForReview(Frozen):
    """A message is to be understood better next time. It is looked up; nothing of it stands here."""

    line: int
    """The number of the message."""
    language: Language
    why: Why
    was: Why | None = None
    """Why it was kept before, if it was: it counts for its last reason alone."""
    said: tuple[str, ...] = ()
    """The intents that were answered or offered."""
    chosen: str | None = None
    """The intent the prospect chose instead."""


class Refused(Frozen):
    """What a member of the staff wanted cannot be: somebody else was faster, or the moment is gone."""

    why: Literal[
        "owned_by_another",
        "not_with_you",
        "nothing_to_close",
        "cannot_have_it",
        "nothing_to_put_off",
        "no_later_time",
        "no_such_reason",
        "no_form",
        "unfit_answer",
        "not_your_words",
        "too_late",
        "cannot_edit",
    ]
    owner_name: str = ""
    told: str = ""
    """What is wrong, where that is not the same each time."""


Effect = (
    Say
    | Note
    | Reword
    | CallStaff
    | RingStaff
    | SubmitLead
    | SetReminders
    | StopReminders
    | Rated
    | Wait
    | Forget
    | Record
    | KeepForReview
    | Refused
)
