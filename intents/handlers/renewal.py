"""When a recordation that ends on a named day can be renewed."""

from __future__ import annotations

from intents.handlers.moments import moment
from intents.handlers.registry import Case, register
from intents.voice import Opening
from knowledge.errors import AmountError, NotInForceError
from knowledge.sums import renewal


@register("renewal", needs="days")
def window(case: Case) -> Opening | None:
    """The plain answer and the window worked out, or nothing where no day was named."""
    if not case.entities.days:
        return None
    voice = case.voice
    try:
        expires = moment(voice, case.entities.days[0])
        found = renewal.window(voice.library, expires.day, voice.on)
    except (AmountError, NotInForceError):
        return None
    key = "renewal.open"
    if voice.on < found.opens:
        key = "renewal.coming"
    if voice.on > found.closes:
        key = "renewal.closed"
    days = {
        "expires": voice.day(expires.day),
        "opens": voice.day(found.opens),
        "closes": voice.day(found.closes),
    }
    return case.led_by(*expires.said, voice.text(key, **days))
