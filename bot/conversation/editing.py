"""A message was changed after it was sent: its answer in a form is given anew, the last question answered anew once."""

from __future__ import annotations

from bot.conversation import answering, filling, reviewing
from bot.conversation.events import MessageEdited, MessageReceived
from bot.conversation.scene import Outcome, Scene
from intents import context


def edit(scene: Scene, outcome: Outcome, event: MessageEdited) -> Outcome:
    """What follows a change, of one line of a burst as of them all. The staff sees both wordings whatever follows."""
    state = outcome.state
    if event.lines:
        event = event.model_copy(update={"line": event.lines[-1]})
    if not state.owner.is_answered_by_bot:
        return outcome
    if state.progress is not None:
        return filling.edited(scene, outcome, event.line, event.text) or outcome
    asked = state.asked
    last = asked is not None and asked.line == event.line and bool(asked.said)
    if not last or state.answered_anew == event.line:
        return outcome
    return _anew(scene, outcome.remember(answered_anew=event.line), event)


def _anew(scene: Scene, outcome: Outcome, event: MessageEdited) -> Outcome:
    """The answer to the new words."""
    reading = event.reading.model_copy(update={"language": outcome.state.language})
    again = MessageReceived(line=event.line, text=event.text, reading=reading, new_reference="")
    before = outcome.state
    about = context.after(before.context, reading, scene.today)
    answered = answering.answer_reading(scene, outcome, again).remember(context=about)
    return reviewing.follow(scene, before, again, None, answered)
