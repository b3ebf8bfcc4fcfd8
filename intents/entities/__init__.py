"""What is named in a message besides its question: money, days, rights and their numbers, ports, goods, contacts."""

from __future__ import annotations

from typing import TypeVar

from intents.entities.case import case
from intents.entities.clock import time_of_day, zone
from intents.entities.contacts import contacts, without_contacts
from intents.entities.dates import days
from intents.entities.elsewhere import recent_elsewhere, running_elsewhere
from intents.entities.money import money
from intents.entities.ports import ports
from intents.entities.rate import rate, without_rate
from intents.entities.recent import recent
from intents.entities.registrations import registrations
from intents.entities.rights import rights
from intents.entities.running import running
from intents.entities.status import recorded
from intents.entities.tariff import tariff_codes
from intents.entities.wording import in_words, without
from intents.normalise import fold, simplify
from intents.reading import Day, Entities, Recent

_Day = TypeVar("_Day", Day, Recent)


def read(text: str) -> Entities:
    """Everything named in the message. What is a number of one sort is not read as one of another."""
    even = simplify(fold(text))
    given = contacts(even)
    said = without_contacts(even) if given else even
    numbers = registrations(said)
    codes = tariff_codes(without(said, numbers))
    rest = without(said, (*numbers, *codes))
    words = in_words(said, numbers)
    return Entities(
        money=money(without_rate(rest)),
        days=_at(days(rest), rest),
        recent=_at(recent(rest) or recent_elsewhere(rest), rest),
        running=running(rest) or running_elsewhere(rest),
        rights=rights(words),
        rate=rate(rest),
        case=case(words),
        recorded=recorded(words),
        registrations=numbers,
        tariff_codes=codes,
        ports=ports(rest),
        contacts=tuple(dict.fromkeys(found.kind for found in given)),
    )


def _at(named: tuple[_Day, ...], text: str) -> tuple[_Day, ...]:
    """A single day with the time and the zone that stand beside it; of several, none could be told to have them."""
    if len(named) != 1:
        return named
    [day] = named
    at = time_of_day(text.replace(day.raw, " "))
    return (day.model_copy(update={"at": at, "zone": zone(text) if at else None}),)
