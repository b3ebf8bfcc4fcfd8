"""Files of prospects, for the staff alone: always saved, never shown by the browser, each access written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from bot.desk.gate import me, needs
from bot.desk.pages import PRIVATE
from bot.desk.permissions import Permission
from bot.files.shelf import Shelf
from bot.store import events, files
from bot.store.files import KeptFile
from bot.store.work import Store, Work

HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    # Should a browser show it all the same: nothing in it runs, loads or knows us.
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


class Files:
    """What prospects have sent."""

    def __init__(self, store: Store, shelf: Shelf, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._shelf = shelf
        self._clock = clock

    def add_to(self, router: APIRouter) -> None:
        """Put the way to them on a router."""
        see = [needs(Permission.SEE_PERSONAL)]
        router.add_api_route("/files/{file_id}", self.save, methods=["GET"], dependencies=see)

    async def save(self, file_id: str, request: Request) -> Response:
        """One file, to be saved. Who took it is in the journal before the first byte leaves."""
        actor = f"staff:{me(request).id}"

        def take(work: Work) -> KeptFile:
            file = files.get(work, file_id)
            events.record(
                work,
                "file.downloaded",
                actor=actor,
                now=self._clock(),
                conversation_id=file.conversation_id,
                data={"file": file.id},
            )
            return file

        file = await self._store.run(take)
        return Response(
            await self._shelf.content(file),
            media_type="application/octet-stream",
            headers={**PRIVATE, **HARMLESS, "Content-Disposition": disposition(file.name)},
        )


def disposition(name: str) -> str:
    """Save under this name; an old program that reads no UTF-8 gets one in plain letters."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
