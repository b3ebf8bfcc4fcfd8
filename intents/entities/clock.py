"""The time of day and the zone that stand beside a date: at 17:30, 5 pm Berlin time, 下午3点, UTC+1.

In: a message, folded. A zone that can be read in two ways (CST is China's and Chicago's) is not taken, nor a place that
is also a word of the subject or of every day (Madrid, Jersey, Easter) unless it says `time`.
"""

from __future__ import annotations

import re
from datetime import time
from functools import cache
from zoneinfo import available_timezones

_TIME = re.compile(
    r"(?<![\d.:])(?P<h>[01]?\d|2[0-3])(?::|\.(?=\d\d\s*[ap]\.?m\b)|(?<=\bat \d)\.|(?<=\bat \d\d)\.)"
    r"(?P<m>[0-5]\d)(?!\d)\s*(?P<half>[ap]\.?m\b\.?)?"
    r"|(?<![\d.:])(?P<h2>1[0-2]|0?\d)\s*(?P<half2>[ap]\.?m\b\.?)"
    r"|(?P<part>上午|早上|中午|下午|傍晚|晚上?)?\s*(?<![\d年月])(?P<h3>[01]?\d|2[0-3])\s*[点时](?:(?P<m3>[0-5]?\d)分?|(?P<half3>半))?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"\b(?:utc|gmt)\s*([+-])\s*(\d{1,2})(?::?([0-5]\d))?\b", re.IGNORECASE)
_ABBREVIATED = {
    "utc": "UTC",
    "gmt": "UTC",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "bst": "Europe/London",
    "est": "America/New_York",
    "edt": "America/New_York",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "jst": "Asia/Tokyo",
    "beijing": "Asia/Shanghai",
    "china time": "Asia/Shanghai",
    "北京时间": "Asia/Shanghai",
    "纽约": "America/New_York",
    "伦敦": "Europe/London",
    "柏林": "Europe/Berlin",
    "巴黎": "Europe/Paris",
    "东京": "Asia/Tokyo",
}
_AREAS = ("Africa", "America", "Asia", "Australia", "Europe", "Pacific")
_AFTERNOON = frozenset(("下午", "傍晚", "晚上", "晚"))
_MORE_THAN_PLACES = frozenset((
    "madrid", "jersey", "easter", "north", "south", "west", "victoria", "virgin", "phoenix", "regina", "sofia",
    "midway", "resolute", "wake", "oral", "norfolk", "darwin", "chatham", "currie", "dawson", "creston", "samoa",
))  # fmt: skip


def time_of_day(text: str) -> time | None:
    """The first time of day named in the text; none where it is midnight, which two days could mean."""
    match = _TIME.search(_OFFSET.sub(" ", text))
    if match is None:
        return None
    hour = int(match["h"] or match["h2"] or match["h3"])
    if match["part"] in {"晚上", "晚"} and hour == 12:
        return None
    minute = int(match["m"] or match["m3"] or (30 if match["half3"] else 0))
    half = (match["half"] or match["half2"] or "").lower()
    later = (
        half.startswith("p")
        or match["part"] in _AFTERNOON
        or (match["part"] == "中午" and hour < 11)
    )
    if later and hour < 12:
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    return time(hour, minute)


def zone(text: str) -> str | None:
    """The zone named in the text: an IANA name, or an offset written `+01:00`."""
    if offset := _OFFSET.search(text):
        sign, hours, minutes = offset.groups()
        return f"{sign}{int(hours):02}:{minutes or '00'}" if int(hours) <= 14 else None
    found = list(_named().finditer(text))
    said = [match for match in found if match["time"]] or [
        match for match in found if match["name"].lower() not in _MORE_THAN_PLACES
    ]
    zones = {_zones()[match["name"].lower()] for match in said}
    return zones.pop() if len(zones) == 1 else None


@cache
def _zones() -> dict[str, str]:
    """City by city, as the time zone database names them, and the usual abbreviations."""
    cities = {
        name.rpartition("/")[2].replace("_", " ").lower(): name
        for name in sorted(available_timezones())
        if name.split("/")[0] in _AREAS and name.count("/") == 1
    }
    return {name: zone for name, zone in cities.items() if len(name) > 3} | _ABBREVIATED


@cache
def _named() -> re.Pattern[str]:
    names = sorted(_zones(), key=len, reverse=True)
    whole = (rf"\b{re.escape(name)}\b" if name.isascii() else name for name in names)
    return re.compile(rf"(?P<name>{'|'.join(whole)})(?P<time>\s*(?:time\b|时间))?", re.IGNORECASE)
