"""While somebody waits for a person: an honest time, ringing again, taking a message, and matters that are put off.

All times are counted within the agency's hours, and are kept in the memory: no restart loses one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from bot.conversation import buttons, closing
from bot.conversation.events import RingStaff
from bot.conversation.owner import Move, Owner
from bot.conversation.scene import BEIJING, Outcome, Scene
from bot.conversation.state import Ring, State
from bot.conversation.texts import text
from bot.intake import form as forms
from knowledge import rendering
from knowledge.model import Language

TOLD_EVERY = timedelta(hours=12)
"""How long a time that was told holds: said more often it is no news."""
WRITING = timedelta(minutes=5)
"""So long after their last words the staff counts as writing: no times are told beside that."""
FEWEST = 5
"""Hand-offs of which a median tells something."""
EXACT = 10
"""Minutes up to which a wait is told to the minute; then to five."""
FEWEST_MINUTES = 2
HOURS_FROM = 90
"""Minutes from which a wait is told in hours. All is rounded up: nobody minds that somebody comes sooner."""


def begin(scene: Scene, outcome: Outcome) -> Outcome:
    """Somebody has been called: from now on they wait, and it rings."""
    begun = outcome.remember(waiting_since=scene.now, noted_while_waiting=False)
    return _ring(scene, begun)


def times(scene: Scene, outcome: Outcome, *, asks: bool = True) -> tuple[Outcome, tuple[str, ...]]:
    """What can honestly be said of when somebody comes, in sentences; nothing where nothing can, or it was said.

    `asks` is whether to ask for an address as well, outside the hours and where none is known.
    """
    state, now = outcome.state, scene.now
    if _lately(state.told_time_at, now, TOLD_EVERY) or _lately(state.staff_wrote_at, now, WRITING):
        return outcome, ()
    told = outcome.remember(told_time_at=now)
    if scene.office.hours.is_open(now):
        usual = _usual_wait(scene, state.language)
        return (told, (usual,)) if usual else (outcome, ())
    opening = scene.office.hours.opens(now)
    said = () if opening is None else (_opening(state, opening),)
    return told.remember(took_message=True), (*said, *(_contact_wanted(state) if asks else ()))


def time_up(scene: Scene, outcome: Outcome, *, may_write: bool) -> Outcome:
    """The clock has come so far: what was put off comes back, and a call that nobody has answered goes on."""
    state = outcome.state
    if state.snoozed_until is not None and state.snoozed_until <= scene.now:
        return wake(scene, outcome, "system", reason="time")
    if state.ring is None or state.ring.at > scene.now:
        return outcome
    return _rings(scene, outcome, state.ring, may_write=may_write)


def wake(scene: Scene, outcome: Outcome, actor: str, reason: str) -> Outcome:
    """What was put off is on top again; nothing where nothing was."""
    if outcome.state.snoozed_until is None:
        return outcome
    woken = outcome.move(Move.WAKE, actor, reason=reason)
    woken = woken.remember(snoozed_until=None, woken_at=scene.now)
    return _ring(scene, woken) if woken.state.owner is Owner.WAITING else woken


def put_in_order(outcome: Outcome) -> Outcome:
    """Nothing rings where nobody waits, and nothing is put off that no person has to do with."""
    state = outcome.state
    if state.owner is not Owner.WAITING or state.snoozed_until is not None:
        outcome = outcome.remember(ring=None)
    if state.owner in (Owner.BOT, Owner.CLOSED):
        outcome = outcome.remember(snoozed_until=None, woken_at=None, took_message=False)
    return outcome


def _ring(scene: Scene, outcome: Outcome) -> Outcome:
    at = scene.office.hours.after(scene.now, scene.office.ring_after)
    return outcome.remember(ring=Ring(at=at))


def _rings(scene: Scene, outcome: Outcome, ring: Ring, *, may_write: bool) -> Outcome:
    """The next round: everybody again, then one by name, then a message is taken and it rings no more."""
    at = scene.office.hours.after(scene.now, scene.office.ring_after)
    if not ring.again:
        rung = outcome.remember(ring=Ring(at=at, again=True))
        return rung.do(RingStaff(round="again"))
    present = [each for each in scene.duty.present() if each not in ring.rung]
    if present and not ring.rung:
        rung = outcome.remember(ring=ring.model_copy(update={"at": at, "rung": (present[0],)}))
        return rung.do(RingStaff(round="next", staff_id=present[0]))
    silent = outcome.remember(ring=None)
    return _take_message(scene, silent) if may_write else silent


def _take_message(scene: Scene, outcome: Outcome) -> Outcome:
    """Said once a call, and never beside words of the staff."""
    state = outcome.state
    if state.took_message or _lately(state.staff_wrote_at, scene.now, WRITING):
        return outcome
    said = " ".join((text("waiting.nobody_came", state.language), *_contact_wanted(state)))
    told = outcome.remember(took_message=True)
    if state.offered:
        return closing.beside(told, said)
    return closing.beside(told, said, buttons.do("bot", state.language))


def _lately(moment: datetime | None, now: datetime, length: timedelta) -> bool:
    return moment is not None and now - moment < length


def _usual_wait(scene: Scene, language: Language) -> str | None:
    """The median of the last waits in words; None where there are too few to tell."""
    waits = scene.duty.waits()
    if len(waits) < FEWEST:
        return None
    usual = timedelta(seconds=median(each.total_seconds() for each in waits))
    minutes = max(FEWEST_MINUTES, -(-usual // timedelta(minutes=1)))
    if minutes > EXACT:
        minutes = -(-minutes // 5) * 5
    if minutes < HOURS_FROM:
        return text("waiting.lately_minutes", language, count=minutes)
    return text("waiting.lately_hours", language, count=-(-minutes // 60))


def _opening(state: State, opening: datetime) -> str:
    """The next opening in Beijing time, and in the prospect's own where it is known and another."""
    values = {"day": _day(opening, BEIJING, state), "time": f"{opening.astimezone(BEIJING):%H:%M}"}
    if state.zone is None:
        return text("waiting.closed", state.language, **values)
    own = opening.astimezone(ZoneInfo(state.zone))
    if own.utcoffset() == opening.astimezone(BEIJING).utcoffset():
        return text("waiting.closed", state.language, **values)
    there = {"own_day": _day(opening, ZoneInfo(state.zone), state), "own_time": f"{own:%H:%M}"}
    return text("waiting.closed_own", state.language, **values, **there)


def _day(moment: datetime, zone: ZoneInfo, state: State) -> str:
    return rendering.weekday(moment.astimezone(zone).date(), state.language)


def _contact_wanted(state: State) -> tuple[str, ...]:
    """The request for an address, where none is known."""
    return () if _has_contact(state) else (text("waiting.leave_contact", state.language),)


def _has_contact(state: State) -> bool:
    """Whether an inquiry or a reminder went out from here, or the open form has an address."""
    if state.references or state.reminded:
        return True
    if state.progress is None:
        return False
    form, progress = forms.load(state.progress.form), state.progress
    return any(
        form.field(path).tells == "contact" and progress.value(path) for path in progress.answers
    )
