"""A reminder by mail that its receiver's server refuses: the staff is told, and the person where we may write."""

from __future__ import annotations

from bot.conversation import buttons, closing
from bot.conversation.events import Note, Record, ReminderRefused
from bot.conversation.owner import Owner
from bot.conversation.scene import Outcome
from bot.conversation.texts import text
from bot.masking import veiled
from knowledge.model import Language

STAFF_READS: Language = "en"


def tell(outcome: Outcome, event: ReminderRefused) -> Outcome:
    """A note for the staff; a line for the person, of the address only so much that they know it again."""
    note = text("refused.note", STAFF_READS, **_values(event, STAFF_READS), reason=event.reason)
    noted = outcome.do(Note(text=note, staff_id=None))
    state = outcome.state
    told = event.may_write and state.owner is not Owner.PERSON
    data = {"person": "told" if told else "not_told"}
    noted = noted.do(Record(what="reminder_refused", actor="system", data=data))
    if not told:
        return noted
    values = _values(event, state.language)
    if state.progress is not None:
        return closing.standing(noted, "refused.person", **values)
    return noted.line("refused.person", buttons.do("remind", state.language), **values)


def _values(event: ReminderRefused, language: Language) -> dict[str, str]:
    unnamed = text("mydata.reminder_unnamed", language, number=event.number)
    return {"about": event.about or unnamed, "email": veiled(event.email)}
