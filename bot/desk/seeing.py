"""Who has seen whose personal data: a line in the journal for each person, thing and day.

Nothing has to be pressed for it, so nobody is in its way; a page that is loaded again the same day adds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.conversation.scene import BEIJING
from bot.desk.permissions import Permission, may
from bot.store import events
from bot.store.staff import Staff
from bot.store.work import Store, Work


async def note(
    store: Store,
    who: Staff,
    now: datetime,
    kind: str,
    *,
    conversation_id: str | None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Write it down, unless it was today; for whoever sees it masked there is nothing to write."""
    if not may(who.role, Permission.SEE_PERSONAL):
        return
    actor, said = f"staff:{who.id}", dict(data or {})
    midnight = now.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)

    def is_there(work: Work) -> bool:
        found = events.done_since(work, kind, actor, midnight, conversation_id)
        return any(event.data == said for event in found)

    def write(work: Work) -> None:
        if not is_there(work):
            events.record(
                work, kind, actor=actor, now=now, conversation_id=conversation_id, data=said
            )

    if not await store.read(is_there):
        await store.run(write)
