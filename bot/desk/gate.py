"""What stands before the console's pages: our own forms only, and whom the pages are for."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute

from bot.channels.guards import WRITES, is_ours, own_origins
from bot.desk import cookies
from bot.desk.accounts import Accounts
from bot.desk.errors import (
    ForeignOriginError,
    NotPermittedError,
    NotSignedInError,
    SecondFactorWantedError,
)
from bot.desk.pages import ACCOUNT, Pages
from bot.desk.permissions import Permission, may
from bot.errors import TidewaiterError
from bot.settings import Settings
from bot.store.staff import Staff


class Gate:
    """Two dependencies: `own_forms` for every route, `staff_only` for all but the door itself."""

    def __init__(self, accounts: Accounts, settings: Settings) -> None:
        self._accounts = accounts
        self._settings = settings
        self._ours = own_origins(settings)

    async def own_forms(self, request: Request) -> None:
        """Raises ForeignOriginError for a write that another site makes with our cookies."""
        if request.method in WRITES and not is_ours(request.headers, self._ours):
            raise ForeignOriginError("a write from another origin")

    async def staff_only(self, request: Request) -> None:
        """Note who is signed in. Raises NotSignedInError, InsecureAddressError.

        Whose role signs in with a code too and has none yet gets to the page where that is set up, and no
        further: SecondFactorWantedError.
        """
        token = cookies.token(request, self._settings)
        who = await self._accounts.whose(token) if token else None
        if who is None:
            raise NotSignedInError("nobody is signed in")
        request.state.staff = who
        if must_set_up(who, self._settings) and not _is_own_account(request):
            raise SecondFactorWantedError("the role wants a second factor")


def _is_own_account(request: Request) -> bool:
    path = request.url.path
    return path == ACCOUNT or path.startswith(f"{ACCOUNT}/")


def must_set_up(who: Staff, settings: Settings) -> bool:
    """Whether somebody has still to set up the codes that their role signs in with."""
    return who.role in settings.two_factor_roles and not who.two_factor


def me(request: Request) -> Staff:
    """Who is signed in, behind `staff_only`."""
    staff: Staff = request.state.staff
    return staff


def needs(permission: Permission) -> Any:
    """A dependency of a route behind `staff_only`: NotPermittedError for whose role lacks this."""

    async def check(request: Request) -> None:
        who = me(request)
        if not may(who.role, permission):
            raise NotPermittedError(f"{who.role.value} lacks {permission.value}")

    return Depends(check)


def told_as_pages(pages: Pages, clock: Callable[[], datetime]) -> type[APIRoute]:
    """A kind of route whose errors are pages, wherever it is mounted."""

    class PageRoute(APIRoute):
        """A page of the console."""

        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            """The route's handler with its errors told."""
            handle = super().get_route_handler()

            async def answer(request: Request) -> Response:
                try:
                    return await handle(request)
                except TidewaiterError as error:
                    return pages.refuse(request, error, clock())

            return answer

    return PageRoute
