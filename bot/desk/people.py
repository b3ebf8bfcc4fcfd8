"""The page of the accounts, and what administrators do there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from fastapi import APIRouter, Request, Response

from bot.desk import forms, pages
from bot.desk.errors import (
    LastAdministratorError,
    NotYourselfError,
    UnfitLoginError,
    UnreadableFormError,
)
from bot.desk.gate import me, needs
from bot.desk.pages import HOME, Pages, go
from bot.desk.permissions import Permission
from bot.desk.roster import Roster
from bot.errors import LoginTakenError, TidewaiterError
from bot.live import DESK, Live
from bot.settings import Settings
from bot.store.staff import Role

PEOPLE = f"{HOME}/people"
CORRECTABLE = (LastAdministratorError, LoginTakenError, NotYourselfError, UnfitLoginError)
DAYS = (1, 3, 7)
"""How long an invitation may be good."""
RESET_LASTS = timedelta(days=1)


class People:
    """Accounts, roles, invitations."""

    def __init__(
        self,
        roster: Roster,
        pages: Pages,
        settings: Settings,
        live: Live,
        clock: Callable[[], datetime],
    ) -> None:
        self._roster = roster
        self._pages = pages
        self._settings = settings
        self._live = live
        self._clock = clock

    def add_to(self, router: APIRouter) -> None:
        """Put the pages on a router."""
        people, one = [needs(Permission.PEOPLE)], "/people/{staff_id}"
        post = partial(router.add_api_route, methods=["POST"], dependencies=people)
        router.add_api_route("/people", self.show, methods=["GET"], dependencies=people)
        invited = forms.described("login", "role", "days")
        post("/people/invite", self.invite, openapi_extra=invited)
        post("/people/invitations/{link_id}/withdraw", self.withdraw)
        post(f"{one}/password", self.reset_password)
        post(f"{one}/role", self.set_role, openapi_extra=forms.described("role"))
        for name, act in (
            ("disable", self._disable),
            ("enable", self._roster.enable),
            ("two-factor", self._roster.reset_two_factor),
            ("sign-out", self._roster.sign_out),
        ):
            post(f"{one}/{name}", self._doing(name, act), name=f"people_{name}")

    async def show(self, request: Request) -> Response:
        """Everybody."""
        return await self._page(request)

    async def invite(self, request: Request) -> Response:
        """Ask somebody to come: a link, shown this once."""
        form = await forms.read(request)
        role, days = _role(form), _days(form)
        login = form.get("login", "")
        try:
            path = await self._roster.invite(_actor(request), login, role, timedelta(days=days))
        except CORRECTABLE as error:
            return await self._page(request, error)
        return await self._page(request, link=(path, login, days))

    async def withdraw(self, link_id: str, request: Request) -> Response:
        """Take an invitation back."""
        await self._roster.withdraw(_actor(request), link_id)
        return go(PEOPLE)

    async def reset_password(self, staff_id: str, request: Request) -> Response:
        """A link by which somebody sets a new password, shown this once."""
        try:
            path = await self._roster.reset_link(_actor(request), staff_id, RESET_LASTS)
        except CORRECTABLE as error:
            return await self._page(request, error)
        return await self._page(request, link=(path, "", RESET_LASTS.days))

    async def set_role(self, staff_id: str, request: Request) -> Response:
        """Another role."""
        role = _role(await forms.read(request))
        return await self._act(request, lambda by: self._roster.set_role(by, staff_id, role))

    async def _disable(self, by: str, staff_id: str) -> None:
        await self._roster.disable(by, staff_id)

    def _doing(
        self, name: str, act: Callable[[str, str], Awaitable[None]]
    ) -> Callable[[str, Request], object]:
        async def do(staff_id: str, request: Request) -> Response:
            return await self._act(request, lambda by: act(by, staff_id))

        do.__doc__ = f"{name.replace('-', ' ').capitalize()}: an administrator does it."
        return do

    async def _act(self, request: Request, act: Callable[[str], Awaitable[None]]) -> Response:
        try:
            await act(_actor(request))
        except CORRECTABLE as error:
            return await self._page(request, error)
        self._live.publish(DESK)
        return go(PEOPLE)

    async def _page(
        self,
        request: Request,
        error: TidewaiterError | None = None,
        link: tuple[str, str, int] | None = None,
    ) -> Response:
        return self._pages.show(
            request,
            "people.html",
            self._clock(),
            status=pages.status_of(error) if error else 200,
            roll=await self._roster.roll(),
            roles=list(Role),
            wanted=self._settings.two_factor_roles,
            days=DAYS,
            link=link and (self._settings.address + link[0], *link[1:]),
            told=error.user_text if error else None,
        )


def _role(form: Mapping[str, str]) -> Role:
    try:
        return Role(form.get("role", ""))
    except ValueError:
        raise UnreadableFormError("no such role") from None


def _days(form: Mapping[str, str]) -> int:
    days = form.get("days", str(DAYS[0]))
    if days not in map(str, DAYS):
        raise UnreadableFormError("no such number of days")
    return int(days)


def _actor(request: Request) -> str:
    return f"staff:{me(request).id}"
