"""The staff's list as one member sees it: what it is narrowed to, a page of lines, and the counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal
from urllib.parse import urlencode

from fastapi import Request

from bot.conversation.owner import Owner
from bot.desk.gate import me
from bot.queue import CHANNELS, QueueEntry
from bot.reception import Reception
from bot.store.listing import Place, Tally, Wanted
from knowledge.model import LANGUAGES


class Filter(StrEnum):
    """Which conversations are shown."""

    ALL = "all"
    WAITING = "waiting"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    """Open, and no member of the staff has it."""
    BOT = "bot"
    CLOSED = "closed"


OPEN = (Owner.BOT, Owner.WAITING, Owner.PERSON)


@dataclass(frozen=True)
class Narrowing:
    """What the address says the list is narrowed to, and where its page begins."""

    show: Filter = Filter.ALL
    language: str | None = None
    channel: str | None = None
    after: Place | None = None

    @classmethod
    def of(cls, request: Request) -> Narrowing:
        """From the address; what it does not know narrows nothing."""
        said = request.query_params
        language, channel = said.get("language"), said.get("channel")
        return cls(
            show=chosen(said.get("show")),
            language=language if language in LANGUAGES else None,
            channel=channel if channel in CHANNELS else None,
            after=_place(said.get("after", "")),
        )

    @property
    def query(self) -> str:
        """The same as an address's query, with its question mark; empty where nothing is narrowed."""
        said = {
            "show": None if self.show is Filter.ALL else self.show.value,
            "language": self.language,
            "channel": self.channel,
            "after": _named(self.after) if self.after else None,
        }
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def wanted(self, staff_id: str) -> Wanted:
        """What the store is asked for."""
        return replace(_WANTED[self.show](staff_id), language=self.language, channel=self.channel)


@dataclass(frozen=True)
class Facet:
    """One way to narrow the list further, or to undo that."""

    label: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True)
class QueueView:
    """What the list shows."""

    narrowing: Narrowing
    entries: Sequence[QueueEntry]
    older: str | None
    """The query of the next page."""
    waiting: int
    """How many wait for a person, whatever is shown."""
    filters: Sequence[Facet]
    languages: Sequence[Facet]
    channels: Sequence[Facet]

    @property
    def filter(self) -> Filter:
        """Which conversations are shown."""
        return self.narrowing.show

    @property
    def query(self) -> str:
        """What keeps this list in an address."""
        return self.narrowing.query

    @property
    def newest(self) -> str | None:
        """The query of the first page, where this is a later one."""
        narrowing = self.narrowing
        return replace(narrowing, after=None).query if narrowing.after else None


async def view(reception: Reception, request: Request) -> QueueView:
    """The list for whoever asks, by what the address narrows it to; an unknown filter shows all."""
    narrowing, staff_id = Narrowing.of(request), me(request).id
    page = await reception.queue(narrowing.wanted(staff_id), narrowing.after)
    here = replace(narrowing, after=None)
    counts = _Counts(page.tallies, staff_id)
    return QueueView(
        narrowing=narrowing,
        entries=page.entries,
        older=replace(narrowing, after=page.older).query if page.older else None,
        waiting=counts.of(Narrowing(Filter.WAITING)),
        filters=[
            Facet(
                each.value.capitalize(),
                counts.of(replace(here, show=each)),
                replace(here, show=each).query,
                each is here.show,
            )
            for each in Filter
        ],
        languages=_values(counts, here, LANGUAGES, "language"),
        channels=_values(counts, here, tuple(CHANNELS), "channel"),
    )


def chosen(text: str | None) -> Filter:
    """A filter by its name."""
    return Filter(text) if text in set(Filter) else Filter.ALL


class _Counts:
    """How many conversations fit, told from the tallies alone."""

    def __init__(self, tallies: Sequence[Tally], staff_id: str) -> None:
        self._tallies = tallies
        self._staff_id = staff_id

    def of(self, narrowing: Narrowing) -> int:
        """How many fit."""
        wanted = narrowing.wanted(self._staff_id)
        return sum(tally.count for tally in self._tallies if _fits(tally, wanted))

    def has(self, name: str, value: str) -> bool:
        """Whether any conversation has this value."""
        return any(getattr(tally, name) == value for tally in self._tallies)


def _values(
    counts: _Counts, here: Narrowing, values: Sequence[str], name: Literal["language", "channel"]
) -> list[Facet]:
    """The values that occur, each with its count; none where nothing is to choose. The chosen one undoes itself."""
    there = [value for value in values if counts.has(name, value)]
    now: str | None = getattr(here, name)
    if len(there) < 2 and now is None:
        return []
    found = []
    for value in there:
        narrowed = _with(here, name, value)
        leads_to = _with(here, name, None) if value == now else narrowed
        found.append(Facet(value, counts.of(narrowed), leads_to.query, value == now))
    return found


def _with(here: Narrowing, name: Literal["language", "channel"], value: str | None) -> Narrowing:
    return replace(here, language=value) if name == "language" else replace(here, channel=value)


def _fits(tally: Tally, wanted: Wanted) -> bool:
    return (
        (not wanted.owners or tally.owner in wanted.owners)
        and (wanted.staff_id is None or tally.staff_id == wanted.staff_id)
        and (not wanted.nobodys or tally.staff_id is None)
        and (not wanted.on_top or tally.on_top)
        and (wanted.language is None or tally.language == wanted.language)
        and (wanted.channel is None or tally.channel == wanted.channel)
    )


_WANTED: Mapping[Filter, Callable[[str], Wanted]] = {
    Filter.ALL: lambda _: Wanted(),
    Filter.WAITING: lambda _: Wanted(owners=(Owner.WAITING,), on_top=True),
    Filter.MINE: lambda staff_id: Wanted(owners=(Owner.PERSON,), staff_id=staff_id),
    Filter.UNASSIGNED: lambda _: Wanted(owners=OPEN, nobodys=True),
    Filter.BOT: lambda _: Wanted(owners=(Owner.BOT,)),
    Filter.CLOSED: lambda _: Wanted(owners=(Owner.CLOSED,)),
}


def _named(place: Place) -> str:
    return f"{'w' if place.on_top else 'l'}~{place.at.isoformat()}~{place.id}"


def _place(text: str) -> Place | None:
    sort, _, rest = text.partition("~")
    at, _, conversation_id = rest.partition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    if sort not in ("w", "l") or moment.tzinfo is None or not conversation_id:
        return None
    return Place(on_top=sort == "w", at=moment, id=conversation_id)
