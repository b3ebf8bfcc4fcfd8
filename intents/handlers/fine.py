"""How high the fine for infringing goods of a given value can be.

Only for renminbi: Customs reckons in it, and we know no exchange rate.
"""

from __future__ import annotations

from intents.handlers.registry import Case, register
from intents.voice import Opening
from knowledge import rendering
from knowledge.errors import AmountError, NotInForceError
from knowledge.sums import share


@register("fine", needs="money")
def ceiling(case: Case) -> Opening | None:
    """The ceiling worked out and the plain answer, or nothing where no value in renminbi was named."""
    voice, named = case.voice, case.entities.money
    if not named or named[0].currency != "CNY":
        return None
    try:
        most = share.highest_fine(voice.library, named[0].amount, voice.on)
    except (AmountError, NotInForceError):
        return None
    value, fine = (rendering.money(each, voice.language) for each in (named[0].amount, most))
    return case.led_by(voice.text("fine.ceiling", value=value, amount=fine))
