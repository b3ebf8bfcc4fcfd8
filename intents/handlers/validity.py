"""Until when a recordation granted on a named day is valid, and when it can be renewed."""

from __future__ import annotations

import re

from intents.handlers.moments import in_china, moment
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
    named = sorted(case.entities.days, key=lambda day: day.day)
    if not 1 <= len({day.day for day in named}) <= 2 or _CASE.search(case.text):
        return None
    if named[0].day != named[-1].day and not _ENDS.search(case.text):
        return None
    voice = case.voice
    try:
        began, end = moment(voice, named[0]), in_china(named[-1])
        granted, right_ends = began.day, end if end != began.day else None
        last = renewal.expiry(voice.library, granted, voice.on, right_ends)
        window = renewal.window(voice.library, last, voice.on)
    except (AmountError, NotInForceError):
        return None
    term, over = ("shorter" if last == right_ends else "full"), last < voice.on
    ends = {"granted": voice.day(granted), "last": voice.day(last)}
    renewed = {"opens": voice.day(window.opens), "closes": voice.day(window.closes)}
    return case.led_by(
        *began.said,
        voice.text(f"validity.{term}_over" if over else f"validity.{term}", **ends),
        voice.text("validity.window_over" if over else "validity.window", **renewed),
    )
