"""A lead: what a prospect told us, that they agreed to it, and how far we are with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from bot.intake import form as forms
from bot.intake.kinds import FieldKind
from bot.intake.kinds.files import files
from bot.intake.showing import rows
from bot.leads import urgency
from knowledge.errors import DataFileError
from knowledge.model import Language


class Frozen(BaseModel):
    """A value: never changed, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LeadStatus(StrEnum):
    """How far the agency is with a lead."""

    NEW = "new"
    """Nobody has answered the prospect yet."""
    CONTACTED = "contacted"
    ENGAGED = "engaged"
    """The prospect has answered and talks with us."""
    WON = "won"
    LOST = "lost"

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done to win it."""
        return self in (LeadStatus.WON, LeadStatus.LOST)

    @classmethod
    def read(cls, written: str) -> LeadStatus:
        """A state as the journal has it; in the states of earlier versions, too."""
        return _FORMER.get(written) or cls(written)


_FORMER = {"in_hand": LeadStatus.CONTACTED, "closed": LeadStatus.LOST}


class LostReason(StrEnum):
    """Why a lead was lost."""

    NO_ANSWER = "no_answer"
    PRICE = "price"
    ELSEWHERE = "elsewhere"
    NOT_POSSIBLE = "not_possible"
    GIVEN_UP = "given_up"
    DUPLICATE = "duplicate"
    NO_INQUIRY = "no_inquiry"
    """Spam, a test, a mistake."""
    UNKNOWN = "unknown"
    """Closed before outcomes were kept: it may even have been won."""


class DeliveryState(StrEnum):
    """How far a lead is on its way to a receiver."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class NewLead(Frozen):
    """A finished form, as the conversation hands it over."""

    conversation_id: str
    reference: str
    form: str
    answers: dict[str, str]
    """Path in the form -> what was answered; what was left out is absent."""
    put_off: tuple[str, ...] = ()
    """The paths of what is to be given later."""
    consent_version: str
    """Which wording of the consent the prospect agreed to."""
    consent_at: datetime
    language: Language


class Handling(Frozen):
    """What the agency does about a lead."""

    status: LeadStatus = LeadStatus.NEW
    owner_id: str | None = None
    """The member of staff who looks after it."""
    next_action: str = ""
    """What is to be done next, in a few words; sealed at rest."""
    next_on: date | None = None
    """The day, in Beijing, by which that is to be done."""
    lost_reason: LostReason | None = None

    def with_(self, **changes: object) -> Handling:
        """The same with some of it changed."""
        return self.model_copy(update=changes)

    def settled(self) -> Handling:
        """Without what has no meaning where it stands: a reason while not lost, a next step once it is over."""
        reason = self.lost_reason if self.status is LeadStatus.LOST else None
        if self.status.is_over:
            return self.with_(lost_reason=reason, next_action="", next_on=None)
        return self.with_(lost_reason=reason)


class Lead(Frozen):
    """A lead as it is kept."""

    id: str
    reference: str
    conversation_id: str | None
    """None once the conversation has been erased."""
    form: str
    answers: dict[str, str]
    put_off: tuple[str, ...] = ()
    consent_version: str
    consent_at: datetime
    language: Language
    handling: Handling = Handling()
    version: int = 0
    """How often the handling was changed: who changes it says which one they saw."""
    created_at: datetime
    updated_at: datetime

    @property
    def status(self) -> LeadStatus:
        """How far we are with it."""
        return self.handling.status

    @property
    def urgency(self) -> str:
        """What the prospect chose for how urgent it is; empty where they were not asked."""
        return urgency.of(load_form(self.form), self.answers)


@dataclass(frozen=True)
class Delivery:
    """One lead on its way to one receiver."""

    id: str
    lead_id: str
    target: str
    key: str
    """The idempotency key, the same on every attempt."""
    state: DeliveryState
    attempts: int
    last_error: str | None
    """Why the last attempt failed, without anything personal."""
    sent_at: datetime | None
    created_at: datetime


class Line(NamedTuple):
    """One answer as a person reads it."""

    label: str
    text: str


def lines(lead: Lead, language: Language) -> list[Line]:
    """The answers in the form's order, with its labels; options by their names.

    A form this version no longer has, or a field it no longer has, is shown by its ids.
    """
    form = load_form(lead.form)
    if form is None:
        return [Line(path, value) for path, value in lead.answers.items() if value]
    return [Line(*row) for row in rows(form, lead.answers, language)]


def files_of(lead: Lead) -> tuple[tuple[str, str], ...]:
    """(id, name) of the files that belong to a lead, in the order they came."""
    return tuple(file for path in _of_files(lead) for file in files(lead.answers[path]))


def _of_files(lead: Lead) -> list[str]:
    """The paths of the answers that are files."""
    form = load_form(lead.form)
    kinds = {name: field.kind for name, field in form.keyed()} if form else {}
    return [path for path in lead.answers if kinds.get(forms.key(path)) is FieldKind.FILES]


def load_form(form_id: str) -> forms.Form | None:
    """The form of that id, if this version has it."""
    try:
        return forms.load(form_id)
    except (DataFileError, KeyError):
        return None


def plain(lead: Lead) -> Mapping[str, Any]:
    """A lead as one flat row of plain values, for export; files are a list of `{"id": ..., "name": ...}`."""
    row = lead.model_dump(mode="json", exclude={"answers", "handling", "version"})
    row |= lead.handling.model_dump(mode="json")
    answers: dict[str, Any] = dict(lead.answers)
    for path in _of_files(lead):
        answers[path] = [{"id": id_, "name": name} for id_, name in files(lead.answers[path])]
    return row | {f"answer.{path}": value for path, value in answers.items()}
