"""Until when a recordation granted on a named day is valid, and when it can be renewed."""

from __future__ import annotations

import re

from intents.handlers.registry import Case, register
from intents.voice import Opening
from knowledge.errors import AmountError, NotInForceError
from knowledge.sums import renewal

_CASE = re.compile(r"\bdetain|\bdetention|\bseiz|\bnotice|\bcourt\b|扣留|查扣|通知|法院", re.I)
"""What tells that the day is one of a case at the border, not of a grant."""
_ENDS = re.compile(
    r"\bends?\b|\bending\b|\bexpir|\brun(?:s|ning)? out|\buntil\b|\bvalid (?:to|till)|\blapses?\b"
    r"|到期|届满|终止|有效期|截止",
    re.I,
)
"""What tells that the later of two days is the end of the right."""


@register("validity", needs="days")
def last_day(case: Case) -> Opening | None:
    """The last day and the renewal window; of two days the earlier is the grant, the later the end of the right."""
    days = sorted({day.day for day in case.entities.days})
    if not days or len(days) > 2 or _CASE.search(case.text):
        return None
    if len(days) == 2 and not _ENDS.search(case.text):
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
