"""How somebody comes in: greeted once, taken to what their link named, met by what lies open when they return.

A link carries a payload: `t-fee_official` (Telegram allows letters, digits, _ and -) or `topic=fee.official`. One that
names nothing we know is kept as the source and changes nothing else.
"""

from __future__ import annotations

import re
from datetime import timedelta

from bot.conversation import answering, buttons, commands, filling
from bot.conversation.events import Opened
from bot.conversation.owner import Owner
from bot.conversation.scene import Outcome, Scene

RETURNS_AFTER = timedelta(hours=4)
"""Whoever comes back sooner has only loaded the page again."""
LONGEST = 64
"""Telegram's limit for what a link carries."""
_NAMES_TOPIC = re.compile(r"(?:^|[?&])topic=(?P<topic>[\w.-]+)", re.ASCII)
_SHORT = re.compile(rf"t-(?P<topic>[A-Za-z0-9_-]{{1,{LONGEST - 2}}})")
_PAYLOAD = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST}}}")


def opened(scene: Scene, outcome: Outcome, event: Opened) -> Outcome:
    """The page was opened. Nobody is greeted again because a page was loaded again."""
    before = outcome.state
    outcome = _from(outcome, event.source)
    outcome = outcome.remember(zone=event.zone) if event.zone else outcome
    if before.owner in (Owner.PERSON, Owner.CLOSED):
        return outcome
    outcome = outcome.remember(seen_at=scene.now)
    if not before.greeted:
        greeted = answering.greet(scene, outcome.remember(language=event.language))
        return _to_topic(scene, greeted, event.source) or greeted
    if event.source and event.source != before.source:
        led = _to_topic(scene, outcome, event.source)
        if led is not None:
            return led
    away = before.seen_at is not None and scene.now - before.seen_at >= RETURNS_AFTER
    if not away or before.welcomed:
        return outcome
    return _by_open_matter(scene, outcome)


def started(scene: Scene, outcome: Outcome, *, greeted: bool, source: str | None = None) -> Outcome:
    """`/start`, with a link's payload or without one; `greeted` where the greeting was said just now."""
    known = source if source and _PAYLOAD.fullmatch(source) else None
    outcome = _from(outcome, known)
    led = _to_topic(scene, outcome, known)
    if led is not None:
        return led
    if outcome.state.progress is not None or outcome.state.owner is Owner.WAITING:
        return _by_open_matter(scene, outcome)
    return outcome if greeted else answering.menu(scene, outcome)


def topic_of(scene: Scene, source: str) -> str | None:
    """The question a payload names, if it names one we know."""
    match = _NAMES_TOPIC.search(source) or _SHORT.fullmatch(source)
    if match is None:
        return None
    name = match["topic"]
    places = [place for place, sign in enumerate(name) if sign == "_"]
    spelt = [name] if "." in name else [f"{name[:at]}.{name[at + 1 :]}" for at in places]
    return next((each for each in spelt if scene.composer.knows(each)), None)


def _from(outcome: Outcome, source: str | None) -> Outcome:
    return outcome.remember(source=source) if source else outcome


def _to_topic(scene: Scene, outcome: Outcome, source: str | None) -> Outcome | None:
    topic = topic_of(scene, source) if source else None
    if topic is None:
        return None
    return answering.back_to_form(scene, commands.answer_topic(scene, outcome, topic))


def _by_open_matter(scene: Scene, outcome: Outcome) -> Outcome:
    """A returning person is met by what lies open, once until they write; with nothing open, by nothing."""
    state = outcome.state
    outcome = outcome.remember(welcomed=True)
    if state.owner is Owner.WAITING:
        return outcome.line("welcome.waiting", buttons.do("bot", state.language))
    if state.progress is not None:
        return filling.start(scene, outcome)
    inquiries = scene.records.inquiries()
    if not inquiries:
        return outcome
    last = inquiries[-1]
    told, how = outcome.worded(f"status.{last.handled.value}", reference=last.reference)
    return told.line("welcome.inquiry", *buttons.always(state), how=how)
