"""The page of one person: conversations and accounts, inquiries, files, reminders, and what may be done with them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response

from bot.desk import forms
from bot.desk.errors import UnreadableFormError
from bot.desk.gate import me, needs
from bot.desk.lead_views import LeadView
from bot.desk.pages import HOME, PRIVATE, Pages, go
from bot.desk.permissions import Permission
from bot.live import Live
from bot.persons import Persons
from bot.store.work import Store


class Contacts:
    """A person, found by any of their conversations."""

    def __init__(
        self, store: Store, live: Live, pages: Pages, clock: Callable[[], datetime]
    ) -> None:
        self._persons = Persons(store, live, clock)
        self._pages = pages
        self._clock = clock

    def add_to(self, router: APIRouter) -> None:
        """Put the pages on a router."""
        one = "/contacts/{conversation_id}"
        see, export = [needs(Permission.SEE_PERSONAL)], [needs(Permission.EXPORT)]
        router.add_api_route(one, self.show, methods=["GET"], dependencies=see)
        router.add_api_route(f"{one}/export", self.export, methods=["GET"], dependencies=export)
        acts: dict[str, tuple[Callable[[str, Request], Awaitable[Response]], tuple[str, ...]]] = {
            "link": (self.link, ("other",)),
            "unlink": (self.unlink, ("other",)),
            "block": (self.block, ()),
            "unblock": (self.unblock, ()),
            "erase": (self.erase, ("sure",)),
        }
        for name, (act, fields) in acts.items():
            router.add_api_route(
                f"{one}/{name}",
                act,
                methods=["POST"],
                name=f"desk_contact_{name}",
                dependencies=[needs(Permission.MANAGE_CONTACTS)],
                openapi_extra=forms.described(*fields),
            )

    async def show(self, conversation_id: str, request: Request) -> Response:
        """Everything kept of one person."""
        person = await self._persons.of(conversation_id)
        return self._pages.show(
            request,
            "contact.html",
            self._clock(),
            person=person,
            id=conversation_id,
            leads=[LeadView(lead, ()) for lead in person.leads],
        )

    async def export(self, conversation_id: str, request: Request) -> Response:
        """The same as a JSON file, messages and all."""
        found = await self._persons.export(conversation_id, me(request).id)
        name = f"person-{conversation_id[-4:]}-{self._clock():%Y-%m-%d}.json"
        return Response(
            json.dumps(found, ensure_ascii=False, indent=2),
            headers={**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'},
            media_type="application/json",
        )

    async def link(self, conversation_id: str, request: Request) -> Response:
        """Another conversation's person is this one too."""
        other = await _other(request)
        await self._persons.link(conversation_id, other, me(request).id)
        return _back(conversation_id)

    async def unlink(self, conversation_id: str, request: Request) -> Response:
        """One of the accounts is somebody else's."""
        await self._persons.unlink(await _other(request), me(request).id)
        return _back(conversation_id)

    async def block(self, conversation_id: str, request: Request) -> Response:
        """Take no more messages."""
        await self._persons.block(conversation_id, me(request).id)
        return _back(conversation_id)

    async def unblock(self, conversation_id: str, request: Request) -> Response:
        """Take messages again."""
        await self._persons.unblock(conversation_id, me(request).id)
        return _back(conversation_id)

    async def erase(self, conversation_id: str, request: Request) -> Response:
        """Take everything away, where that was ticked. Raises UnreadableFormError."""
        if (await forms.read(request)).get("sure") != "yes":
            raise UnreadableFormError("not confirmed")
        await self._persons.erase(conversation_id, me(request).id)
        return go(HOME)


async def _other(request: Request) -> str:
    """A conversation by its id or its address. Raises UnreadableFormError."""
    said = (await forms.read(request)).get("other", "").partition("?")[0].rstrip("/")
    if not said:
        raise UnreadableFormError("no conversation named")
    return said.rsplit("/", 1)[-1]


def _back(conversation_id: str) -> Response:
    return go(f"{HOME}/contacts/{conversation_id}")
