"""Leads as the console shows them: one line each for the list, everything for the page, flat for files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.desk.card import READ_IN
from bot.intake.form import Field, key
from bot.intake.showing import shown
from bot.leads import deliveries, enclosing, registry
from bot.leads.model import Delivery, Lead, Line, lines, load_form
from bot.store.files import KeptFile
from bot.store.work import Work

PAGE = 50
"""Leads on one page of the list."""


@dataclass(frozen=True)
class LeadView:
    """A lead with its way to the receivers."""

    lead: Lead
    deliveries: Sequence[Delivery]
    files: Sequence[KeptFile] = ()
    """Its files that are still kept; only the page of one lead has them."""

    def told(self, part: str) -> str:
        """What the answers tell of the case, such as `country`: each once; empty where that was left out."""
        return self._joined(lambda field: field.tells == part)

    @property
    def urgency(self) -> str:
        """How urgent it is, as it was answered."""
        return self._joined(lambda field: field.urgent is not None)

    @property
    def is_urgent(self) -> bool:
        """Whether a person was called at once."""
        form = load_form(self.lead.form)
        return form is not None and form.is_urgent(self.lead.answers)

    def _joined(self, wanted: Callable[[Field], bool]) -> str:
        """The answers to fields of a kind; nothing of a form or a field that this version no longer has."""
        form = load_form(self.lead.form)
        fields = dict(form.keyed()) if form else {}
        found = [
            shown(form, path, value, READ_IN)
            for path, value in self.lead.answers.items()
            if form and key(path) in fields and wanted(fields[key(path)])
        ]
        return ", ".join(dict.fromkeys(found))

    @property
    def lines(self) -> list[Line]:
        """All answers, labelled."""
        return lines(self.lead, READ_IN)


@dataclass(frozen=True)
class LeadList:
    """One page of the list."""

    leads: Sequence[LeadView]
    older: str | None
    """The reference the next page begins after, if there is one."""


def page_of(work: Work, after: str | None) -> LeadList:
    """The newest leads, or those older than a reference. Raises LeadNotFoundError."""
    before = registry.find(work, after) if after else None
    found = registry.latest(work, before=before, limit=PAGE + 1)
    these = found[:PAGE]
    return LeadList(
        _with_deliveries(work, these), these[-1].reference if len(found) > PAGE else None
    )


def one(work: Work, reference: str) -> LeadView:
    """A lead by its reference. Raises LeadNotFoundError."""
    view = _with_deliveries(work, [registry.find(work, reference)])[0]
    return replace(view, files=enclosing.kept(work, view.lead))


def rows(work: Work) -> list[Mapping[str, Any]]:
    """Every lead as one flat row, oldest first, with the state of each delivery."""
    leads = [dict(row) for row in registry.export(work)]
    by_lead = _by_lead(work, [str(row["id"]) for row in leads])
    return [row | _states(by_lead.get(str(row["id"]), ())) for row in leads]


def _states(found: Sequence[Delivery]) -> dict[str, str]:
    return {f"delivery.{delivery.target}": delivery.state.value for delivery in found}


def _with_deliveries(work: Work, leads: Sequence[Lead]) -> list[LeadView]:
    by_lead = _by_lead(work, [lead.id for lead in leads])
    return [LeadView(lead, by_lead.get(lead.id, ())) for lead in leads]


def _by_lead(work: Work, lead_ids: Sequence[str]) -> dict[str, list[Delivery]]:
    found: dict[str, list[Delivery]] = {}
    for delivery in deliveries.of_leads(work, lead_ids):
        found.setdefault(delivery.lead_id, []).append(delivery)
    return found
