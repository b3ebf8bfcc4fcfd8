"""What was written while the bot was not there is answered all the same, with one word of apology for all of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation.scene import BEIJING, Outcome, Scene
from knowledge import rendering

LATE_AFTER = timedelta(hours=1)
"""Sooner, an answer is slow and needs no words about it."""


def apologise(scene: Scene, outcome: Outcome, sent_at: datetime | None) -> Outcome:
    """The apology, said before the first answer of a batch: whatever was sent before it belongs to the batch."""
    if sent_at is None or scene.now - sent_at < LATE_AFTER:
        return outcome
    said = outcome.state.apologised_at
    if said is not None and sent_at <= said:
        return outcome
    there = sent_at.astimezone(BEIJING)
    day = rendering.day(there.date(), outcome.state.language)
    told = outcome.line("late", day=day, time=f"{there:%H:%M}")
    return told.remember(apologised_at=scene.now)
