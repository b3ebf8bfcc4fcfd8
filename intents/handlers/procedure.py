"""A whole procedure, step by step, with the last days of its terms where a day was named, and its picture.

The terms come from the facts; which of the procedure's days was named is told by the words around it, never guessed.
"""

from __future__ import annotations

import re
from datetime import date

from intents.answer import Block, Bullets, Picture
from intents.handlers.moments import in_china, moment
from intents.handlers.registry import Case, register
from intents.names import Finder
from intents.voice import Opening, Voice
from knowledge import procedures
from knowledge.errors import AmountError, CalendarRangeError, NotInForceError
from knowledge.library import Holding
from knowledge.procedures import Procedure
from knowledge.walkthrough import Told, Walkthrough

_COURTS = re.compile(
    r"\bcourt(?:['’]?s)? notice\b|\bnotice (?:of|from) (?:the|a) court\b|法院的?(?:协助执行)?通知",
    re.IGNORECASE,
)
"""A court's notice is what has to arrive, never the customs notice that a term runs from."""


@register("procedure")
def steps(case: Case) -> Opening | None:
    """The steps; nothing where one of the rules behind them did not hold on the day."""
    if case.topic.procedure is None:
        return None
    voice, procedure = case.voice, procedures.procedure(case.topic.procedure)
    try:
        known = _known(case, procedure)
        told = list(_walk(voice, procedure).steps(known))
    except (AmountError, CalendarRangeError, NotInForceError):
        return None
    listed = Bullets(items=tuple(_item(voice, step) for step in told), ordered=True)
    return Opening(
        _lead(case, procedure, known),
        _facts(case, told),
        complete=True,
        blocks=(listed, *picture(voice, procedure.id, known)),
    )


@register("dated_procedure", needs="days")
def dated_steps(case: Case) -> Opening | None:
    """The steps with their last days, where a day of the procedure was named; else the plain answer is better."""
    try:
        known = case.topic.procedure and _known(case, procedures.procedure(case.topic.procedure))
    except AmountError:
        return None
    return steps(case) if known else None


def picture(voice: Voice, name: str, known: dict[str, date] | None = None) -> tuple[Block, ...]:
    """The picture of a procedure, where it has one."""
    procedure = procedures.procedure(name)
    if not procedure.drawn:
        return ()
    caption = voice.text("procedure.picture", title=procedure.text(voice.language))
    return (
        Picture(procedure=name, language=voice.language, days=dict(known or {}), caption=caption),
    )


def _walk(voice: Voice, procedure: Procedure) -> Walkthrough:
    return Walkthrough(voice.library, procedure, voice.language, voice.on)


def _known(case: Case, procedure: Procedure) -> dict[str, date]:
    """The procedure's day that was named: the one whose words stand in the message.

    Raises AmountError.
    """
    named = [in_china(day) for day in case.entities.days]
    if len(named) != 1 or not procedure.days:
        return {}
    said = Finder({name: day.all_names() for name, day in procedure.days.items()}).find(
        _COURTS.sub("", case.text)
    )
    return {said[0]: named[0]} if len(said) == 1 else {}


def _lead(case: Case, procedure: Procedure, known: dict[str, date]) -> str:
    voice, title = case.voice, procedure.text(case.voice.language)
    intro = voice.text("procedure.steps", title=title)
    if known:
        return voice.text("frame.space").join((*moment(voice, case.entities.days[0]).said, intro))
    if not procedure.days or all(day.reckoned for day in case.entities.days):
        return intro
    days = voice.text("frame.or").join(day.text(voice.language) for day in procedure.days.values())
    return voice.text("frame.space").join((intro, voice.text("procedure.which_day", days=days)))


def _item(voice: Voice, step: Told) -> str:
    if step.span is None:
        return step.text + voice.text("frame.stop")
    term = voice.text("procedure.term", step=step.text, term=step.span.length)
    return voice.text("frame.space").join(filter(None, (term, step.span.days, step.span.caution)))


def _facts(case: Case, told: list[Told]) -> tuple[Holding, ...]:
    """The facts whose terms were told; of a procedure without any, those that the topic rests on."""
    due = {step.due.id: step.due for step in told if step.due}
    return tuple(due.values()) or tuple(case.voice.holdings(case.topic.rests_on))
