"""The live feed of one conversation as server-sent events: each line once, in order, and who speaks."""

from __future__ import annotations

from collections.abc import AsyncIterator

import structlog
from fastapi.sse import ServerSentEvent

from bot.channels.wire import Presence, lines_after, presence
from bot.errors import TidewaiterError
from bot.reception import Reception

log = structlog.get_logger(__name__)

LOOK_SECONDS = 5.0
"""How often to look without being woken: another process may have written."""
RETRY_MILLISECONDS = 1500
"""How long a browser waits before it connects again; a restart takes about that long."""


class Feed:
    """What one open page gets. It ends when the server is about to stop; the page comes back then."""

    def __init__(self, reception: Reception, conversation_id: str, after: int) -> None:
        self._reception = reception
        self._id = conversation_id
        self._after = after
        self._presence: Presence | None = None

    async def events(self, look: float = LOOK_SECONDS) -> AsyncIterator[ServerSentEvent]:
        """Everything after the number we began with, then whatever comes."""
        yield ServerSentEvent(comment="open", retry=RETRY_MILLISECONDS)
        try:
            # Watching begins before the first reading, so that nothing falls between the two.
            with self._reception.live.watch(self._id) as watch:
                for event in await self._news():
                    yield event
                async for _ in watch.changes(look):
                    for event in await self._news():
                        yield event
        except TidewaiterError as error:
            # Erased, or the database is away: the page asks again and is told which.
            log.warning("a stream ended", error=type(error).__name__, conversation=self._id)

    async def _news(self) -> list[ServerSentEvent]:
        # Read before the lines: a name in the head may come late, but never before "has joined".
        now = presence(await self._reception.state(self._id))
        lines = await lines_after(self._reception, self._id, self._after)
        news = [ServerSentEvent(event="line", id=str(line.seq), data=line) for line in lines]
        self._after = max([self._after, *(line.seq for line in lines)])
        if now != self._presence:
            self._presence = now
            news.append(ServerSentEvent(event="presence", data=now))
        return news
