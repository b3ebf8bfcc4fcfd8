"""How much security a right holder gives: by tier where Customs acts ex officio, in full on application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from knowledge.errors import AmountError
from knowledge.library import Library

TIER_1 = "cn.security.tier1"
TIER_2 = "cn.security.tier2"
TIER_3 = "cn.security.tier3"
ON_APPLICATION = "cn.application.security"

_FEN = Decimal("0.01")


@dataclass(frozen=True)
class Security:
    """The security for one shipment, in renminbi, and the id of the fact that sets it."""

    amount: Decimal
    tier: str


def _percent(value: Decimal, rate: Decimal) -> Decimal:
    return (value * rate / 100).quantize(_FEN, ROUND_HALF_UP)


def _checked(value: Decimal) -> Decimal:
    if not value.is_finite() or value <= 0:
        raise AmountError(f"the goods' value must be above zero, not {value}")
    return value


def ex_officio(library: Library, value: Decimal, on: date) -> Security:
    """The security where Customs acts on its own and the right is recorded.

    `value` is the value of the suspected goods in renminbi. Raises AmountError if it is not above zero.
    """
    _checked(value)
    small, middle, large = (library.on(tier, on) for tier in (TIER_1, TIER_2, TIER_3))
    if value < small.value("below").amount:
        return Security(_percent(value, small.value("rate").amount), TIER_1)
    if value <= middle.value("to").amount:
        share = _percent(value, middle.value("rate").amount)
        return Security(max(share, middle.value("minimum").amount), TIER_2)
    return Security(large.value("cap").amount, TIER_3)


def on_application(library: Library, value: Decimal, on: date) -> Security:
    """The security where the holder asks for a given shipment to be detained, recorded or not."""
    rate = library.on(ON_APPLICATION, on).value("rate").amount
    return Security(_percent(_checked(value), rate), ON_APPLICATION)
