"""A case that cannot wait: the last day to answer Customs first, then what can be done, then a person.

In: what is told of the case, and the day of the notice where one is told. Where it is not, the rule comes first and the
question when the notice came. No verdict: what is still possible after the last day is what the rules say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from intents.answer import Text
from intents.handlers.moments import Moment, moment
from intents.handlers.registry import Case, register
from intents.reading import Given
from intents.voice import Opening
from knowledge import rendering
from knowledge.errors import AmountError, CalendarRangeError, NotInForceError
from knowledge.sums import deadlines
from knowledge.sums.deadlines import Deadline
from knowledge.sums.service import RESPONSE

Counted = tuple[Moment, Deadline]
"""The day of the notice, and the last day to answer it."""
_ABROAD = timedelta(days=1)
"""East of China it may be tomorrow already."""
_ANSWER = ("cn.exofficio.response_deadline", "bot.no_legal_advice")
_HELD = ("cn.remedy.trader_response", *_ANSWER)
_TOO_LATE = ("cn.exofficio.no_response", "cn.application.when", *_ANSWER)
_PERSON: Mapping[tuple[Given, ...], str] = {
    (): "urgent.person",
    ("contact",): "urgent.person_port",
    ("port",): "urgent.person_contact",
    ("contact", "port"): "urgent.person_both",
    ("port", "contact"): "urgent.person_both",
}
"""What is still to be left for the colleague."""


@register("urgent")
def first_aid(case: Case) -> Opening | None:
    """The deadline, what to do and the person; nothing where the rule does not hold that day."""
    if case.voice.holding(RESPONSE[0]) is None:
        return None
    counted = _counted(case)
    if case.entities.running == "letter" and counted is None:
        return _opening(
            case, _HELD, case.voice.text("urgent.letter", term=_term(case)), "urgent.held"
        )
    if case.entities.running == "held":
        return _opening(case, _HELD, _rule(case, counted), "urgent.held")
    if counted is None:
        return _opening(case, _ANSWER, _rule(case, None), "urgent.answer")
    last = counted[1].last_day
    if last < case.voice.on:
        return _opening(case, _TOO_LATE, _dated(case, counted, "passed"), "urgent.too_late")
    key = "today" if last == case.voice.on else "last_day"
    return _opening(case, _ANSWER, _dated(case, counted, key), "urgent.answer")


def _counted(case: Case) -> Counted | None:
    """The day of the notice and the last day; one told by its distance from today is nearer than a letter's date.

    Of what has come no day to come is believed: it is asked for instead.
    """
    recent = [day for each in case.entities.recent if (day := each.on(case.voice.on))]
    told = (*recent, *case.entities.days)
    named = [day for day in told if day.day - case.voice.on <= _ABROAD]
    if not named:
        return None
    voice = case.voice
    try:
        start = moment(voice, named[0], "urgent.another_day")
        return start, deadlines.after(voice.library, start.day, *RESPONSE, voice.on)
    except (AmountError, CalendarRangeError, NotInForceError):
        return None


def _opening(case: Case, wanted: tuple[str, ...], lead: str, key: str) -> Opening:
    facts = case.voice.holdings(wanted)
    person = _PERSON[case.voice.given]
    then = (Text(text=case.voice.text(key)), Text(text=case.voice.text(person)))
    return Opening(lead, tuple(facts), complete=True, blocks=then)


def _rule(case: Case, counted: Counted | None) -> str:
    """The rule and the question when the notice came; the last day if it came when the goods were stopped."""
    voice = case.voice
    said = [voice.text("urgent.rule", term=_term(case))]
    if counted and counted[1].last_day >= voice.on:
        said.append(voice.text("urgent.if_served", **_days(case, counted)))
        said += _provisional(case, counted)
    said.append(voice.text("urgent.when"))
    return voice.text("frame.space").join(said)


def _dated(case: Case, counted: Counted, key: str) -> str:
    first = case.voice.text(f"urgent.{key}", term=_term(case), **_days(case, counted))
    said = (first, *counted[0].said, *_provisional(case, counted))
    return case.voice.text("frame.space").join(said)


def _days(case: Case, counted: Counted) -> dict[str, str]:
    start, last = counted
    return {
        "start": case.voice.weekday(start.day),
        "last": case.voice.weekday(last.last_day),
    }


def _term(case: Case) -> str:
    fact, value = RESPONSE
    return rendering.quantity(
        case.voice.library.on(fact, case.voice.on).value(value), case.voice.language
    )


def _provisional(case: Case, counted: Counted) -> tuple[str, ...]:
    return (case.voice.text("deadline.provisional"),) if counted[1].provisional else ()
