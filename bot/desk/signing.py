"""The door's pages: signing in and out, and the link by which a password is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from bot.desk import browsers, cookies, forms, pages
from bot.desk.accounts import Accounts
from bot.desk.errors import (
    CodeRefusedError,
    SecondStepError,
    SecondStepOverError,
    SignInRefusedError,
    TooManyAttemptsError,
    UnfitLoginError,
    UnfitNameError,
    UnreadableFormError,
    WeakPasswordError,
)
from bot.desk.pages import HOME, SIGN_IN, Pages, go
from bot.errors import LoginTakenError, TidewaiterError
from bot.settings import Settings

CORRECTABLE = (UnfitLoginError, UnfitNameError, WeakPasswordError, LoginTakenError)
"""What somebody who sets up an account can put right in the same form."""


class Signing:
    """Sign-in, sign-out, set-up. None of these pages needs a session."""

    def __init__(
        self, accounts: Accounts, pages: Pages, settings: Settings, clock: Callable[[], datetime]
    ) -> None:
        self._accounts = accounts
        self._pages = pages
        self._settings = settings
        self._clock = clock

    def add_to(self, router: APIRouter) -> None:
        """Put the pages on a router."""
        setup = "/setup/{token}"
        signing = forms.described("login", "password")
        setting = forms.described("password", "again")
        router.add_api_route("/sign-in", self.door, methods=["GET"])
        router.add_api_route("/sign-in", self.sign_in, methods=["POST"], openapi_extra=signing)
        code = forms.described("ticket", "code")
        router.add_api_route("/sign-in/code", self.take_code, methods=["POST"], openapi_extra=code)
        router.add_api_route("/sign-out", self.sign_out, methods=["POST"])
        router.add_api_route(setup, self.show_setup, methods=["GET"])
        router.add_api_route(setup, self.set_up, methods=["POST"], openapi_extra=setting)

    async def door(self, request: Request) -> Response:
        """The sign-in form; whoever is signed in already goes on."""
        token = cookies.token(request, self._settings)
        onward = _onward(request.query_params)
        if token and await self._accounts.whose(token):
            return go(onward)
        return self._show_door(request, onward)

    async def sign_in(self, request: Request) -> Response:
        """Take a login and a password."""
        cookies.insist_on_safety(request, self._settings)
        form = await forms.read(request)
        login, password, onward = form.get("login", ""), form.get("password", ""), _onward(form)
        try:
            token = await self._accounts.sign_in(
                login, password, _address(request), _browser(request)
            )
        except SecondStepError as step:
            return self._ask_for_code(request, onward, step.ticket)
        except (SignInRefusedError, TooManyAttemptsError) as error:
            return self._show_door(request, onward, error, login)
        return self._admitted(request, onward, token)

    async def take_code(self, request: Request) -> Response:
        """Take the code that follows a password."""
        cookies.insist_on_safety(request, self._settings)
        form = await forms.read(request)
        ticket, onward = form.get("ticket", ""), _onward(form)
        try:
            token = await self._accounts.take_code(
                ticket, form.get("code", ""), _address(request), _browser(request)
            )
        except CodeRefusedError as error:
            return self._ask_for_code(request, onward, ticket, error)
        except (SecondStepOverError, TooManyAttemptsError) as error:
            return self._show_door(request, onward, error)
        return self._admitted(request, onward, token)

    async def sign_out(self, request: Request) -> Response:
        """End the session of this browser."""
        token = cookies.token(request, self._settings)
        if token:
            await self._accounts.sign_out(token)
        response = go(SIGN_IN)
        cookies.take(response, request, self._settings)
        return response

    async def show_setup(self, token: str, request: Request) -> Response:
        """The form of a set-up link; opening it does not use it up."""
        cookies.insist_on_safety(request, self._settings)
        return await self._show_setup(request, token)

    async def set_up(self, token: str, request: Request) -> Response:
        """Set the password, and sign in with it."""
        cookies.insist_on_safety(request, self._settings)
        form = await forms.read(request)
        try:
            session = await self._accept(token, form, _browser(request))
        except SecondStepError as step:
            return self._ask_for_code(request, HOME, step.ticket)
        except CORRECTABLE as error:
            return await self._show_setup(request, token, error, form)
        return self._admitted(request, HOME, session)

    async def _accept(self, token: str, form: Mapping[str, str], browser: str) -> str:
        password = form.get("password", "")
        if not password:
            raise UnreadableFormError("a set-up without a password")
        if password != form.get("again"):
            told = "The two passwords differ. Please type them once more."
            raise WeakPasswordError("the passwords differ", user_text=told)
        login, name = form.get("login", ""), form.get("name", "")
        return await self._accounts.set_up(
            token,
            login=login,
            name=name,
            password=password,
            shows_name=form.get("shown") == "yes",
            browser=browser,
        )

    def _admitted(self, request: Request, onward: str, token: str) -> Response:
        response = go(onward)
        cookies.give(response, request, self._settings, token)
        return response

    def _ask_for_code(
        self,
        request: Request,
        onward: str,
        ticket: str,
        error: TidewaiterError | None = None,
    ) -> Response:
        return self._show(request, "second_step.html", error, ticket=ticket, next=onward)

    def _show_door(
        self,
        request: Request,
        onward: str,
        error: TidewaiterError | None = None,
        login: str = "",
    ) -> Response:
        response = self._show(request, "sign_in.html", error, login=login, next=onward)
        if isinstance(error, TooManyAttemptsError):
            response.headers["Retry-After"] = str(error.seconds)
        return response

    async def _show_setup(
        self,
        request: Request,
        token: str,
        error: TidewaiterError | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Response:
        invited = await self._accounts.invitation(token)
        given = form or {}
        return self._show(
            request,
            "setup.html",
            error,
            invited=invited,
            login=given.get("login", ""),
            name=given.get("name", ""),
            shown=given.get("shown") == "yes",
        )

    def _show(
        self, request: Request, template: str, error: TidewaiterError | None, **values: Any
    ) -> Response:
        status = pages.status_of(error) if error else 200
        told = error.user_text if error else None
        return self._pages.show(
            request, template, self._clock(), status=status, told=told, **values
        )


def _onward(given: Mapping[str, str]) -> str:
    """Where to after the sign-in: a page of the desk, whatever the address says."""
    wanted = given.get("next", HOME)
    inside = wanted == HOME or wanted.startswith((f"{HOME}/", f"{HOME}?"))
    return wanted if inside and wanted.isprintable() and "\\" not in wanted else HOME


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _browser(request: Request) -> str:
    return browsers.family(request.headers.get("user-agent"))
