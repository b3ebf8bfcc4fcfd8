"""What the staff settles about a conversation's owner: give it on, put it off, take it up, close it with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.conversation.events import (
    Closed,
    Snoozed,
    Staffer,
    StaffEvent,
    Transferred,
    Woken,
)
from bot.conversation.hours import Hours
from bot.conversation.reasons import reasons
from bot.desk.clocks import Clock
from bot.desk.errors import LongTextError, UnreadableFormError
from bot.desk.pages import LONGEST_TEXT
from bot.desk.permissions import Permission, may
from bot.errors import ActionRefusedError, StaffNotFoundError
from bot.outgoing import REFUSALS
from bot.store import staff
from bot.store.staff import Staff
from bot.store.work import Store, Work
from knowledge.model import Language

FIELDS: Mapping[str, tuple[str, ...]] = {
    "close": ("once",),
    "transfer": ("once", "to"),
    "snooze": ("once",),
    "wake": ("once",),
}
"""The acts, and the fields that each form must have; `close` may have `reason` and `note`, `snooze` has one of `until`
and `at`."""
STAFF_READS: Language = "en"


@dataclass(frozen=True)
class Choices:
    """What the forms offer."""

    colleagues: Sequence[Staff]
    times: Sequence[tuple[str, datetime]]
    reasons: Sequence[tuple[str, str]]


async def choices(store: Store, me: Staff, hours: Hours, now: datetime) -> Choices:
    """What may be chosen at this moment by this member of the staff."""
    people = await store.read(staff.everyone)
    return Choices(
        colleagues=[each for each in people if each.id != me.id and _talks(each)],
        times=times(hours, now),
        reasons=[(name, words[STAFF_READS]) for name, words in reasons().items()],
    )


def times(hours: Hours, now: datetime) -> list[tuple[str, datetime]]:
    """Times to put something off to: the next hour, then moments at which somebody is at the desk."""
    found = [("In an hour", now + timedelta(hours=1))]
    midnight = datetime.combine(now.astimezone(hours.there), time(), hours.there)
    for label, days in (("Next working day", 1), ("In three days", 3), ("In a week", 7)):
        opening = hours.opens(midnight + timedelta(days=days))
        if opening is not None and opening > found[-1][1]:
            found.append((label, opening))
    return found


async def event(
    store: Store, name: str, by: Staffer, form: Mapping[str, str], clock: Clock
) -> StaffEvent:
    """What was pressed, as the conversation knows it. Raises ActionRefusedError, UnreadableFormError, LongTextError."""
    if name == "transfer":
        to = form.get("to", "")
        return Transferred(by=by, to=await store.read(lambda work: _colleague(work, to)))
    if name == "snooze":
        return Snoozed(by=by, until=_until(form, clock))
    if name == "wake":
        return Woken(by=by)
    note = form.get("note", "")
    if len(note) > LONGEST_TEXT:
        raise LongTextError(f"a note of {len(note)} characters")
    return Closed(by=by, reason=form.get("reason") or None, note=note)


def _talks(who: Staff) -> bool:
    return who.is_active and may(who.role, Permission.TALK)


def _colleague(work: Work, staff_id: str) -> Staffer:
    try:
        found = staff.get(work, staff_id)
    except StaffNotFoundError:
        said = REFUSALS["cannot_have_it"].format(name="Nobody you have chosen")
        raise ActionRefusedError("transfer: to nobody", user_text=said) from None
    return Staffer(id=found.id, name=found.name)


def _until(form: Mapping[str, str], clock: Clock) -> datetime:
    """The time of the reader's own clock where one was given, else the one that was chosen."""
    try:
        if form.get("at"):
            return datetime.fromisoformat(form["at"]).replace(tzinfo=clock.zone)
        until = datetime.fromisoformat(form.get("until", ""))
    except ValueError:
        raise UnreadableFormError("no time to put it off to") from None
    return until if until.tzinfo else until.replace(tzinfo=clock.zone)
