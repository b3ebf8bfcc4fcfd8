"""Shares of the goods' value: how high a fine can be, and what a trader deposits for release in a patent case.

Only for renminbi, or with a rate that was named: Customs reckons in renminbi, and we know no exchange rate.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from intents.handlers.registry import Case, register
from intents.voice import Opening
from knowledge import rendering
from knowledge.errors import AmountError, NotInForceError
from knowledge.library import Library
from knowledge.sums import share

Sum = Callable[[Library, Decimal, date], Decimal]


@register("fine", needs="money")
def ceiling(case: Case) -> Opening | None:
    """The ceiling of the fine and the plain answer, or nothing where no value in renminbi was named."""
    return _share(case, share.highest_fine, "fine.ceiling")


@register("counter_security", needs="money")
def deposit(case: Case) -> Opening | None:
    """The deposit and the plain answer, or nothing where no value in renminbi was named."""
    return _share(case, share.counter_security, "counter_security.deposit")


def _share(case: Case, reckon: Sum, key: str) -> Opening | None:
    voice, value = case.voice, case.renminbi
    if value is None:
        return None
    try:
        found = reckon(voice.library, value, voice.on)
    except (AmountError, NotInForceError):
        return None
    said, amount = (rendering.money(each, voice.language) for each in (value, found))
    return case.led_by(*case.exchange, voice.text(key, value=said, amount=amount))
