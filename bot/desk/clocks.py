"""Moments as the reader's own clock shows them; the browser says its zone in a cookie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import unquote
from zoneinfo import ZoneInfo, available_timezones

from fastapi import Request

COOKIE = "tidewaiter_zone"
USUAL = "Asia/Shanghai"
"""Where the agency and the customs are."""


@dataclass(frozen=True)
class Clock:
    """A zone, and what time it is there now."""

    zone: ZoneInfo
    now: datetime

    def short(self, moment: datetime) -> str:
        """The time; on another day the date as well."""
        local, today = moment.astimezone(self.zone), self.now.astimezone(self.zone)
        if local.date() == today.date():
            return f"{local:%H:%M}"
        year = "" if local.year == today.year else f" {local.year}"
        return f"{local.day} {local:%b}{year}, {local:%H:%M}"

    def day(self, moment: datetime) -> str:
        """The day alone; the year where it is another."""
        local, today = moment.astimezone(self.zone), self.now.astimezone(self.zone)
        year = "" if local.year == today.year else f" {local.year}"
        return "today" if local.date() == today.date() else f"{local.day} {local:%b}{year}"

    def full(self, moment: datetime) -> str:
        """Date and time, with the zone."""
        local = moment.astimezone(self.zone)
        return f"{local.day} {local:%B %Y, %H:%M} ({self.zone.key})"


def of(request: Request, now: datetime) -> Clock:
    """The reader's clock; the agency's where the browser has not said."""
    said = unquote(request.cookies.get(COOKIE, ""))
    return Clock(ZoneInfo(said if said in _zones() else USUAL), now)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
