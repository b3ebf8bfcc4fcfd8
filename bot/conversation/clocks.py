"""When a reply of the staff begins to be owed, and when it is no longer: seen from what an event has changed."""

from __future__ import annotations

from bot.conversation import closing
from bot.conversation.events import (
    Event,
    FilesReceived,
    MessageReceived,
    Quiet,
    Say,
    SomethingSent,
    What,
)
from bot.conversation.owed import Owed, Which
from bot.conversation.owner import Owner
from bot.conversation.reply import Author
from bot.conversation.scene import Outcome, Scene
from bot.conversation.state import State


def follow(scene: Scene, before: State, outcome: Outcome, event: Event) -> Outcome:
    """The outcome with the clock as it must be after this event."""
    state = outcome.state
    if state.owner in (Owner.BOT, Owner.CLOSED):
        return outcome.remember(owed=None, replied=False)
    if any(isinstance(each, Say) and each.author is Author.STAFF for each in outcome.effects):
        return outcome.remember(owed=None, replied=True, staff_wrote_at=scene.now)
    owed, hours = state.owed, scene.office.hours
    called = state.owner is Owner.WAITING and before.owner is not Owner.WAITING
    if owed is None and (called or _wants_reply(event)):
        owed = _begun(scene, state)
    if owed is not None:
        owed = (owed.stop if state.snoozed_until else owed.go_on)(hours, scene.now)
    return outcome.remember(owed=owed)


def _begun(scene: Scene, state: State) -> Owed:
    office = scene.office
    which = Which.NEXT if state.replied else Which.FIRST
    length = office.next_reply if state.replied else office.first_reply
    return Owed.begin(office.hours, which, scene.now, length)


def _wants_reply(event: Event) -> bool:
    """Whether somebody should write back: thanks and a thumb are answered by nobody."""
    match event:
        case MessageReceived() | Quiet():
            return closing.word(event.text) is None
        case SomethingSent():
            return event.what is not What.REACTION
        case FilesReceived():
            return True
        case _:
            return False
