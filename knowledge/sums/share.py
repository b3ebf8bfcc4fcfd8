"""A share of the goods' value, to the fen: a ceiling for a fine, a deposit in full."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from knowledge.errors import AmountError
from knowledge.library import Library
from knowledge.model import Quantity, Unit

FINE = "cn.penalty.fine"
COUNTER_SECURITY = "cn.counter_security.patent"

_FEN = Decimal("0.01")
MOST = Decimal(10) ** 18
"""More than all goods there are: beyond it an amount is a slip, and no longer exact to the fen."""


def of(value: Decimal, rate: Quantity) -> Decimal:
    """So many percent of a value in renminbi. Raises AmountError unless it is above zero and the rate a percentage."""
    if not value.is_finite() or value <= 0:
        raise AmountError(f"the goods' value must be above zero, not {value}")
    if value > MOST:
        raise AmountError(f"no goods are worth {value}")
    if rate.unit is not Unit.PERCENT:
        raise AmountError(f"{rate.amount} {rate.unit} is no share")
    return to_the_fen(value * rate.amount / 100)


def to_the_fen(amount: Decimal) -> Decimal:
    """An amount of renminbi without parts of a fen, the half going up."""
    return amount.quantize(_FEN, ROUND_HALF_UP)


def highest_fine(library: Library, value: Decimal, on: date) -> Decimal:
    """The most that whoever imports or exports infringing goods of that value can be fined. Raises AmountError."""
    return of(value, library.on(FINE, on).value("fine"))


def counter_security(library: Library, value: Decimal, on: date) -> Decimal:
    """What a trader deposits in a patent case to have the goods released. Raises AmountError."""
    return of(value, library.on(COUNTER_SECURITY, on).value("rate"))
