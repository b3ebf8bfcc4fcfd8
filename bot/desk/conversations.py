"""The pages of the queue and of one conversation, and what the staff does there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from fastapi import APIRouter, Request, Response

from bot.conversation.events import (
    Answered,
    FilledByStaff,
    HandedBack,
    Noted,
    Staffer,
    StaffEvent,
    Taken,
)
from bot.conversation.owner import Move
from bot.desk import (
    badges,
    clocks,
    editing,
    filling_in,
    forms,
    helping,
    owner_acts,
    pages,
    queue,
    seeing,
    talk,
)
from bot.desk.badges import Badges
from bot.desk.errors import EmptyTextError, LongTextError
from bot.desk.gate import me, needs
from bot.desk.helping import Helping
from bot.desk.once import Once
from bot.desk.pages import HOME, LONGEST_TEXT, Pages, go
from bot.desk.permissions import Permission
from bot.errors import ActionRefusedError, TidewaiterError
from bot.reception import Reception
from bot.store import mentions, staff
from bot.store.staff import Staff
from bot.store.work import Store

HIDDEN = "x-desk-hidden"
"""Sent by a page that refreshes itself where nobody looks: it does not count as seen."""

REFUSALS = (ActionRefusedError, EmptyTextError, LongTextError)
"""What is told on the page, with what was written still there."""
WRITES: dict[str, Callable[[Staffer, str], StaffEvent]] = {
    "reply": lambda by, text: Answered(by=by, text=text),
    "note": lambda by, text: Noted(by=by, text=text),
}
MOVES: dict[str, Callable[[Staffer], StaffEvent]] = {
    "take": lambda by: Taken(by=by),
    "hand-back": lambda by: HandedBack(by=by),
}


class Conversations:
    """The queue, a conversation, and what can be done to it."""

    def __init__(
        self,
        reception: Reception,
        store: Store,
        pages: Pages,
        clock: Callable[[], datetime],
        agency: str,
        badges: Badges,
    ) -> None:
        self._reception = reception
        self._helping = Helping(reception, agency, clock)
        self._store = store
        self._pages = pages
        self._clock = clock
        self._badges = badges
        self._once = Once()

    def add_to(self, router: APIRouter) -> None:
        """Put the pages on a router."""
        one, look = "/conversations/{conversation_id}", [needs(Permission.LOOK)]
        router.add_api_route("", self.show_queue, methods=["GET"], dependencies=look)
        router.add_api_route(one, self.show, methods=["GET"], dependencies=look)
        for name in (*WRITES, *MOVES, *owner_acts.FIELDS):
            usual = ("once", "text") if name in WRITES else ("once",)
            fields = owner_acts.FIELDS.get(name, usual)
            router.add_api_route(
                f"{one}/{name}",
                self._doing(name),
                methods=["POST"],
                name=f"desk_{name}",
                dependencies=[needs(Permission.TALK)],
                openapi_extra=forms.described(*fields),
            )

        router.add_api_route(
            f"{one}/edit",
            self.edit,
            methods=["POST"],
            dependencies=[needs(Permission.TALK)],
            openapi_extra=forms.described("once", "line", "text"),
        )
        router.add_api_route(
            f"{one}/form",
            self.fill_in,
            methods=["POST"],
            dependencies=[needs(Permission.TALK)],
            openapi_extra=forms.described("once"),
        )

    async def show_queue(self, request: Request) -> Response:
        """The list of conversations."""
        seen = await queue.view(self._reception, request)
        return self._pages.show(request, "queue.html", self._clock(), queue=seen)

    async def show(self, conversation_id: str, request: Request) -> Response:
        """One conversation, with the list beside it."""
        return await self._page(request, conversation_id)

    def _doing(self, name: str) -> Callable[[str, Request], object]:
        async def do(conversation_id: str, request: Request) -> Response:
            return await self._do(name, conversation_id, request)

        do.__doc__ = f"{name.replace('-', ' ').capitalize()}: a member of the staff does it."
        return do

    async def _do(self, name: str, conversation_id: str, request: Request) -> Response:
        form = await forms.read(request)
        text = form.get("text", "")
        if form.get("use"):
            return await self._page(request, conversation_id, use=form["use"], unsent=(name, text))
        try:
            event = await self._event(name, request, form)
            return await self._act(request, conversation_id, form, event)
        except REFUSALS as error:
            return await self._page(request, conversation_id, refused=error, unsent=(name, text))

    async def _event(self, name: str, request: Request, form: Mapping[str, str]) -> StaffEvent:
        if name not in owner_acts.FIELDS:
            return _event(name, _by(request), form.get("text", ""))
        clock = clocks.of(request, self._clock())
        return await owner_acts.event(self._store, name, _by(request), form, clock)

    async def edit(self, conversation_id: str, request: Request) -> Response:
        """Give a message one has sent other words."""
        form = await forms.read(request)
        try:
            event = editing.event(
                await self._reception.entry(conversation_id),
                await self._reception.transcript(conversation_id, inside=True),
                _by(request),
                form.get("line", ""),
                _fitting("edit", form.get("text", "")),
            )
            return await self._act(request, conversation_id, form, event)
        except REFUSALS as error:
            return await self._page(request, conversation_id, refused=error)

    async def fill_in(self, conversation_id: str, request: Request) -> Response:
        """Answer questions of the open form for the prospect; what cannot be kept comes back with why."""
        form = await forms.read(request, filling_in.MOST_FIELDS)
        event = FilledByStaff(by=_by(request), answers=filling_in.changes(form))
        try:
            return await self._act(
                request, conversation_id, form, event if event.answers else None, "#card"
            )
        except ActionRefusedError as error:
            return await self._page(request, conversation_id, refused=error, filled=form)

    async def _act(
        self,
        request: Request,
        conversation_id: str,
        form: Mapping[str, str],
        event: StaffEvent | None,
        place: str = "",
    ) -> Response:
        """Done, once however often the form is sent; then the page again, at a place in it."""
        with self._once.only(form.get("once", "")) as fresh:
            if fresh and event:
                await self._reception.act(conversation_id, event)
        return go(f"{HOME}/conversations/{conversation_id}{_query(request)}{place}")

    async def _page(
        self,
        request: Request,
        conversation_id: str,
        *,
        refused: TidewaiterError | None = None,
        unsent: tuple[str, str] = ("", ""),
        use: str = "",
        filled: Mapping[str, str] = MappingProxyType({}),
    ) -> Response:
        whole = "whole" in request.query_params
        seen = await talk.of(
            self._reception, self._store, conversation_id, me(request), self._clock(), whole=whole
        )
        if seen.entry.unread and HIDDEN not in request.headers:
            await self._reception.seen_by_staff(conversation_id)
        await seeing.note(
            self._store,
            me(request),
            self._clock(),
            "conversation.seen",
            conversation_id=conversation_id,
        )
        if "mentions" in badges.of(request) and HIDDEN not in request.headers:
            staff_id, now = me(request).id, self._clock()
            await self._store.run(
                lambda work: mentions.see(work, staff_id, conversation_id, now=now)
            )
            await self._badges.noted(request)
        help_ = await self._helping.of(seen, me(request))
        if use:
            unsent = ("reply", helping.used(unsent[1], help_.text(use)))
        return self._pages.show(
            request,
            "conversation.html",
            self._clock(),
            status=pages.status_of(refused) if refused else 200,
            queue=await queue.view(self._reception, request),
            talk=seen,
            owner_choices=await owner_acts.choices(
                self._store, me(request), self._reception.office.hours, self._clock()
            ),
            help=help_,
            editable=editing.editable(seen, me(request), self._clock()),
            colleagues=await self._colleagues(me(request)),
            controls=filling_in.controls(seen.state.progress if seen.mine else None, filled),
            Move=Move,
            mark=self._once.mark(),
            told=refused.user_text if refused and not filled else None,
            unfit=refused.user_text if refused and filled else None,
            unsent={"reply": "", "note": "", unsent[0]: unsent[1]},
        )

    async def _colleagues(self, me: Staff) -> list[Staff]:
        """Whom a note can name."""
        everyone = await self._store.read(staff.everyone)
        return [one for one in everyone if one.is_active and one.id != me.id]


def _event(name: str, by: Staffer, text: str) -> StaffEvent:
    """What was pressed, as the conversation knows it. Raises EmptyTextError, LongTextError."""
    if name in MOVES:
        return MOVES[name](by)
    return WRITES[name](by, _fitting(name, text))


def _fitting(name: str, text: str) -> str:
    """A text that can be sent. Raises EmptyTextError, LongTextError."""
    if not text:
        raise EmptyTextError(f"an empty {name}")
    if len(text) > LONGEST_TEXT:
        raise LongTextError(f"a {name} of {len(text)} characters")
    return text


def _by(request: Request) -> Staffer:
    return Staffer(id=me(request).id, name=me(request).name)


def _query(request: Request) -> str:
    return f"?{request.url.query}" if request.url.query else ""
