"""What can be learnt from a turn: a line that was not understood, what it meant, an answer that was wrong.

Only what a prospect typed outside a form is kept, and only while the bot is the one who answers.
"""

from __future__ import annotations

from bot.conversation import answering, buttons, filling
from bot.conversation.events import KeepForReview, MessageReceived, Record
from bot.conversation.owner import Owner
from bot.conversation.scene import Outcome, Scene
from bot.conversation.state import Asked, State, Why
from bot.conversation.texts import text
from intents.answer import Kind
from intents.reading import Reading
from knowledge.model import LANGUAGES, Language

OFFERED_INSTEAD = 2
"""Questions offered after a wrong answer: with the way to a person three buttons, as many as WhatsApp shows."""
_NOTED = (Kind.CLARIFY, Kind.OUT_OF_SCOPE)
"""What is left to the person while one is waited for."""
_OURS = (*LANGUAGES, "mixed", "und")
"""What a line is written in to be of use to us; other languages are not ours to learn."""
_OPEN = (Why.NOT_UNDERSTOOD, Why.MARKED_WRONG)
"""Why a line is kept of which nobody has said yet what it meant."""


def follow(
    scene: Scene, before: State, event: MessageReceived, payload: str | None, turned: Outcome
) -> Outcome:
    """The turn, with the question it was about remembered, and what is worth a review kept."""
    if payload is None and before.progress is None:
        turned = _typed(scene, before, event, turned)
    elif payload is not None and payload.startswith("ask:"):
        turned = _chosen(before, event, payload.removeprefix("ask:"), turned)
    in_form = turned.state.progress is not None
    return turned.remember(asked=None) if in_form else turned


def mark_wrong(scene: Scene, outcome: Outcome) -> Outcome:
    """The prospect says the answer was wrong: an apology, the next nearest questions, a person."""
    state, asked = outcome.state, outcome.state.asked
    waiting = state.owner is Owner.WAITING
    way_out = buttons.do("bot" if waiting else "person", state.language)
    if state.progress is not None:
        return filling.ask(scene, outcome, text("wrong.in_form", state.language), more=(way_out,))
    if asked is None:
        return outcome.line("wrong.rephrase", way_out)
    if not asked.said:
        again = "person.again" if waiting else "wrong.again"
        return outcome.line(again, way_out, agency=scene.agency)
    told = _marked(outcome, asked)
    nearest = asked.nearest[:OFFERED_INSTEAD]
    if not nearest:
        return told.line("wrong.rephrase", way_out)
    choices = [answering.question(scene, intent, state.language) for intent in nearest]
    return told.remember(clarifying=True).line("wrong.nearest", *choices, way_out)


def _typed(scene: Scene, before: State, event: MessageReceived, turned: Outcome) -> Outcome:
    """A question in the prospect's own words."""
    reading = event.reading
    said = tuple(part.intent for part in reading.parts if part.intent)
    asked = Asked(
        line=event.line,
        language=_language(reading),
        # Of a burst only the last line could be looked up, and it means little without the others.
        learnable=reading.written_in in _OURS and not event.lines,
    )
    asked = asked.with_(said=said, nearest=scene.composer.nearest(reading, besides=said))
    if before.owner is Owner.WAITING and reading.kind in _NOTED:
        # It was noted for the person who has been called, and is theirs.
        return turned.remember(asked=None)
    if not _missed(turned):
        return turned.remember(asked=asked)
    if reading.kind is Kind.CLARIFY:
        offered = _offered(turned.state)
        asked = asked.with_(said=(), nearest=offered)
        return _kept(turned, asked, Why.NOT_UNDERSTOOD, said=offered)
    return _kept(turned, asked, Why.NOT_UNDERSTOOD, said=said)


def _missed(turned: Outcome) -> bool:
    """Whether the bot has said that it did not understand."""
    recorded = [effect.what for effect in turned.effects if isinstance(effect, Record)]
    return Why.NOT_UNDERSTOOD in recorded


def _chosen(before: State, event: MessageReceived, intent: str, turned: Outcome) -> Outcome:
    """A question of ours, by its button or its words; one that was offered says what a line had meant."""
    asked = before.asked
    if asked and asked.kept in _OPEN and intent in asked.nearest:
        others = tuple(each for each in asked.nearest if each != intent)
        asked = asked.with_(said=(intent,), nearest=others)
        return _kept(turned, asked, Why.CORRECTED, chosen=intent)
    ours = Asked(line=event.line, language=before.language, learnable=False, said=(intent,))
    return turned.remember(asked=ours)


def _marked(outcome: Outcome, asked: Asked) -> Outcome:
    """The wrong answer counted, and its question kept."""
    intents = {"intents": " ".join(asked.said)}
    told = outcome.do(Record(what="marked_wrong", actor="prospect", data=intents))
    # What was said to a line that was not understood was counted when that was kept.
    said = () if asked.kept is Why.NOT_UNDERSTOOD else asked.said
    return _kept(told, asked.with_(said=()), Why.MARKED_WRONG, said=said)


def _kept(
    outcome: Outcome,
    asked: Asked,
    why: Why,
    *,
    said: tuple[str, ...] = (),
    chosen: str | None = None,
) -> Outcome:
    """The line of a question kept for this reason, and that remembered; words that are ours are not kept."""
    kept = KeepForReview(
        line=asked.line, language=asked.language, why=why, was=asked.kept, said=said, chosen=chosen
    )
    remembered = outcome.remember(asked=asked.with_(kept=why))
    return remembered.do(kept) if asked.learnable else remembered


def _language(reading: Reading) -> Language:
    """The language a line is written in; that of the chat where it cannot be told."""
    written = reading.written_in
    return written if written in LANGUAGES else reading.language


def _offered(state: State) -> tuple[str, ...]:
    """The intents of the questions that stand as buttons now."""
    payloads = (choice.payload for choice in state.offered)
    return tuple(each.removeprefix("ask:") for each in payloads if each.startswith("ask:"))
