"""The staff's list as one member sees it: a filter, its lines, and how many there are of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fastapi import Request

from bot.conversation.owner import Owner
from bot.desk.gate import me
from bot.queue import QueueEntry
from bot.reception import Reception


class Filter(StrEnum):
    """Which conversations are shown."""

    ALL = "all"
    WAITING = "waiting"
    MINE = "mine"
    BOT = "bot"
    CLOSED = "closed"


@dataclass(frozen=True)
class QueueView:
    """What the list shows."""

    filter: Filter
    entries: Sequence[QueueEntry]
    counts: Mapping[Filter, int]

    @property
    def waiting(self) -> int:
        """How many wait for a person, whatever is shown."""
        return self.counts[Filter.WAITING]


async def view(reception: Reception, request: Request) -> QueueView:
    """The list for whoever asks, by the filter in the address; an unknown one shows all."""
    entries = await reception.queue()
    fits = _fits(me(request).id)
    wanted = chosen(request.query_params.get("show"))
    return QueueView(
        filter=wanted,
        entries=[entry for entry in entries if fits[wanted](entry)],
        counts={one: sum(map(test, entries)) for one, test in fits.items()},
    )


def chosen(text: str | None) -> Filter:
    """A filter by its name."""
    return Filter(text) if text in set(Filter) else Filter.ALL


def _waits(entry: QueueEntry) -> bool:
    return entry.owner is Owner.WAITING and entry.snoozed_until is None


def _fits(staff_id: str) -> Mapping[Filter, Callable[[QueueEntry], bool]]:
    return {
        Filter.ALL: lambda _: True,
        Filter.WAITING: _waits,
        Filter.MINE: lambda entry: entry.owner is Owner.PERSON and entry.staff_id == staff_id,
        Filter.BOT: lambda entry: entry.owner is Owner.BOT,
        Filter.CLOSED: lambda entry: entry.owner is Owner.CLOSED,
    }
