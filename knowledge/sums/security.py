"""How much security a right holder gives: by tier where Customs acts ex officio, in full on application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.library import Library
from knowledge.sums import share

TIER_1 = "cn.security.tier1"
TIER_2 = "cn.security.tier2"
TIER_3 = "cn.security.tier3"
ON_APPLICATION = "cn.application.security"


@dataclass(frozen=True)
class Security:
    """The security for one shipment, in renminbi, and the id of the fact that sets it."""

    amount: Decimal
    tier: str


def ex_officio(library: Library, value: Decimal, on: date) -> Security:
    """The security where Customs acts on its own and the right is recorded.

    `value` is the value of the suspected goods in renminbi. Raises AmountError if it is not above zero.
    """
    small, middle, large = (library.on(tier, on) for tier in (TIER_1, TIER_2, TIER_3))
    in_full = share.of(value, small.value("rate"))
    if value < small.value("below").amount:
        return Security(in_full, TIER_1)
    if value <= middle.value("to").amount:
        part = share.of(value, middle.value("rate"))
        return Security(max(part, middle.value("minimum").amount), TIER_2)
    return Security(large.value("cap").amount, TIER_3)


def on_application(library: Library, value: Decimal, on: date) -> Security:
    """The security where the holder asks for a given shipment to be detained, recorded or not."""
    rate = library.on(ON_APPLICATION, on).value("rate")
    return Security(share.of(value, rate), ON_APPLICATION)
