"""Tells open pages of the console that something changed; they fetch what they show by themselves.

The stream carries no data, so it gives nothing away, and a page that missed something misses nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from bot.desk import cookies
from bot.desk.accounts import Accounts
from bot.desk.gate import needs
from bot.desk.permissions import Permission
from bot.desk.presence import HERE
from bot.live import DESK, Live
from bot.settings import Settings

LOOK = 20.0
"""Seconds after which a quiet stream makes sure that its session still runs."""
RETRY = 2000
"""Milliseconds a browser waits before it connects again."""


class Stream:
    """`changed` on every change of any conversation, `here` when a colleague comes, goes or types."""

    def __init__(self, accounts: Accounts, live: Live, settings: Settings) -> None:
        self._accounts = accounts
        self._live = live
        self._settings = settings

    def add_to(self, router: APIRouter) -> None:
        """Put the stream on a router."""
        router.add_api_route(
            "/stream",
            self.follow,
            methods=["GET"],
            response_class=EventSourceResponse,
            dependencies=[needs(Permission.LOOK)],
        )

    async def follow(self, request: Request) -> AsyncIterator[ServerSentEvent]:
        """One event for each change, for as long as the session lasts."""
        token = cookies.token(request, self._settings) or ""
        with self._live.watch(DESK, HERE) as watch:
            yield ServerSentEvent(event="ready", raw_data="ready", retry=RETRY)
            async for changed in watch.changes(LOOK):
                if not await self._accounts.still_in(token):
                    return
                if changed and HERE in watch.topics:
                    yield ServerSentEvent(event="here", raw_data="here")
                if changed and DESK in watch.topics:
                    yield ServerSentEvent(event="changed", raw_data="changed")
