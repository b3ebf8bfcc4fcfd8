"""Which reminders a recordation gets, on which days, and which still make sense on a later day. Pure.

Days are China's. The window is counted by the law of the day on which it is asked for, so a change of
the law moves what a reminder says, though not the day that was worked out when it was set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from knowledge.library import Library
from knowledge.sums.renewal import Window, window
from knowledge.sums.service import CHINA

MORNING = time(9)
"""When the day of a reminder begins: nobody is woken by one."""
ROUNDS = "recordations"
"""The group of the form whose rounds are recordations."""


class Which(StrEnum):
    """The two reminders of a recordation."""

    OPENS = "opens"
    CLOSES = "closes"


class Fate(StrEnum):
    """What a reminder whose day has come still is good for."""

    SEND = "send"
    OVERTAKEN = "overtaken"
    """The reminder of the last day is due as well, and says all that this one would."""
    OVER = "over"
    """The last day has passed: it would only hurt."""


@dataclass(frozen=True)
class Ahead:
    """How many days before the window opens, and before it closes, a reminder goes."""

    opens: int
    closes: int

    def of(self, which: Which) -> timedelta:
        """The days before that end of the window."""
        return timedelta(days=self.opens if which is Which.OPENS else self.closes)


USUAL = Ahead(opens=14, closes=30)


@dataclass(frozen=True)
class Rules:
    """What reminders go by."""

    library: Library
    ahead: Ahead = USUAL


@dataclass(frozen=True)
class Recordation:
    """What the person told of one recordation."""

    number: int
    about: str
    """What it is to be called; empty where that was not told."""
    valid_until: date
    right_until: date | None = None

    @property
    def right_ends_first(self) -> bool:
        """Whether the right ends before the recordation's own day, and the recordation with it."""
        return self.right_until is not None and self.right_until < self.valid_until

    @property
    def ends(self) -> date:
        """Its last day."""
        return min(self.valid_until, self.right_until or self.valid_until)

    def window(self, library: Library, on: date) -> Window:
        """The days on which renewal can be requested. Raises AmountError before the calendar begins."""
        return window(library, self.ends, on)


@dataclass(frozen=True)
class Planned:
    """A reminder to come."""

    which: Which
    on: date


def recordations(answers: Mapping[str, str]) -> list[Recordation]:
    """The recordations of a finished form, by the paths of its answers; one without its day is left out."""
    numbers = sorted({int(path.split(".")[1]) for path in answers if path.startswith(f"{ROUNDS}.")})
    found = (_recordation(answers, number) for number in numbers)
    return [each for each in found if each is not None]


def planned(rules: Rules, recordation: Recordation, today: date) -> list[Planned]:
    """What is still to come, none in the past: what should have gone already goes today."""
    if recordation.ends < today:
        return []
    days = recordation.window(rules.library, today)
    ends = {Which.OPENS: days.opens, Which.CLOSES: days.closes}
    return [
        Planned(which, max(end - rules.ahead.of(which), today))
        for which, end in ends.items()
        if end >= today
    ]


def fate(rules: Rules, recordation: Recordation, which: Which, today: date) -> Fate:
    """What a reminder is good for today, however late that is."""
    if recordation.ends < today:
        return Fate.OVER
    closes = recordation.window(rules.library, today).closes
    if which is Which.OPENS and closes - rules.ahead.of(Which.CLOSES) <= today:
        return Fate.OVERTAKEN
    return Fate.SEND


def morning(on: date) -> datetime:
    """The moment from which a reminder of that day may go."""
    return datetime.combine(on, MORNING, CHINA)


def day_of(moment: datetime) -> date:
    """The day in China."""
    return moment.astimezone(CHINA).date()


def _recordation(answers: Mapping[str, str], number: int) -> Recordation | None:
    own = f"{ROUNDS}.{number}."
    valid = answers.get(f"{own}valid_until")
    if not valid:
        return None
    right = answers.get(f"{own}right_until")
    return Recordation(
        number,
        answers.get(f"{own}about", ""),
        date.fromisoformat(valid),
        date.fromisoformat(right) if right else None,
    )
