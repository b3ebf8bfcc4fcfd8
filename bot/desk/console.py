"""The console put together: every page of the desk on one router."""

from __future__ import annotations

from typing import Protocol

from fastapi import APIRouter, Depends, FastAPI, Response

from bot.clock import Clock, utc_now
from bot.desk.account import Account
from bot.desk.accounts import Accounts
from bot.desk.audit import Audit
from bot.desk.badges import Badges
from bot.desk.contacts import Contacts
from bot.desk.conversations import Conversations
from bot.desk.errors import NoSuchPageError
from bot.desk.figures import Figures
from bot.desk.files import Files
from bot.desk.gate import Gate, told_as_pages
from bot.desk.lead_files import LeadFiles
from bot.desk.leads import Leads
from bot.desk.mentions import Mentions
from bot.desk.own_account import OwnAccount
from bot.desk.pages import HOME, Pages, go
from bot.desk.people import People
from bot.desk.presence import Here, Presence
from bot.desk.review import Review
from bot.desk.roster import Roster
from bot.desk.search import SearchPage
from bot.desk.signing import Signing
from bot.desk.stream import Stream
from bot.reception import Reception
from bot.settings import Settings
from bot.store.work import Store


class Parts(Protocol):
    """What the console needs of a running process; `bot.app.Parts` is one."""

    @property
    def reception(self) -> Reception:
        """What everything goes through."""

    @property
    def accounts(self) -> Accounts:
        """Who may come in."""

    @property
    def store(self) -> Store:
        """Where the leads lie."""

    @property
    def settings(self) -> Settings:
        """How we are reached."""


def mount(app: FastAPI, parts: Parts) -> None:
    """Put the console on an app. Its pages also load `base.css`, which the chat page brings."""
    app.include_router(routes(parts.reception, parts.accounts, parts.store, parts.settings))


def routes(
    reception: Reception,
    accounts: Accounts,
    store: Store,
    settings: Settings,
    clock: Clock = utc_now,
) -> APIRouter:
    """Everything under /desk. A page is closed to strangers unless it is put before the door here."""
    pages, gate = Pages(settings), Gate(accounts, settings)
    kind = told_as_pages(pages, clock)
    own_forms, staff_only = Depends(gate.own_forms), Depends(gate.staff_only)

    before = APIRouter(prefix=HOME, tags=["desk"], dependencies=[own_forms], route_class=kind)
    Signing(accounts, pages, settings, clock).add_to(before)

    marks = Badges(store, clock)
    guarded = [own_forms, staff_only, Depends(marks.noted)]
    behind = APIRouter(prefix=HOME, tags=["desk"], dependencies=guarded, route_class=kind)
    Mentions(store, pages, clock).add_to(behind)
    Conversations(reception, store, pages, clock, settings.agency_name, marks).add_to(behind)
    Here(Presence(reception.live, clock)).add_to(behind)
    Files(store, reception.shelf, clock).add_to(behind)
    Figures(store, reception.understanding, pages, clock).add_to(behind)
    LeadFiles(store, settings, clock).add_to(behind)
    Leads(store, reception.live, pages, clock).add_to(behind)
    Review(store, reception.understanding, settings, pages, clock).add_to(behind)
    SearchPage(store, pages, clock).add_to(behind)
    Contacts(store, reception.live, pages, clock).add_to(behind)
    Stream(accounts, reception.live, settings).add_to(behind)
    Account(OwnAccount(store, accounts, clock), pages, settings, clock).add_to(behind)
    roster = Roster(store, reception, clock)
    Audit(store, pages, clock).add_to(behind)
    People(roster, pages, settings, reception.live, clock).add_to(behind)
    # The last of them: whoever has lost their way is led back to the desk, and not to the prospects' chat.
    behind.add_api_route("/{rest:path}", _nowhere, methods=["GET"], include_in_schema=False)

    whole = APIRouter()
    for part in (pages.assets.routes(), before, behind):
        whole.include_router(part)
    return whole


async def _nowhere(rest: str) -> Response:
    """An address with a slash too many leads where it leads without; else there is nothing."""
    if rest.endswith("/") or not rest:
        return go(f"{HOME}/{rest}".rstrip("/"))
    raise NoSuchPageError(rest)
