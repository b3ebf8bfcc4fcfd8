"""When a recordation can be renewed: the months before it expires, and not a day after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from knowledge.library import Library
from knowledge.sums.terms import calendar_term, moved

WINDOW = "cn.recordation.renewal_window"
VALIDITY = "cn.recordation.validity"
SHORTER = "cn.recordation.validity_shorter"


@dataclass(frozen=True)
class Window:
    """The first and the last day on which renewal can be requested."""

    opens: date
    closes: date


def window(library: Library, expires: date, on: date) -> Window:
    """The renewal window of a recordation whose last day of validity is `expires`.

    Raises AmountError where it would begin before the year 1.
    """
    return Window(moved(expires, -calendar_term(library.on(WINDOW, on).value("window"))), expires)


def expiry(library: Library, granted: date, on: date, right_ends: date | None = None) -> date:
    """The last day of a recordation granted on a day: the full term, or the end of the right if sooner.

    Raises AmountError where it would lie beyond the year 9999.
    """
    term = calendar_term(library.on(VALIDITY, on).value("validity"))
    full = moved(granted, term - relativedelta(days=1))
    return min(full, right_ends) if right_ends else full
