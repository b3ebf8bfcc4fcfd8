"""A case that runs at the border comes before everything else in a message: the deadline first, a person at once.

In: a reading. Out: the same, led by the urgent matter where a case runs, what else was asked behind it. A detention
that is only the story of another question ("held since Monday; who pays for storage?") leaves that question its answer.
"""

from __future__ import annotations

from intents.answer import Kind, Scored
from intents.context import URGENT
from intents.entities.contacts import without_contacts
from intents.normalise import fold
from intents.questions import asks
from intents.reading import Part, Reading

_ABROAD = "outside.foreign_customs"
_OF_HELD_GOODS = frozenset((
    "remedy.goods_held", "procedure.held_goods", "procedure.ex_officio", "exofficio.steps", "exofficio.respond",
    "exofficio.counting", "exofficio.notice_service", "exofficio.check", "exofficio.no_response",
))  # fmt: skip
"""Questions that the urgent answer belongs before where goods are held."""
_OF_NOTICES = frozenset(each for each in _OF_HELD_GOODS if each.startswith("exofficio."))
_SPOKEN = ("en", "zh", "mixed", "und")
"""In other languages most of what is asked stays unclear; that a case runs is clear."""
_SERVICE = "exofficio.notice_service"
_NEAREST = 5
_SURE = 0.7
"""How sure we must be of a message without a question that it asks for something other than its urgent story."""


def pressing(reading: Reading) -> Reading:
    """The reading, led by the urgent matter where there is one."""
    answered = [part for part in reading.parts if part.kind is Kind.ANSWER]
    spoken = reading.written_in in _SPOKEN
    asked = [
        part
        for part in answered
        if (spoken and asks(part.text)) or part.ranking[0].confidence >= _SURE
    ]
    intents = [part.intent for part in asked]
    if reading.kind is Kind.REFUSE or not _runs(reading, intents):
        return reading
    first = Part(
        text=without_contacts(fold(reading.text)),
        kind=Kind.ESCALATE,
        ranking=(Scored(id=URGENT, confidence=1.0),),
        entities=reading.entities,
    )
    questions = (part for part in (answered if spoken else asked) if asks(part.text))
    return reading.model_copy(update={"kind": Kind.ESCALATE, "parts": (first, *questions)})


def _runs(reading: Reading, asked: list[str | None]) -> bool:
    if _ABROAD in asked:
        return False
    match reading.entities.running:
        case "notice":
            return True
        case "held" | "letter":
            return (
                reading.kind is not Kind.INTAKE
                and all(intent in _OF_HELD_GOODS for intent in asked)
                and not _asks_otherwise(reading)
            )
        case "dated":
            return all(intent == _SERVICE for intent in asked)
        case "undated":
            unclear = reading.kind is Kind.CLARIFY and any(map(_near, reading.parts))
            return unclear or _only_told(reading)
        case None:
            return False


def _only_told(reading: Reading) -> bool:
    """Whether a notice is told of and nothing asked: what it is near to is not what is wanted then."""
    answered = reading.kind is Kind.ANSWER
    told = (part.intent in _OF_NOTICES and not asks(part.text) for part in reading.parts)
    return answered and all(told)


def _asks_otherwise(reading: Reading) -> bool:
    """Whether a question is left open that is nowhere near goods held: what it asks is not what is urgent."""
    if reading.written_in not in _SPOKEN:
        return False
    unclear = (part for part in reading.parts if part.intent is None)
    return any(asks(part.text) and not _near(part) for part in unclear)


def _near(part: Part) -> bool:
    """Whether what is unclear is near to goods held or a notice."""
    return any(scored.id in {URGENT, *_OF_HELD_GOODS} for scored in part.ranking[:_NEAREST])
