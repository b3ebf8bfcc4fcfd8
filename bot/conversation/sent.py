"""Stickers, voices, places, contacts: what is no text has a short, true reaction, and disturbs no form."""

from __future__ import annotations

from bot.conversation import answering, buttons, closing, filling
from bot.conversation.events import MessageReceived, SomethingSent, What
from bot.conversation.owner import Move, Owner
from bot.conversation.scene import Outcome, Scene
from bot.intake import filling as fill
from bot.intake import form as forms
from bot.intake.kinds import FieldKind
from bot.intake.progress import SUMMARY
from intents.answer import Kind
from intents.reading import Reading

_WITH_PERSON = (What.VOICE, What.VIDEO_NOTE)
"""What a person can attend to and we cannot."""
_TAKES_PHONES = (FieldKind.CONTACT, FieldKind.PHONE)


def react(scene: Scene, outcome: Outcome, event: SomethingSent) -> Outcome:
    """What follows something that is no text. A person who owns the conversation sees it, and the bot is silent."""
    state = outcome.state
    if state.owner is Owner.PERSON:
        return outcome
    sign = closing.word(event.says) if event.what in (What.STICKER, What.REACTION) else None
    if event.what is What.REACTION:
        return _reacted(outcome, sign)
    if state.owner is Owner.CLOSED:
        if event.what is What.STICKER:
            return closing.after_end(outcome, sign) if sign else outcome
        outcome = outcome.move(Move.RETURN, "prospect", reason="wrote")
    return _answered(scene, outcome, event, sign)


def _answered(
    scene: Scene, outcome: Outcome, event: SomethingSent, sign: closing.Word | None
) -> Outcome:
    """Whoever begins so is greeted first, and after a sticker that is all there is to say."""
    if not outcome.state.greeted:
        greeted = answering.greet(scene, outcome)
        return greeted if event.what is What.STICKER else _cannot(greeted, event.what)
    if sign:
        return closing.close(outcome, sign)
    if event.what is What.CONTACT and event.says and _wants_phone(outcome):
        return filling.take(scene, outcome, _typed(outcome, event))
    return _cannot(outcome, event.what)


def _reacted(outcome: Outcome, sign: closing.Word | None) -> Outcome:
    """A thumb under a message is thanks: it may be asked how it was, and nothing else is said."""
    state = outcome.state
    asks = state.helped and not state.asked_how_it_was and state.progress is None
    if sign and asks and state.owner is Owner.BOT:
        return closing.close(outcome, sign)
    return outcome


def _cannot(outcome: Outcome, what: What) -> Outcome:
    text_id = f"sent.{what.value}"
    if outcome.state.progress is not None:
        return closing.standing(outcome, text_id)
    offered = what in _WITH_PERSON and outcome.state.owner is Owner.BOT
    ways = [buttons.do("person", outcome.state.language)] if offered else []
    return outcome.line(text_id, *ways)


def _wants_phone(outcome: Outcome) -> bool:
    """Whether the present question can be answered by a telephone number."""
    progress = outcome.state.progress
    if progress is None or progress.at == SUMMARY:
        return False
    step = fill.present(forms.load(progress.form), progress)
    return step.field.kind in _TAKES_PHONES


def _typed(outcome: Outcome, event: SomethingSent) -> MessageReceived:
    """The contact's number as if it had been typed."""
    language = outcome.state.language
    reading = Reading(
        text=event.says, language=language, written_in="und", kind=Kind.CLARIFY, parts=()
    )
    return MessageReceived(line=event.line, text=event.says, reading=reading, new_reference="")
