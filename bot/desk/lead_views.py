"""Leads as the console shows them: one line each for the list, everything for the page, flat for files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.conversation.colleagues import READ_IN
from bot.intake.form import Field, key
from bot.intake.showing import shown
from bot.leads import board, deliveries, enclosing, history, registry
from bot.leads.board import Sort, Wanted
from bot.leads.model import Delivery, Lead, LeadStatus, Line, lines, load_form
from bot.store import staff
from bot.store.events import Event
from bot.store.files import KeptFile
from bot.store.staff import Staff
from bot.store.work import Work

PAGE = 50
"""Leads on one page of the table."""
IN_COLUMN = 20
"""Leads in a column of the board; the table has them all."""


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
class LeadPage:
    """All that the page of one lead shows."""

    view: LeadView
    history: Sequence[Event]
    staff: Sequence[Staff]

    @property
    def names(self) -> Mapping[str, str]:
        """The staff's names by their ids."""
        return {each.id: each.name for each in self.staff}


@dataclass(frozen=True)
class Column:
    """The leads of one state, the first of them."""

    status: LeadStatus
    count: int
    leads: Sequence[LeadView]


@dataclass(frozen=True)
class LeadList:
    """The board or the table as it is shown."""

    columns: Sequence[Column] = ()
    leads: Sequence[LeadView] = ()
    count: int = 0
    page: int = 1
    pages: int = 1
    counts: Mapping[LeadStatus, int] = field(default_factory=dict)
    staff: Sequence[Staff] = ()

    @property
    def names(self) -> Mapping[str, str]:
        """The staff's names by their ids."""
        return {each.id: each.name for each in self.staff}


def columns(work: Work, wanted: Wanted, today: date) -> LeadList:
    """The board: a column for each state."""
    counts = board.counts(work, wanted, today)

    def column(status: LeadStatus) -> Column:
        sort = Sort.NEWEST if status.is_over else Sort.PRESSING
        here = replace(wanted, status=status)
        leads = board.found(work, here, today, sort=sort, limit=IN_COLUMN)
        return Column(status, counts[status], _with_deliveries(work, leads))

    shown = [status for status in LeadStatus if wanted.status in (None, status)]
    return LeadList(
        columns=[column(status) for status in shown],
        count=sum(counts.values()),
        counts=counts,
        staff=staff.everyone(work),
    )


def table(work: Work, wanted: Wanted, today: date, sort: Sort, page: int) -> LeadList:
    """One page of the table, counted from 1."""
    count = board.count(work, wanted, today)
    pages = max(1, -(-count // PAGE))
    page = min(page, pages)
    offset = (page - 1) * PAGE
    leads = board.found(work, wanted, today, sort=sort, limit=PAGE, offset=offset)
    return LeadList(
        leads=_with_deliveries(work, leads),
        count=count,
        page=page,
        pages=pages,
        staff=staff.everyone(work),
    )


def one(work: Work, reference: str) -> LeadView:
    """A lead by its reference. Raises LeadNotFoundError."""
    view = _with_deliveries(work, [registry.find(work, reference)])[0]
    return replace(view, files=enclosing.kept(work, view.lead))


def page_of(work: Work, reference: str) -> LeadPage:
    """Everything about a lead. Raises LeadNotFoundError."""
    view = one(work, reference)
    return LeadPage(view, history.of(work, view.lead), staff.everyone(work))


def rows(work: Work) -> list[Mapping[str, Any]]:
    """Every lead as one flat row, oldest first, with the state of each delivery."""
    leads = [dict(row) for row in registry.export(work)]
    names = {each.id: each.name for each in staff.everyone(work)}
    by_lead = _by_lead(work, [str(row["id"]) for row in leads])
    return [
        row | {"owner": names.get(row["owner_id"], "")} | _states(by_lead.get(str(row["id"]), ()))
        for row in leads
    ]


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
