"""The last day of a term that runs from a day named in the message, counted in Chinese working days.

Which term is in the data: every fact the topic rests on that has a value in working days.
"""

from __future__ import annotations

import re
from datetime import date

from intents.handlers.moments import Moment, moment
from intents.handlers.registry import Case, register
from intents.voice import Opening
from knowledge import rendering
from knowledge.errors import AmountError, CalendarRangeError, NotInForceError
from knowledge.library import Holding
from knowledge.model import Unit

_COURT = {
    "cn.exofficio.court_50": "deadline.ex_officio",
    "cn.application.court_20": "deadline.on_application",
}
_ROUTES = {
    "cn.exofficio.court_50": re.compile(r"ex.?officio|own (?:accord|initiative)|依职权|主动", re.I),
    "cn.application.court_20": re.compile(
        r"\bon (?:our |my )?(?:application|request)|\bwe (?:asked|applied|requested)|依申请|申请扣留",
        re.I,
    ),
}
"""By which words a message says on which route the goods were detained."""


@register("deadline", needs="days")
def last_day(case: Case) -> Opening | None:
    """The plain answer and the last day worked out, or nothing where no day was named."""
    terms = _terms(case)
    if not case.entities.days or not terms:
        return None
    try:
        start = moment(case.voice, case.entities.days[0])
        if terms[0][0].id in _COURT:
            return _court(case, start)
        worked = [_sentence(case, start.day, fact, name) for fact, name in terms]
    except (AmountError, CalendarRangeError, NotInForceError):
        return None
    return case.led_by(*start.said, *worked)


def _court(case: Case, start: Moment) -> Opening:
    """The time for a court's notice is another on either route: that of the one named, else both are told."""
    said = [route for route, words in _ROUTES.items() if words.search(case.text)]
    routes = said if len(said) == 1 else list(_ROUTES)
    facts = [fact for route in routes for fact in case.voice.holdings((route,))]
    worked = [
        case.voice.text(_COURT[fact.id], said=_sentence(case, start.day, fact, "court"))
        for fact in facts
    ]
    if routes == [case.topic.rests_on[0]]:
        return case.led_by(*start.said, *worked)
    text = case.voice.text("frame.space").join((*start.said, *worked))
    return Opening(text, tuple(facts), complete=True)


def _terms(case: Case) -> list[tuple[Holding, str]]:
    return [
        (fact, name)
        for fact in case.voice.holdings(case.topic.rests_on)
        for name, value in fact.period.values.items()
        if value.unit is Unit.WORKING_DAYS
    ][:1]


def _sentence(case: Case, start: date, fact: Holding, name: str) -> str:
    from knowledge.sums import deadlines  # noqa: PLC0415 - the calendar is slow to import and seldom wanted

    voice = case.voice
    found = deadlines.after(voice.library, start, fact.id, name, voice.on)
    term = rendering.quantity(fact.value(name), voice.language)
    key = "deadline.passed" if found.last_day < voice.on else "deadline.last_day"
    said = voice.text(key, term=term, start=voice.day(start), last=voice.day(found.last_day))
    if not found.provisional:
        return said
    return voice.text("frame.space").join((said, voice.text("deadline.provisional")))
