"""What is named in a message besides its question: money, days, kinds of right, whether the right is recorded."""

from __future__ import annotations

from intents.entities.case import case
from intents.entities.clock import time_of_day, zone
from intents.entities.dates import days
from intents.entities.money import money
from intents.entities.rate import rate, without_rate
from intents.entities.rights import rights
from intents.entities.status import recorded
from intents.normalise import fold, simplify
from intents.reading import Day, Entities


def read(text: str) -> Entities:
    """Everything named in the message."""
    even = simplify(fold(text))
    return Entities(
        money=money(without_rate(even)),
        days=_at(days(even), even),
        rights=rights(even),
        rate=rate(even),
        case=case(even),
        recorded=recorded(even),
    )


def _at(named: tuple[Day, ...], text: str) -> tuple[Day, ...]:
    """A single day with the time and the zone that stand beside it; of several, none could be told to have them."""
    if len(named) != 1:
        return named
    [day] = named
    at = time_of_day(text.replace(day.raw, " "))
    return (day.model_copy(update={"at": at, "zone": zone(text) if at else None}),)
