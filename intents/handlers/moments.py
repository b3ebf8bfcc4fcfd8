"""The day in China on which something happened, and what has to be said about it aloud.

A day told with an hour abroad may be another in China, where terms are counted; a day told by its distance from today
("last Friday") is named, so that a wrong guess can be put right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intents.reading import Day
from intents.voice import Voice
from knowledge.sums.service import day_in_china


@dataclass(frozen=True)
class Moment:
    """A day in China, and the sentences that go with it."""

    day: date
    said: tuple[str, ...] = ()


def in_china(named: Day) -> date:
    """The day it was in China. Raises AmountError."""
    return day_in_china(named.day, named.at, named.zone)


def moment(voice: Voice, named: Day, reckoned: str = "day.reckoned") -> Moment:
    """The day in China, and that it is a guess or another day there, where it is. Raises AmountError.

    `reckoned` is the text that says which day a guess is.
    """
    day = in_china(named)
    said = []
    if day != named.day:
        said.append(voice.text("deadline.elsewhere", day=voice.day(day)))
    if named.reckoned:
        said.append(voice.text(reckoned, day=voice.weekday(day)))
    return Moment(day, tuple(said))
