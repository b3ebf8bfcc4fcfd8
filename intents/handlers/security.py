"""How much security for goods of a given value: by tier where Customs acts itself, in full where the holder asks.

In: the goods' value, and whether the right is recorded. Where that is not said, both ways are told.
Customs reckons in renminbi. We know no exchange rate, so a foreign amount is only placed in a tier if any likely rate
places it there.
"""

from __future__ import annotations

import re
from decimal import Decimal

from intents.handlers.registry import Case, register
from intents.reading import Money
from intents.voice import Opening, Voice
from knowledge import rendering
from knowledge.errors import AmountError, NotInForceError
from knowledge.library import Holding
from knowledge.sums import security

_LIKELY = {
    "USD": ("6", "9"),
    "EUR": ("6.5", "10"),
    "GBP": ("7.5", "13"),
    "CHF": ("6", "11"),
    "HKD": ("0.75", "1.2"),
    "JPY": ("0.04", "0.09"),
    "AUD": ("3.8", "7"),
    "CAD": ("4.3", "7"),
    "SGD": ("4.3", "7"),
    "KRW": ("0.004", "0.008"),
    "TWD": ("0.18", "0.3"),
    "INR": ("0.06", "0.12"),
}
"""Renminbi for one unit, from below to above what it has been these twenty years: never said, only for safety."""
_LIMIT = re.compile(
    r"\b(?:cap|capped|limit|limited|maximum|ceiling)\b|上限|封顶|为限|最高", re.IGNORECASE
)
_GOODS = re.compile(r"\b(?:goods|worth|value|valued|shipment)\b|货|价值", re.IGNORECASE)


@register("security", needs="money")
def amount(case: Case) -> Opening | None:
    """The security worked out, or nothing where no value was named."""
    if not case.entities.money or _asks_about_cap(case):
        return None
    named = case.entities.money[0]
    try:
        value = case.renminbi
        return _foreign(case, named) if value is None else _in_renminbi(case, value)
    except (AmountError, NotInForceError):
        return None


def _asks_about_cap(case: Case) -> bool:
    """Whether the amount that was named is the cap itself, as in "is it limited to RMB 100,000?"."""
    if not _LIMIT.search(case.text) or _GOODS.search(case.text):
        return False
    try:
        cap = case.voice.library.on(security.TIER_3, case.voice.on).value("cap")
    except NotInForceError:
        return False
    return case.renminbi == cap.amount


def _in_renminbi(case: Case, value: Decimal) -> Opening:
    voice, parts = case.voice, list[Opening]()
    if case.entities.recorded is not False:
        parts.append(_by_tier(voice, value))
    if case.entities.recorded is not True or _on_application(case):
        parts.append(_in_full(case, value))
    if _on_application(case):
        parts.reverse()
    return _joined(voice, parts, before=case.exchange)


def _on_application(case: Case) -> bool:
    return case.topic.id.startswith("application.")


def _by_tier(voice: Voice, value: Decimal) -> Opening:
    found = security.ex_officio(voice.library, value, voice.on)
    text = voice.text(
        f"security.{_level(found.tier)}", **_said(voice, found.tier, value, found.amount)
    )
    return Opening(text, _facts(voice, found.tier))


def _in_full(case: Case, value: Decimal) -> Opening:
    voice = case.voice
    found = security.on_application(voice.library, value, voice.on)
    key = "security.unrecorded" if case.entities.recorded is False else "security.application"
    return Opening(
        voice.text(key, **_said(voice, found.tier, value, found.amount)), _facts(voice, found.tier)
    )


def _foreign(case: Case, named: Money) -> Opening | None:
    """The tier, if it is the same at every likely rate; else only that Customs reckons in renminbi."""
    voice, tier = case.voice, _certain_tier(case.voice, named)
    if tier is None:
        asked = voice.text(
            "security.foreign", value=rendering.foreign(named.amount, named.currency)
        )
        return case.led_by(asked, voice.text("money.rate_wanted"))
    values = {"value": rendering.foreign(named.amount, named.currency), **_values(voice, tier)}
    known = Opening(voice.text(f"security.foreign_{_level(tier)}", **values), _facts(voice, tier))
    full = Opening(
        voice.text("security.foreign_application"), _facts(voice, security.ON_APPLICATION)
    )
    recorded = case.entities.recorded
    parts = [known] * (recorded is not False) + [full] * (recorded is not True)
    return _joined(voice, parts, after=(voice.text("money.rate_wanted"),))


def _certain_tier(voice: Voice, named: Money) -> str | None:
    rates = _LIKELY.get(named.currency)
    if rates is None:
        return None
    tiers = {
        security.ex_officio(voice.library, named.amount * Decimal(rate), voice.on).tier
        for rate in rates
    }
    return tiers.pop() if len(tiers) == 1 else None


def _said(voice: Voice, fact: str, value: Decimal, found: Decimal) -> dict[str, str]:
    money = {
        "value": rendering.money(value, voice.language),
        "amount": rendering.money(found, voice.language),
    }
    return _values(voice, fact) | money


def _values(voice: Voice, fact: str) -> dict[str, str]:
    values = voice.library.on(fact, voice.on).period.values
    return {name: rendering.quantity(value, voice.language) for name, value in values.items()}


def _level(fact: str) -> str:
    return fact.rpartition(".")[2]


def _facts(voice: Voice, fact: str) -> tuple[Holding, ...]:
    return (voice.library.on(fact, voice.on),)


def _joined(
    voice: Voice, parts: list[Opening], before: tuple[str, ...] = (), after: tuple[str, ...] = ()
) -> Opening:
    texts = (*before, *(part.text for part in parts), *after)
    facts = tuple(fact for part in parts for fact in part.facts)
    return Opening(voice.text("frame.space").join(texts), facts, complete=True)
