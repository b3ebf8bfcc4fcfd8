"""What was done with a lead, by whom and when: lines of the journal that bear its reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Select, select

from bot.leads.model import Handling, Lead, LeadStatus
from bot.store import events
from bot.store.events import Event
from bot.store.tables import EventRow
from bot.store.work import Work
from knowledge.model import Language
from knowledge.sayings import Sayings

SENT, DELIVERED, NOT_DELIVERED = "lead_sent", "lead.delivered", "lead.delivery_failed"
AGAIN, MOVED, GIVEN, PLANNED = "lead.sent_again", "lead.status", "lead.owner", "lead.next"
DOSSIER = "lead.dossier"
KINDS = (SENT, DELIVERED, NOT_DELIVERED, AGAIN, MOVED, GIVEN, PLANNED, DOSSIER)
CHANGES = (MOVED, GIVEN, PLANNED)
STAFF = "staff:"

say = Sayings(Path(__file__).parent / "words.yaml").say


def write(
    work: Work, lead: Lead, kind: str, *, by: str, now: datetime, data: Mapping[str, str] = {}
) -> None:
    """One line about a lead; nothing personal goes into `data`."""
    about = {"reference": lead.reference, **data}
    events.record(work, kind, actor=by, now=now, conversation_id=lead.conversation_id, data=about)


def write_changes(work: Work, before: Lead, new: Handling, *, by: str, now: datetime) -> None:
    """A line for each thing that is handled otherwise now. What is to be done next is not told, only its day."""
    for kind, data in _changes(before.handling, new):
        write(work, before, kind, by=by, now=now, data=data)


def _changes(old: Handling, new: Handling) -> Iterator[tuple[str, dict[str, str]]]:
    if (old.status, old.lost_reason) != (new.status, new.lost_reason):
        reason = {"reason": new.lost_reason.value} if new.lost_reason else {}
        yield MOVED, {"from": old.status.value, "status": new.status.value, **reason}
    if old.owner_id != new.owner_id:
        yield GIVEN, {"from": old.owner_id or "", "to": new.owner_id or ""}
    if (old.next_action, old.next_on) != (new.next_action, new.next_on):
        yield PLANNED, {"on": new.next_on.isoformat() if new.next_on else ""}


def of(work: Work, lead: Lead) -> list[Event]:
    """The lines about a lead, oldest first; also after its conversation has been erased."""
    return events.found(work, _about(lead, KINDS).order_by(EventRow.id))


def last_by(work: Work, lead: Lead) -> str | None:
    """Who changed how a lead is handled last, as `staff:<id>`."""
    query = _about(lead, CHANGES).order_by(EventRow.id.desc()).limit(1)
    return next((line.actor for line in events.found(work, query)), None)


def _about(lead: Lead, kinds: tuple[str, ...]) -> Select[EventRow]:
    query = select(EventRow).where(
        EventRow.kind.in_(kinds), EventRow.data["reference"].as_string() == lead.reference
    )
    if lead.conversation_id is not None:
        query = query.where(EventRow.conversation_id == lead.conversation_id)
    return query


def told(line: Event, names: Mapping[str, str], language: Language) -> str:
    """One line in words; `names` are the staff's by their ids."""
    data = line.data
    if line.kind == MOVED:
        status = say(f"status_{LeadStatus.read(data['status']).value}", language)
        moved = say("moved", language, status=status)
        reason = data.get("reason")
        return because(moved, reason, language) if reason else moved
    if line.kind == GIVEN:
        to = data["to"]
        return (
            say("given", language, name=called(to, names, language))
            if to
            else say("freed", language)
        )
    if line.kind == PLANNED:
        day = data["on"]
        return say("planned", language, day=day) if day else say("unplanned", language)
    return say(_WORDS[line.kind], language)


def because(state: str, reason: str, language: Language) -> str:
    """A state with the reason for it."""
    return say("because", language, state=state, reason=say(f"lost_{reason}", language))


_WORDS = {
    SENT: "sent",
    DELIVERED: "delivered",
    NOT_DELIVERED: "not_delivered",
    AGAIN: "again",
    DOSSIER: "dossier",
}


def by_whom(line: Event, names: Mapping[str, str], language: Language) -> str:
    """Who did it."""
    if line.actor.startswith(STAFF):
        return called(line.actor.removeprefix(STAFF), names, language)
    return say("prospect" if line.actor == "prospect" else "system", language)


def called(staff_id: str, names: Mapping[str, str], language: Language) -> str:
    """A member of staff by name; one whose account is gone is a former colleague."""
    return names.get(staff_id) or say("former", language)
