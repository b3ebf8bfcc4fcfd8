"""The pages of the leads: the list, one lead, the files, and what the staff does with a lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response

from bot.desk import export, forms, lead_views, seeing
from bot.desk.errors import UnreadableFormError
from bot.desk.gate import me, needs
from bot.desk.pages import HOME, PRIVATE, Pages, go
from bot.desk.permissions import Permission
from bot.leads import deliveries, registry
from bot.leads.model import LeadStatus
from bot.live import DESK, Live
from bot.masking import veiled
from bot.store import events
from bot.store.work import Store, Work


class Leads:
    """What prospects have sent, and how far it has come."""

    def __init__(
        self, store: Store, live: Live, pages: Pages, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._live = live
        self._pages = pages
        self._clock = clock

    def add_to(self, router: APIRouter) -> None:
        """Put the pages on a router; the files come first, for `{reference}` would fit them too."""
        one = "/leads/{reference}"
        again = f"{one}/deliveries/{{delivery_id}}/again"
        status = forms.described("status")
        look, handle = [needs(Permission.LOOK)], [needs(Permission.LEADS)]
        take_away = [needs(Permission.EXPORT)]
        get = partial(router.add_api_route, methods=["GET"])
        post = partial(router.add_api_route, methods=["POST"], dependencies=handle)
        get("/leads", self.show_list, dependencies=look)
        get("/leads.csv", self.as_csv, dependencies=take_away)
        get("/leads.json", self.as_json, dependencies=take_away)
        get(one, self.show, dependencies=look)
        post(f"{one}/status", self.set_status, openapi_extra=status)
        post(again, self.deliver_again)
        see = [needs(Permission.SEE_PERSONAL)]
        router.add_api_route(
            f"{one}/contact", self.show_contact, methods=["POST"], dependencies=see
        )

    async def show_list(self, request: Request) -> Response:
        """The leads, newest first."""
        return await self._list(request)

    async def show_contact(self, reference: str, request: Request) -> Response:
        """The same with one contact in clear, until the page is loaded anew; that is written down."""
        actor, now = _actor(request), self._clock()

        def work_on(work: Work) -> None:
            lead = registry.find(work, reference)
            about, data = lead.conversation_id, {"reference": reference}
            events.record(
                work, "contact.shown", actor=actor, now=now, conversation_id=about, data=data
            )

        await self._store.run(work_on)
        return await self._list(request, clear=reference)

    async def _list(self, request: Request, clear: str | None = None) -> Response:
        after = request.query_params.get("after")
        seen = await self._store.read(lambda work: lead_views.page_of(work, after))
        return self._pages.show(
            request, "leads.html", self._clock(), list=seen, after=after, clear=clear, veiled=_hint
        )

    async def show(self, reference: str, request: Request) -> Response:
        """One lead."""
        seen = await self._store.read(lambda work: lead_views.one(work, reference))
        about, data = seen.lead.conversation_id, {"reference": reference}
        await seeing.note(
            self._store, me(request), self._clock(), "lead.seen", conversation_id=about, data=data
        )
        return self._pages.show(
            request, "lead.html", self._clock(), view=seen, statuses=list(LeadStatus)
        )

    async def set_status(self, reference: str, request: Request) -> Response:
        """Say how far the agency is with a lead."""
        status = _status((await forms.read(request)).get("status", ""))
        now, actor = self._clock(), _actor(request)

        def work_on(work: Work) -> None:
            lead = registry.find(work, reference)
            registry.set_status(work, lead.id, status, now=now)
            data = {"reference": reference, "status": status.value}
            about = lead.conversation_id
            events.record(
                work, "lead.status", actor=actor, now=now, conversation_id=about, data=data
            )

        return await self._done(work_on, reference)

    async def deliver_again(self, reference: str, delivery_id: str, request: Request) -> Response:
        """Try a delivery anew that has been given up."""
        now, actor = self._clock(), _actor(request)

        def work_on(work: Work) -> None:
            lead = registry.find(work, reference)
            deliveries.again(work, delivery_id)
            data = {"reference": reference}
            about = lead.conversation_id
            events.record(
                work, "lead.sent_again", actor=actor, now=now, conversation_id=about, data=data
            )

        return await self._done(work_on, reference)

    async def as_csv(self, request: Request) -> Response:
        """All leads as a table."""
        rows = await self._exported(request, "csv")
        return self._file(export.to_csv(rows), "text/csv; charset=utf-8", "csv")

    async def as_json(self, request: Request) -> Response:
        """All leads for programs."""
        rows = await self._exported(request, "json")
        return self._file(export.to_json(rows), "application/json", "json")

    async def _exported(self, request: Request, kind: str) -> Sequence[Mapping[str, Any]]:
        """The rows; that somebody took them all is written down."""
        now, actor = self._clock(), _actor(request)

        def work_on(work: Work) -> Sequence[Mapping[str, Any]]:
            rows = lead_views.rows(work)
            data = {"kind": kind, "count": len(rows)}
            events.record(work, "leads.exported", actor=actor, now=now, data=data)
            return rows

        return await self._store.run(work_on)

    def _file(self, text: str, media_type: str, ending: str) -> Response:
        name = f"leads-{self._clock():%Y-%m-%d}.{ending}"
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, headers={**PRIVATE, **disposition}, media_type=media_type)

    async def _done(self, work_on: Callable[[Work], None], reference: str) -> Response:
        await self._store.run(work_on)
        self._live.publish(DESK)
        return go(f"{HOME}/leads/{reference}")


def _status(text: str) -> LeadStatus:
    try:
        return LeadStatus(text)
    except ValueError:
        raise UnreadableFormError("no such status") from None


def _hint(contact: str) -> str:
    """Enough of a contact to tell it from another; of what is neither address nor number, its first sign."""
    hint = veiled(contact)
    return f"{contact[:1]}…" if contact and hint == contact else hint


def _actor(request: Request) -> str:
    return f"staff:{me(request).id}"
