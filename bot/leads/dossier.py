"""A lead on paper: how it stands, what was said, agreed and sent, and what was done with it; one PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.intake import form as forms
from bot.leads import history
from bot.leads.history import say
from bot.leads.model import Lead, Line, files_of, lines, load_form
from bot.papers.typesetting import can_set, typeset
from bot.store.events import Event
from knowledge import rendering
from knowledge.model import Language

BEIJING = ZoneInfo("Asia/Shanghai")
"""The agency's clock: a paper has no reader's own."""


@dataclass(frozen=True)
class Case:
    """What the paper is made of."""

    lead: Lead
    history: Sequence[Event]
    names: Mapping[str, str]
    """The staff by their ids."""
    source: str | None = None


def language_of(lead: Lead) -> Language:
    """The lead's language, or English where this machine has no font for it."""
    return lead.language if can_set(lead.language) else "en"


def as_pdf(case: Case, language: Language, agency: str, now: datetime) -> bytes:
    """The paper. Raises PaperError where the machine cannot set it."""
    data = content(case, language, agency, now)
    return typeset("dossier.typ", language, data, now.astimezone(BEIJING).date(), "pdf")


def content(case: Case, language: Language, agency: str, now: datetime) -> dict[str, Any]:
    """What stands on the paper, as the template takes it."""
    lead = case.lead
    day = rendering.day(now.astimezone(BEIJING).date(), language)
    names = [name for _, name in files_of(lead)]
    return {
        "title": say("title", language, reference=lead.reference),
        "made": say("made", language, day=day, agency=agency),
        "confidential": say("confidential", language),
        "sections": [
            {"title": say("about", language), "rows": _about(case, language)},
            {
                "title": say("answers", language),
                "rows": [*lines(lead, language), *_later(lead, language)],
            },
            {
                "title": say("files", language),
                "rows": [["", name] for name in names] or [["", say("no_files", language)]],
            },
        ],
        "history_title": say("history", language),
        "history": [
            [
                moment(line.at),
                history.by_whom(line, case.names, language),
                history.told(line, case.names, language),
            ]
            for line in case.history
        ],
    }


def _about(case: Case, language: Language) -> list[Line]:
    lead, handling = case.lead, case.lead.handling
    state = say(f"status_{handling.status.value}", language)
    if handling.lost_reason is not None:
        state = history.because(state, handling.lost_reason.value, language)
    owner = handling.owner_id and history.called(handling.owner_id, case.names, language)
    step = " · ".join(
        part
        for part in (handling.next_on and handling.next_on.isoformat(), handling.next_action)
        if part
    )
    consent = say(
        "consent_given", language, at=moment(lead.consent_at), version=lead.consent_version
    )
    told = (
        ("received", moment(lead.created_at)),
        ("language", say(f"language_{lead.language}", language)),
        ("source", case.source or ""),
        ("state", state),
        ("owner", owner or say("nobody", language)),
        ("next", step),
        ("consent", consent),
    )
    return [Line(say(key, language), text) for key, text in told if text]


def _later(lead: Lead, language: Language) -> list[Line]:
    """What is to be given later, by its labels; nothing of a form that this version no longer has."""
    form = load_form(lead.form)
    if form is None or not lead.put_off:
        return []
    known = {name for name, _ in form.keyed()}
    labels = [form.label(language, path) for path in lead.put_off if forms.key(path) in known]
    return [Line(say("put_off", language), rendering.listed(labels, language))] if labels else []


def moment(at: datetime) -> str:
    """A moment by the agency's clock."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M} (UTC+8)"
