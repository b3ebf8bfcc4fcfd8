"""The pages of the leads: the board, the table, one lead, and what the staff does with a lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response

from bot.conversation.colleagues import READ_IN
from bot.conversation.scene import BEIJING
from bot.desk import forms, lead_filters, lead_views, pages, seeing
from bot.desk.errors import LongTextError, UnreadableFormError
from bot.desk.gate import me, needs
from bot.desk.pages import HOME, Pages, go
from bot.desk.permissions import Permission
from bot.errors import LeadChangedError, LostWithoutReasonError, StaffNotFoundError, TidewaiterError
from bot.leads import board, deliveries, history, registry
from bot.leads.board import Due, Sort
from bot.leads.model import Handling, LeadStatus, LostReason
from bot.live import DESK, Live
from bot.masking import veiled
from bot.store import events, staff
from bot.store.work import Store, Work

LEADS = f"{HOME}/leads"
TABLE = f"{LEADS}/table"
LONGEST_STEP = 200
"""Characters of a next step: what is longer is a note."""

Change = Callable[[Work, Handling], Handling]


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
        """Put the pages on a router; the table comes first, for `{reference}` would fit it too."""
        one = "/leads/{reference}"
        again = f"{one}/deliveries/{{delivery_id}}/again"
        look, handle = [needs(Permission.LOOK)], [needs(Permission.LEADS)]
        get = partial(router.add_api_route, methods=["GET"], dependencies=look)
        post = partial(router.add_api_route, methods=["POST"], dependencies=handle)
        get("/leads", self.show_board)
        get("/leads/table", self.show_table)
        get(one, self.show)
        post(f"{one}/status", self.move, openapi_extra=forms.described("status", "seen"))
        post(f"{one}/owner", self.give, openapi_extra=forms.described("owner", "seen"))
        post(f"{one}/next", self.plan, openapi_extra=forms.described("action", "on", "seen"))
        post(again, self.deliver_again)
        see = [needs(Permission.SEE_PERSONAL)]
        router.add_api_route(
            f"{one}/contact", self.show_contact, methods=["POST"], dependencies=see
        )

    async def show_contact(self, reference: str, request: Request) -> Response:
        """The table with one contact in clear, until the page is loaded anew; that is written down."""
        actor, now = _actor(request), self._clock()

        def work_on(work: Work) -> None:
            lead = registry.find(work, reference)
            about, data = lead.conversation_id, {"reference": reference}
            events.record(
                work, "contact.shown", actor=actor, now=now, conversation_id=about, data=data
            )

        await self._store.run(work_on)
        return await self._table(request, clear=reference)

    async def show_board(self, request: Request) -> Response:
        """The leads in columns, one for each state."""
        return await self._board(request)

    async def show_table(self, request: Request) -> Response:
        """The leads as a table."""
        return await self._table(request)

    async def show(self, reference: str, request: Request) -> Response:
        """One lead; who sees it in clear is written down once a day."""
        lead = await self._store.read(lambda work: registry.find(work, reference))
        about, data = lead.conversation_id, {"reference": reference}
        await seeing.note(
            self._store, me(request), self._clock(), "lead.seen", conversation_id=about, data=data
        )
        return await self._one(request, reference)

    async def move(self, reference: str, request: Request) -> Response:
        """Say how far we are with a lead, and why where it is lost."""
        form = await forms.read(request)
        status = _named(LeadStatus, form.get("status", ""))
        told = form.get("reason", "")
        reason = _named(LostReason, told) if told else None

        def change(_work: Work, handling: Handling) -> Handling:
            return handling.with_(status=status, lost_reason=reason or handling.lost_reason)

        return await self._change(request, reference, form, change)

    async def give(self, reference: str, request: Request) -> Response:
        """Say who looks after a lead."""
        form = await forms.read(request)
        owner = form.get("owner") or None

        def change(work: Work, handling: Handling) -> Handling:
            if owner is not None:
                _active(work, owner)
            return handling.with_(owner_id=owner)

        return await self._change(request, reference, form, change)

    async def plan(self, reference: str, request: Request) -> Response:
        """Say what is to be done next, and by which day."""
        form = await forms.read(request)
        action, on = " ".join(form.get("action", "").split()), _day(form.get("on", ""))

        def change(_work: Work, handling: Handling) -> Handling:
            return handling.with_(next_action=action, next_on=on)

        if len(action) > LONGEST_STEP:
            told = f"A next step has {LONGEST_STEP} characters at most; a note takes more."
            error = LongTextError("a next step that is too long", user_text=told)
            return await self._refused(request, reference, form, error)
        return await self._change(request, reference, form, change)

    async def deliver_again(self, reference: str, delivery_id: str, request: Request) -> Response:
        """Try a delivery anew that has been given up."""
        now, actor = self._clock(), _actor(request)

        def work_on(work: Work) -> None:
            lead = registry.find(work, reference)
            deliveries.again(work, delivery_id)
            history.write(work, lead, history.AGAIN, by=actor, now=now)

        await self._store.run(work_on)
        self._live.publish(DESK)
        return go(f"{LEADS}/{reference}")

    async def _change(
        self, request: Request, reference: str, form: Mapping[str, str], change: Change
    ) -> Response:
        """Handle a lead otherwise, if it still stands as it was shown; the page it was done on comes back."""
        now, actor, seen = self._clock(), _actor(request), _version(form.get("seen", ""))

        def work_on(work: Work) -> None:
            new = change(work, registry.find(work, reference).handling)
            registry.change(work, reference, new, seen=seen, by=actor, now=now)

        try:
            await self._store.run(work_on)
        except (LeadChangedError, LostWithoutReasonError) as error:
            return await self._refused(request, reference, form, error)
        self._live.publish(DESK)
        return go(_back(form) or f"{LEADS}/{reference}")

    async def _refused(
        self, request: Request, reference: str, form: Mapping[str, str], error: TidewaiterError
    ) -> Response:
        """The page it was done on, as things stand now, with what was refused and why."""
        if isinstance(error, LeadChangedError):
            error = await self._store.read(lambda work: _faster(work, reference))
        back = _back(form)
        if back is None:
            return await self._one(request, reference, error)
        shown = self._table if back.startswith(TABLE) else self._board
        return await shown(request, error=error, reference=reference, query=back.partition("?")[2])

    async def _board(self, request: Request, **refused: Any) -> Response:
        return await self._list(request, "board.html", **refused)

    async def _table(self, request: Request, **refused: Any) -> Response:
        return await self._list(request, "leads.html", **refused)

    async def _list(
        self,
        request: Request,
        template: str,
        *,
        error: TidewaiterError | None = None,
        reference: str = "",
        query: str | None = None,
        clear: str | None = None,
    ) -> Response:
        params = request.query_params if query is None else forms.fields(query)
        asked, today = lead_filters.read(params), self._today
        is_board = template == "board.html"

        def look(work: Work) -> lead_views.LeadList:
            if is_board:
                return lead_views.columns(work, asked.wanted, today)
            return lead_views.table(work, asked.wanted, today, asked.sort, asked.page)

        return self._pages.show(
            request,
            template,
            self._clock(),
            status=pages.status_of(error) if error else 200,
            list=await self._store.read(look),
            asked=asked,
            clear=clear,
            veiled=_hint,
            told=f"{reference}: {error.user_text}" if error else None,
            **self._words(),
        )

    async def _one(
        self, request: Request, reference: str, error: TidewaiterError | None = None
    ) -> Response:
        seen = await self._store.read(lambda work: lead_views.page_of(work, reference))
        return self._pages.show(
            request,
            "lead.html",
            self._clock(),
            status=pages.status_of(error) if error else 200,
            page=seen,
            view=seen.view,
            told=error.user_text if error else None,
            history=history,
            longest_step=LONGEST_STEP,
            **self._words(),
        )

    def _words(self) -> dict[str, Any]:
        """What the templates of leads name."""
        return {
            "statuses": list(LeadStatus),
            "reasons": [reason for reason in LostReason if reason is not LostReason.UNKNOWN],
            "board": board,
            "Due": Due,
            "Sort": Sort,
            "today": self._today,
        }

    @property
    def _today(self) -> date:
        return self._clock().astimezone(BEIJING).date()


def _faster(work: Work, reference: str) -> LeadChangedError:
    """Who has changed a lead meanwhile, and how."""
    lines = history.of(work, registry.find(work, reference))
    last = next((line for line in reversed(lines) if line.kind in history.CHANGES), None)
    if last is None:
        return LeadChangedError(f"{reference}: changed")
    names = {each.id: each.name for each in staff.everyone(work)}
    did = history.told(last, names, READ_IN)
    told = f"{history.by_whom(last, names, READ_IN)} was faster: {did[:1].lower()}{did[1:]}. Look again, then decide."
    return LeadChangedError(f"{reference}: changed", user_text=told)


def _named(kind: Callable[[str], Any], text: str) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise UnreadableFormError("no such choice") from None


def _day(text: str) -> date | None:
    """Raises UnreadableFormError."""
    return _named(date.fromisoformat, text) if text else None


def _version(text: str) -> int:
    if not pages.NUMBER.fullmatch(text):
        raise UnreadableFormError("no version of the lead")
    return int(text)


def _active(work: Work, staff_id: str) -> None:
    """Raises UnreadableFormError where nobody of this id may look after a lead."""
    try:
        found = staff.get(work, staff_id)
    except StaffNotFoundError:
        raise UnreadableFormError("no such member of staff") from None
    if not found.is_active:
        raise UnreadableFormError("this account is disabled")


def _back(form: Mapping[str, str]) -> str | None:
    """The list on which it was done, if it was done on one: nowhere else does it lead."""
    back = form.get("back", "")
    path = back.partition("?")[0]
    return back if path in (LEADS, TABLE) and back.isprintable() else None


def _hint(contact: str) -> str:
    """Enough of a contact to tell it from another; of what is neither address nor number, its first sign."""
    hint = veiled(contact)
    return f"{contact[:1]}…" if contact and hint == contact else hint


def _actor(request: Request) -> str:
    return f"staff:{me(request).id}"
