"""Who of the staff looks at a conversation or writes in it, at this moment.

Kept in memory for seconds and written down nowhere. It is known in one process: colleagues whose pages are served by
another replica do not see each other here; what nobody may do twice the transaction refuses all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from bot.desk import forms
from bot.desk.gate import me, needs
from bot.desk.pages import PRIVATE, TEMPLATES
from bot.desk.permissions import Permission
from bot.live import Live
from bot.store.staff import Staff

HERE = "desk-here"
"""The topic of who is where."""
LOOKS = timedelta(seconds=40)
"""An open page says every 15 seconds that it is looked at; two of these may be lost."""
WRITES = timedelta(seconds=6)
"""A page says every 3 seconds that somebody types."""
DOINGS = ("looks", "writes", "leaves")


@dataclass(frozen=True)
class Colleague:
    """Somebody who is there too."""

    name: str
    writes: bool


@dataclass(frozen=True)
class _Seen:
    name: str
    looked: datetime
    wrote: datetime | None


class Presence:
    """What the open pages have said lately."""

    def __init__(self, live: Live, clock: Callable[[], datetime]) -> None:
        self._live = live
        self._clock = clock
        self._seen: dict[str, dict[str, _Seen]] = {}

    def says(self, conversation_id: str, who: Staff, doing: str) -> None:
        """An open page of a colleague: `looks`, `writes` or `leaves`; other pages are woken where it is news."""
        before = self._others(conversation_id, besides="")
        there = self._seen.setdefault(conversation_id, {})
        if doing == "leaves":
            there.pop(who.id, None)
        else:
            now = self._clock()
            there[who.id] = _Seen(who.name, now, now if doing == "writes" else None)
        self._tidy()
        if self._others(conversation_id, besides="") != before:
            self._live.publish(HERE)

    def others(self, conversation_id: str, me: Staff) -> Sequence[Colleague]:
        """The colleagues who are there too, by name."""
        return self._others(conversation_id, besides=me.id)

    def _others(self, conversation_id: str, besides: str) -> Sequence[Colleague]:
        now = self._clock()
        there = self._seen.get(conversation_id, {})
        found = [
            Colleague(seen.name, seen.wrote is not None and now - seen.wrote < WRITES)
            for staff_id, seen in there.items()
            if staff_id != besides and now - seen.looked < LOOKS
        ]
        return sorted(found, key=lambda one: one.name)

    def _tidy(self) -> None:
        """Forget who has not been heard of."""
        now = self._clock()
        for conversation_id, there in list(self._seen.items()):
            fresh = {key: seen for key, seen in there.items() if now - seen.looked < LOOKS}
            if fresh:
                self._seen[conversation_id] = fresh
            else:
                del self._seen[conversation_id]


class Here:
    """The one address by which pages say it and hear it."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence

    def add_to(self, router: APIRouter) -> None:
        """Put it on a router."""
        router.add_api_route(
            "/here/{conversation_id}",
            self.say,
            methods=["POST"],
            dependencies=[needs(Permission.LOOK)],
            openapi_extra=forms.described("doing"),
        )

    async def say(self, conversation_id: str, request: Request) -> Response:
        """What I do here; the answer is who else is here, as the page shows it."""
        doing = (await forms.read(request)).get("doing", "")
        if doing in DOINGS:
            self._presence.says(conversation_id, me(request), doing)
        others = self._presence.others(conversation_id, me(request))
        html = TEMPLATES.get_template("here.html").render(others=others)
        return HTMLResponse(html, headers=PRIVATE)
