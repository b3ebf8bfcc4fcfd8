"""Leads as the console shows them: one line each for the list, everything for the page, flat for files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.desk.card import READ_IN
from bot.intake.showing import shown
from bot.leads import deliveries, enclosing, registry
from bot.leads.model import Delivery, Lead, Line, lines, load_form
from bot.store.files import KeptFile
from bot.store.work import Work

RIGHT_TYPE = "right_type"
PAGE = 50
"""Leads on one page of the list."""


@dataclass(frozen=True)
class LeadView:
    """A lead with its way to the receivers."""

    lead: Lead
    deliveries: Sequence[Delivery]
    files: Sequence[KeptFile] = ()
    """Its files that are still kept; only the page of one lead has them."""

    def shown(self, field_id: str) -> str:
        """An answer as the list shows it; empty where it was left out."""
        value = self.lead.answers.get(field_id, "")
        form = load_form(self.lead.form)
        try:
            return shown(form, field_id, value, READ_IN) if form else value
        except KeyError:
            return value

    @property
    def rights(self) -> str:
        """The kinds of right it is about, each once."""
        paths = [path for path in self.lead.answers if path.endswith(RIGHT_TYPE)]
        return ", ".join(dict.fromkeys(self.shown(path) for path in paths))

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
