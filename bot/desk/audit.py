"""The audit log: who of the staff did what and when. It is read and exported; nothing here changes a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from bot.desk import clocks, deeds, export
from bot.desk.clocks import Clock
from bot.desk.gate import me, needs
from bot.desk.pages import PRIVATE, Pages
from bot.desk.permissions import Permission
from bot.store import events, staff
from bot.store.events import Event, Sought
from bot.store.staff import Staff
from bot.store.work import Store, Work

PAGE = 100
"""Lines on one page."""
MOST_EXPORTED = 50_000


@dataclass(frozen=True)
class Entry:
    """A line as a person reads it."""

    at: datetime
    who: str
    deed: str
    about: str
    lead: str | None
    """A reference, where it is about a lead."""
    conversation_id: str | None


@dataclass(frozen=True)
class AuditView:
    """One page of the log, and what it can be narrowed to."""

    entries: Sequence[Entry]
    people: Sequence[Staff]
    kinds: Mapping[str, str]
    older: str | None
    """The query of the next page, if there is one."""
    query: str


class Audit:
    """The page and its file."""

    def __init__(self, store: Store, pages: Pages, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._pages = pages
        self._clock = clock

    def add_to(self, router: APIRouter) -> None:
        """Put the page on a router. There is nothing to post."""
        get = partial(
            router.add_api_route, methods=["GET"], dependencies=[needs(Permission.PEOPLE)]
        )
        get("/people/audit", self.show)
        get("/people/audit.csv", self.as_csv)

    async def show(self, request: Request) -> Response:
        """The latest lines, narrowed by person, kind and days."""
        given = request.query_params
        sought = _sought(given, clocks.of(request, self._clock()))
        before = given.get("before", "")
        seen = await self._store.read(partial(_view, sought=sought, given=given, before=before))
        return self._pages.show(request, "audit.html", self._clock(), view=seen, given=given)

    async def as_csv(self, request: Request) -> Response:
        """The same lines, all of them, as a table; that it was taken is a line too."""
        now = self._clock()
        sought = _sought(request.query_params, clocks.of(request, now))

        def work_on(work: Work) -> list[Mapping[str, str]]:
            found = events.of_staff(work, sought, limit=MOST_EXPORTED)
            rows = [_row(event, _names(work)) for event in found]
            actor, data = f"staff:{me(request).id}", {"count": len(rows)}
            events.record(work, "audit.exported", actor=actor, now=now, data=data)
            return rows

        rows = await self._store.run(work_on)
        name = {"Content-Disposition": f'attachment; filename="audit-{now:%Y-%m-%d}.csv"'}
        text = export.to_csv(rows)
        return Response(text, headers={**PRIVATE, **name}, media_type="text/csv; charset=utf-8")


def _view(work: Work, sought: Sought, given: Mapping[str, str], before: str) -> AuditView:
    turned = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    found = events.of_staff(work, sought, before=turned, limit=PAGE + 1)
    names = _names(work)
    kept = {key: given[key] for key in ("person", "kind", "from", "to") if given.get(key)}
    older = urlencode({**kept, "before": found[PAGE - 1].id}) if len(found) > PAGE else None
    return AuditView(
        entries=[_entry(event, names) for event in found[:PAGE]],
        people=staff.everyone(work),
        kinds={kind: deeds.of(kind) for kind in events.kinds_of_staff(work)},
        older=older,
        query=urlencode(kept),
    )


def _names(work: Work) -> Mapping[str, str]:
    return {one.id: one.name for one in staff.everyone(work)}


def _entry(event: Event, names: Mapping[str, str]) -> Entry:
    lead = event.data.get("reference")
    return Entry(
        at=event.at,
        who=_who(event.actor, names),
        deed=deeds.of(event.kind),
        about=deeds.about(event.data, names),
        lead=str(lead) if lead else None,
        conversation_id=event.conversation_id,
    )


def _row(event: Event, names: Mapping[str, str]) -> Mapping[str, str]:
    data = " ".join(f"{key}={value}" for key, value in event.data.items())
    return {
        "id": str(event.id),
        "at": event.at.isoformat(),
        "actor": event.actor,
        "name": _who(event.actor, names),
        "kind": event.kind,
        "conversation": event.conversation_id or "",
        "data": data,
    }


def _who(actor: str, names: Mapping[str, str]) -> str:
    if actor == events.OPERATOR:
        return "The operator, by the command"
    return names.get(actor.removeprefix("staff:"), actor)


def _sought(given: Mapping[str, str], clock: Clock) -> Sought:
    """What the address narrows to; what cannot be read narrows nothing."""
    end = _midnight(given.get("to"), clock)
    return Sought(
        actor=given.get("person") or None,
        kind=given.get("kind") or None,
        start=_midnight(given.get("from"), clock),
        end=end + timedelta(days=1) if end else None,
    )


def _midnight(text: str | None, clock: Clock) -> datetime | None:
    try:
        day = date.fromisoformat(text or "")
        return datetime.combine(day, time(), clock.zone)
    except (ValueError, OverflowError):
        return None
