"""Until when a recordation granted on a named day is valid, and when it can be renewed."""

from __future__ import annotations

from intents.handlers.registry import Case, register
from intents.voice import Opening
from knowledge.errors import AmountError, NotInForceError
from knowledge.sums import renewal


@register("validity", needs="days")
def last_day(case: Case) -> Opening | None:
    """The last day and the renewal window; of two days the earlier is the grant, the later the end of the right."""
    days = sorted({day.day for day in case.entities.days})
    if not days or len(days) > 2:
        return None
    voice, granted, right_ends = case.voice, days[0], days[1] if len(days) == 2 else None
    try:
        last = renewal.expiry(voice.library, granted, voice.on, right_ends)
        window = renewal.window(voice.library, last, voice.on)
    except (AmountError, NotInForceError):
        return None
    term, over = ("shorter" if last == right_ends else "full"), last < voice.on
    ends = {"granted": voice.day(granted), "last": voice.day(last)}
    renewed = {"opens": voice.day(window.opens), "closes": voice.day(window.closes)}
    return case.led_by(
        voice.text(f"validity.{term}_over" if over else f"validity.{term}", **ends),
        voice.text("validity.window_over" if over else "validity.window", **renewed),
    )
