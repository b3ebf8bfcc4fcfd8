"""A form left half-way: one gentle reminder by day, and after a long time what was filled in is dropped."""

from __future__ import annotations

from datetime import datetime

from bot.conversation import filling
from bot.conversation.events import FormLeft, Record
from bot.conversation.owner import Owner
from bot.conversation.scene import BEIJING, Outcome, Scene
from bot.conversation.texts import text

DAY = range(9, 20)
"""The hours in Beijing at which somebody may be written to; where they are themselves we do not know."""
_BEGINNINGS = frozenset({"form_begun", "form_restored"})


def left(scene: Scene, outcome: Outcome, event: FormLeft) -> Outcome:
    """What becomes of a form that the clock points at; nothing where the prospect came back meanwhile."""
    state, away = outcome.state, scene.now - event.since
    if state.progress is None:
        return outcome
    data = {"form": state.progress.form}
    if away >= event.drop_after:
        dropped = outcome.remember(progress=None, form_reminded=False, undo=None)
        return dropped.do(Record(what="form_dropped", actor="system", data=data))
    may = event.may_write and is_day(scene.now) and state.owner is Owner.BOT
    if state.form_reminded or not may or away < event.remind_after:
        return outcome
    reminded = outcome.remember(form_reminded=True)
    reminded = reminded.do(Record(what="form_reminded", actor="system", data=data))
    return filling.ask(scene, reminded, text("form_left", state.language))


def forget_stopped(scene: Scene, outcome: Outcome) -> Outcome:
    """What was filled into a stopped form goes when it can be brought back no longer."""
    undo = outcome.state.undo
    if undo is None or undo.progress is None or scene.now <= undo.until:
        return outcome
    forgotten = outcome.remember(undo=undo.model_copy(update={"progress": None}))
    return forgotten.do(Record(what="form_forgotten", actor="system"))


def afresh(outcome: Outcome) -> Outcome:
    """After a message: a form that was begun or brought back may be reminded of again, and none that is gone."""
    began = any(isinstance(e, Record) and e.what in _BEGINNINGS for e in outcome.effects)
    ended = outcome.state.progress is None
    return outcome.remember(form_reminded=False) if began or ended else outcome


def is_day(now: datetime) -> bool:
    """Whether somebody may be written to at this hour."""
    return now.astimezone(BEIJING).hour in DAY
