"""The console's pages: templates, the files they load, and an error told as a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import structlog
from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels import page
from bot.channels.assets import Assets
from bot.channels.limits import CHANNELS
from bot.desk import badges, clocks, veils, words
from bot.desk.errors import (
    CodeRefusedError,
    EmptyTextError,
    ForeignOriginError,
    InsecureAddressError,
    LastAdministratorError,
    LongTextError,
    NoSuchPageError,
    NotPermittedError,
    NotSignedInError,
    NotYourselfError,
    SecondFactorWantedError,
    SecondStepOverError,
    SignInRefusedError,
    TooManyAttemptsError,
    UnfitLoginError,
    UnfitNameError,
    UnreadableFormError,
    WeakPasswordError,
    WrongPasswordError,
)
from bot.desk.permissions import Permission, may
from bot.errors import (
    ActionRefusedError,
    ConversationNotFoundError,
    DeliveryNotFoundError,
    FileNotKeptError,
    LeadChangedError,
    LeadNotFoundError,
    LessonRefusedError,
    LoginTakenError,
    LostWithoutReasonError,
    ReviewLineNotFoundError,
    SetupLinkSpentError,
    StaffNotFoundError,
    TidewaiterError,
)
from bot.files.names import size_in_words
from bot.settings import Settings

log = structlog.get_logger(__name__)

HERE = Path(__file__).parent
HOME = "/desk"
SIGN_IN = "/desk/sign-in"
ACCOUNT = "/desk/account"
PRIVATE = {"Cache-Control": "no-store"}
"""Every page shows personal data or leads to it, so no browser and no proxy keeps one."""

NUMBER = re.compile("[0-9]{1,9}")
"""A number in an address or a form that fits every column."""
LONGEST_TEXT = CHANNELS["web"].text

STATUS: Mapping[type[TidewaiterError], int] = {
    CodeRefusedError: 401,
    SecondStepOverError: 401,
    SignInRefusedError: 401,
    WrongPasswordError: 401,
    ForeignOriginError: 403,
    InsecureAddressError: 403,
    NotPermittedError: 403,
    NotYourselfError: 403,
    SecondFactorWantedError: 403,
    ConversationNotFoundError: 404,
    DeliveryNotFoundError: 404,
    FileNotKeptError: 404,
    LeadNotFoundError: 404,
    NoSuchPageError: 404,
    ReviewLineNotFoundError: 404,
    StaffNotFoundError: 404,
    ActionRefusedError: 409,
    LastAdministratorError: 409,
    LeadChangedError: 409,
    LoginTakenError: 409,
    SetupLinkSpentError: 410,
    EmptyTextError: 422,
    LessonRefusedError: 422,
    LongTextError: 422,
    LostWithoutReasonError: 422,
    UnfitLoginError: 422,
    UnfitNameError: 422,
    UnreadableFormError: 422,
    WeakPasswordError: 422,
    TooManyAttemptsError: 429,
}


@dataclass(frozen=True)
class Place:
    """A part of the console, as its menu shows it to those who may go there."""

    id: str
    path: str
    label: str
    permission: Permission


PLACES = (
    Place("queue", HOME, "Conversations", Permission.LOOK),
    Place("mentions", f"{HOME}/mentions", "Mentions", Permission.LOOK),
    Place("leads", f"{HOME}/leads", "Leads", Permission.LOOK),
    Place("review", f"{HOME}/review", "Review", Permission.REVIEW),
    Place("figures", f"{HOME}/figures", "Figures", Permission.LOOK),
    Place("people", f"{HOME}/people", "People", Permission.PEOPLE),
)

ASSETS = Assets(HERE / "static", "desk/static")
TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals.update(
    asset=ASSETS.url,
    base_css=page.ASSETS.url("base.css"),
    longest_text=LONGEST_TEXT,
    may=may,
    places=PLACES,
    Permission=Permission,
    words=words,
    size_in_words=size_in_words,
)


class Pages:
    """Renders the templates of this folder."""

    def __init__(self, settings: Settings) -> None:
        self.assets = ASSETS
        self._agency = settings.agency_name

    def show(
        self,
        request: Request,
        template: str,
        now: datetime,
        *,
        status: int = 200,
        **values: Any,
    ) -> Response:
        """A page; it knows who is signed in and their clock, and masks what their role may not see."""
        me = getattr(request.state, "staff", None)
        if me is not None and not may(me.role, Permission.SEE_PERSONAL):
            values = veils.veiled_page(values)
        html = TEMPLATES.get_template(template).render(
            agency=self._agency,
            me=me,
            clock=clocks.of(request, now),
            now=now,
            badges=badges.of(request),
            **values,
        )
        return HTMLResponse(html, status, headers=PRIVATE)

    def refuse(self, request: Request, error: TidewaiterError, now: datetime) -> Response:
        """An error as a page; whoever is not signed in is sent to the door."""
        if isinstance(error, NotSignedInError):
            return _to_the_door(request)
        if isinstance(error, SecondFactorWantedError):
            return _elsewhere(request, ACCOUNT)
        status = status_of(error)
        return self.show(request, "message.html", now, status=status, told=error.user_text)


def status_of(error: TidewaiterError) -> int:
    """The HTTP status of an error; what we do not know is our own fault, and is logged."""
    status = STATUS.get(type(error), 500)
    if status == 500:
        log.error("a page of the desk failed", error=type(error).__name__, exc_info=error)
    return status


def go(path: str) -> Response:
    """To another page, by GET whatever this was."""
    return RedirectResponse(path, 303, headers=PRIVATE)


def _to_the_door(request: Request) -> Response:
    door = SIGN_IN
    if request.method == "GET":
        whole = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        door = f"{SIGN_IN}?next={quote(whole, safe='/')}"
    return _elsewhere(request, door)


def _elsewhere(request: Request, path: str) -> Response:
    """To another page; a script is told so, for it cannot follow there."""
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={**PRIVATE, "HX-Redirect": path})
    if request.headers.get("accept", "").startswith(("text/event-stream", "application/json")):
        return Response(status_code=401, headers=PRIVATE)
    return go(path)
