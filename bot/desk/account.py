"""The page of one's own account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from fastapi import APIRouter, Request, Response

from bot.desk import browsers, cookies, forms, pages, totp
from bot.desk.errors import (
    CodeRefusedError,
    TooManyAttemptsError,
    UnfitNameError,
    WeakPasswordError,
    WrongPasswordError,
)
from bot.desk.gate import me, must_set_up, needs
from bot.desk.own_account import OwnAccount
from bot.desk.pages import ACCOUNT, Pages, go
from bot.desk.permissions import Permission
from bot.errors import TidewaiterError
from bot.settings import Settings
from bot.store.staff import Staff

CORRECTABLE = (
    CodeRefusedError,
    TooManyAttemptsError,
    UnfitNameError,
    WeakPasswordError,
    WrongPasswordError,
)
DONE = {
    "name": "Your name is saved.",
    "password": "Your password is changed; every other browser is signed out.",
    "sessions": "Signed out there.",
    "off": "No code is asked for any more.",
}
"""What the page says after it, by the word in its address."""


class Account:
    """Name, password, browsers, second factor."""

    def __init__(
        self, own: OwnAccount, pages: Pages, settings: Settings, clock: Callable[[], datetime]
    ) -> None:
        self._own = own
        self._pages = pages
        self._settings = settings
        self._clock = clock

    def add_to(self, router: APIRouter) -> None:
        """Put the page on a router. Looking is what every role includes."""
        everybody, factor = [needs(Permission.LOOK)], "/account/two-factor"
        post = partial(router.add_api_route, methods=["POST"], dependencies=everybody)
        router.add_api_route("/account", self.show, methods=["GET"], dependencies=everybody)
        post("/account/name", self.set_name, openapi_extra=forms.described("name"))
        passwords = forms.described("present", "password", "again")
        post("/account/password", self.change_password, openapi_extra=passwords)
        post("/account/sessions/end-others", self.end_others)
        post("/account/sessions/{session_id}/end", self.end_session)
        code = forms.described("code")
        post(f"{factor}/begin", self.begin, openapi_extra=forms.described("present"))
        post(f"{factor}/confirm", self.confirm, openapi_extra=code)
        post(f"{factor}/give-up", self.give_up)
        post(f"{factor}/off", self.turn_off, openapi_extra=code)
        post(f"{factor}/codes", self.renew_codes, openapi_extra=code)

    async def show(self, request: Request) -> Response:
        """The account of whoever looks."""
        return await self._page(request)

    async def set_name(self, request: Request) -> Response:
        """What one is called, and by whom it is read."""
        form = await forms.read(request)
        try:
            shown = form.get("shown") == "yes"
            await self._own.set_name(me(request), form.get("name", ""), shown=shown)
        except CORRECTABLE as error:
            return await self._page(request, error, "name")
        return _done("name")

    async def change_password(self, request: Request) -> Response:
        """A new password; this browser goes on with a new session."""
        form = await forms.read(request)
        try:
            wanted = form.get("password", "")
            if wanted != form.get("again"):
                told = "The two new passwords differ. Please type them once more."
                raise WeakPasswordError("the passwords differ", user_text=told)
            token = await self._own.change_password(
                me(request), form.get("present", ""), wanted, _address(request), _browser(request)
            )
        except CORRECTABLE as error:
            return await self._page(request, error, "password")
        response = _done("password")
        cookies.give(response, request, self._settings, token)
        return response

    async def end_session(self, session_id: str, request: Request) -> Response:
        """Sign one browser out."""
        await self._own.end_session(me(request), session_id)
        return _done("sessions")

    async def end_others(self, request: Request) -> Response:
        """Sign every other browser out."""
        await self._own.end_others(me(request), self._token(request))
        return _done("sessions")

    async def begin(self, request: Request) -> Response:
        """Show a secret for an authenticator app."""
        form = await forms.read(request)
        try:
            await self._own.propose(me(request), form.get("present", ""), _address(request))
        except CORRECTABLE as error:
            return await self._page(request, error, "factor")
        return go(f"{ACCOUNT}#factor")

    async def confirm(self, request: Request) -> Response:
        """The first code: from now on one is asked for. The recovery codes are shown this once."""
        form = await forms.read(request)
        try:
            codes = await self._own.confirm(me(request), form.get("code", ""))
        except CORRECTABLE as error:
            return await self._page(request, error, "factor")
        return self._codes(request, codes)

    async def give_up(self, request: Request) -> Response:
        """Set nothing up after all."""
        await self._own.give_up(me(request))
        return go(ACCOUNT)

    async def turn_off(self, request: Request) -> Response:
        """Ask for no code any more."""
        form = await forms.read(request)
        try:
            await self._own.turn_off(me(request), form.get("code", ""), _address(request))
        except CORRECTABLE as error:
            return await self._page(request, error, "factor")
        return _done("off")

    async def renew_codes(self, request: Request) -> Response:
        """New recovery codes, shown this once."""
        form = await forms.read(request)
        try:
            code, address = form.get("code", ""), _address(request)
            codes = await self._own.renew_codes(me(request), code, address)
        except CORRECTABLE as error:
            return await self._page(request, error, "factor")
        return self._codes(request, codes)

    def _codes(self, request: Request, codes: Sequence[str]) -> Response:
        return self._pages.show(request, "codes.html", self._clock(), codes=codes)

    async def _page(
        self, request: Request, error: TidewaiterError | None = None, at: str = ""
    ) -> Response:
        who = me(request)
        own = await self._own.look(who, self._token(request))
        return self._pages.show(
            request,
            "account.html",
            self._clock(),
            status=pages.status_of(error) if error else 200,
            own=own,
            otpauth=self._otpauth(who, own.proposed),
            in_groups=totp.in_groups,
            wanted=who.role in self._settings.two_factor_roles,
            must=must_set_up(who, self._settings),
            done=DONE.get(request.query_params.get("done", "")),
            told={at: error.user_text} if error else {},
        )

    def _otpauth(self, who: Staff, secret: str | None) -> str | None:
        return secret and totp.address(secret, who.login, self._settings.agency_name)

    def _token(self, request: Request) -> str:
        return cookies.token(request, self._settings) or ""


def _done(what: str) -> Response:
    return go(f"{ACCOUNT}?done={what}")


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _browser(request: Request) -> str:
    return browsers.family(request.headers.get("user-agent"))
