"""Days and amounts of money."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from bot.intake.kinds.base import Accepted, Asked, Found, Parsed, Rejected
from bot.intake.typed import one_line
from intents.entities.dates import days
from intents.entities.money import money
from intents.entities.recent import recent
from intents.normalise import fold, simplify
from knowledge import rendering
from knowledge.model import Language

_TWO_WAYS = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)")


def parse_day(text: str, asked: Asked) -> Parsed:
    """One day, with its year; a day that can be read in two ways is asked for again."""
    found = _days(text, asked.today)
    if len(found) == 1:
        return Accepted(found[0].isoformat())
    if match := _TWO_WAYS.search(one_line(text)):
        return Rejected("which_day", values={"day": match[0]})
    return Rejected("one_day" if found else "no_day")


def find_day(text: str, asked: Asked) -> Found | None:
    """The only day in a text, where the text is little else."""
    found = _days(text, asked.today)
    return Found(found[0].isoformat(), text.strip()) if len(found) == 1 else None


def shown_day(value: str, language: Language) -> str:
    """22 November 2026, 2026年11月22日."""
    return rendering.day(date.fromisoformat(value), language)


def parse_amount(text: str, _asked: Asked) -> Parsed:
    """One amount with its currency."""
    found = money(simplify(fold(one_line(text))))
    if len(found) != 1:
        return Rejected("no_amount")
    return Accepted(f"{found[0].currency} {found[0].amount.normalize():f}")


def find_amount(text: str, asked: Asked) -> Found | None:
    """The only amount in a text."""
    parsed = parse_amount(text, asked)
    return Found(parsed.value, text.strip()) if isinstance(parsed, Accepted) else None


def shown_amount(value: str, language: Language) -> str:
    """RMB 150,000, USD 30,000."""
    currency, _, amount = value.partition(" ")
    if currency == "CNY":
        return rendering.money(Decimal(amount), language)
    return rendering.foreign(Decimal(amount), currency)


def _days(text: str, today: date) -> list[date]:
    even = simplify(fold(one_line(text)))
    named = [each.day for each in days(even)]
    if not named:
        named = [found.day for each in recent(even) if (found := each.on(today))]
    return list(dict.fromkeys(named))
