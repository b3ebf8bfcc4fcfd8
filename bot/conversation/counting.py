"""What the agency's figures are made of: which questions were asked, and how far forms came. Names of things only."""

from __future__ import annotations

from bot.conversation.events import Record, Say
from bot.conversation.scene import Outcome
from bot.conversation.state import State
from bot.intake import form as forms
from intents.answer import Kind
from intents.reading import Reading

ASKED = "asked"
"""A question came in: its intent, empty where it was not understood, its language and what sort it was."""
STEP = "form_at"
"""A form came to a question: its key, without the number of its round."""


def asked(before: Outcome, turned: Outcome, reading: Reading) -> Outcome:
    """With a line for each question of a message.

    What only names something asks nothing, and what the bot did not speak to is a person's.
    """
    spoken = any(isinstance(effect, Say) for effect in turned.effects[len(before.effects) :])
    if reading.only_named or not spoken:
        return turned
    known = dict.fromkeys(part.intent or "" for part in reading.parts)
    return turned.do(*(_asked(turned, intent, reading.kind) for intent in known or ("",)))


def pressed(outcome: Outcome, intent: str, kind: Kind) -> Outcome:
    """With a line for the question of a button."""
    return outcome.do(_asked(outcome, intent, kind))


def step(before: State, turned: Outcome) -> Outcome:
    """With a line where a form has come to another question, or to its summary."""
    progress = turned.state.progress
    if progress is None:
        return turned
    here = {"form": progress.form, "at": forms.key(progress.at)}
    old = before.progress
    if old is not None and here == {"form": old.form, "at": forms.key(old.at)}:
        return turned
    return turned.do(Record(what=STEP, actor="prospect", data=here))


def _asked(outcome: Outcome, intent: str, kind: Kind) -> Record:
    data = {"intent": intent, "language": outcome.state.language, "kind": kind.value}
    return Record(what=ASKED, actor="prospect", data=data)
