"""The last day of a term that runs from a day named in the message, counted in Chinese working days.

Which term is in the data: every fact the topic rests on that has a value in working days.
"""

from __future__ import annotations

from datetime import date

from intents.handlers.registry import Case, register
from intents.reading import Day
from intents.voice import Opening
from knowledge import rendering
from knowledge.errors import AmountError, CalendarRangeError, NotInForceError
from knowledge.library import Holding
from knowledge.model import Unit
from knowledge.sums.service import day_in_china


@register("deadline", needs="days")
def last_day(case: Case) -> Opening | None:
    """The plain answer and the last day worked out, or nothing where no day was named."""
    terms = _terms(case)
    if not case.entities.days or not terms:
        return None
    named = case.entities.days[0]
    try:
        start = day_in_china(named.day, named.at, named.zone)
        worked = [_sentence(case, start, fact, name) for fact, name in terms]
    except (AmountError, CalendarRangeError, NotInForceError):
        return None
    return case.led_by(*_elsewhere(case, named, start), *worked)


def _elsewhere(case: Case, named: Day, start: date) -> tuple[str, ...]:
    """That the days are counted in China, where the day there is another than the one that was named."""
    if start == named.day:
        return ()
    return (case.voice.text("deadline.elsewhere", day=case.voice.day(start)),)


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
    said = voice.text(
        "deadline.last_day", term=term, start=voice.day(start), last=voice.day(found.last_day)
    )
    if not found.provisional:
        return said
    return voice.text("frame.space").join((said, voice.text("deadline.provisional")))
