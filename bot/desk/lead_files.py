"""Leads to take away: all of them as CSV and JSON, one as a dossier in PDF. Each taking is written down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from bot.desk import export, lead_views
from bot.desk.gate import me, needs
from bot.desk.pages import PRIVATE
from bot.desk.permissions import Permission
from bot.errors import ConversationNotFoundError
from bot.leads import dossier, history, registry
from bot.leads.dossier import Case
from bot.settings import Settings
from bot.store import conversations, events, staff
from bot.store.work import Store, Work


class LeadFiles:
    """The files of the leads."""

    def __init__(self, store: Store, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock

    def add_to(self, router: APIRouter) -> None:
        """Put them on a router, before the pages: `{reference}` would fit some of them too."""
        take_away, see = [needs(Permission.EXPORT)], [needs(Permission.SEE_PERSONAL)]
        router.add_api_route("/leads.csv", self.as_csv, methods=["GET"], dependencies=take_away)
        router.add_api_route("/leads.json", self.as_json, methods=["GET"], dependencies=take_away)
        router.add_api_route(
            "/leads/{reference}/dossier.pdf", self.as_pdf, methods=["GET"], dependencies=see
        )

    async def as_csv(self, request: Request) -> Response:
        """All leads as a table."""
        rows = await self._exported(request, "csv")
        return self._file(export.to_csv(rows), "text/csv; charset=utf-8", self._all("csv"))

    async def as_json(self, request: Request) -> Response:
        """All leads for programs."""
        rows = await self._exported(request, "json")
        return self._file(export.to_json(rows), "application/json", self._all("json"))

    async def as_pdf(self, reference: str, request: Request) -> Response:
        """One lead on paper: in its own language, or as `?lang=en` asks for."""
        now, by = self._clock(), f"staff:{me(request).id}"

        def work_on(work: Work) -> Case:
            lead = registry.find(work, reference)
            history.write(work, lead, history.DOSSIER, by=by, now=now)
            names = {each.id: each.name for each in staff.everyone(work)}
            return Case(lead, history.of(work, lead), names, _source(work, lead.conversation_id))

        case = await self._store.run(work_on)
        english = request.query_params.get("lang") == "en"
        language = "en" if english else dossier.language_of(case.lead)
        agency = self._settings.agency_name
        made = await asyncio.to_thread(dossier.as_pdf, case, language, agency, now)
        return self._file(made, "application/pdf", f"{reference}.pdf")

    async def _exported(self, request: Request, kind: str) -> Sequence[Mapping[str, Any]]:
        """The rows; that somebody took them all is written down."""
        now, actor = self._clock(), f"staff:{me(request).id}"

        def work_on(work: Work) -> Sequence[Mapping[str, Any]]:
            rows = lead_views.rows(work)
            data = {"kind": kind, "count": len(rows)}
            events.record(work, "leads.exported", actor=actor, now=now, data=data)
            return rows

        return await self._store.run(work_on)

    def _all(self, ending: str) -> str:
        return f"leads-{self._clock():%Y-%m-%d}.{ending}"

    def _file(self, content: str | bytes, media_type: str, name: str) -> Response:
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, headers={**PRIVATE, **disposition}, media_type=media_type)


def _source(work: Work, conversation_id: str | None) -> str | None:
    if conversation_id is None:
        return None
    try:
        return conversations.get(work, conversation_id).source
    except ConversationNotFoundError:
        return None
