"""What a whole message presses: a button that was offered, an option, a command, a closing word; or nothing.

In: the memory, what was typed, the payload if a button was really pressed. Out: a payload, as if a button had been
pressed, or None where the message is to be understood. Only whole messages count: "stop goods at the border" stops
nothing.
"""

from __future__ import annotations

import re

from bot.conversation import buttons, closing, filling
from bot.conversation.state import State
from bot.conversation.texts import command, words
from bot.intake.progress import SUMMARY
from bot.intake.typed import folded, narrow
from bot.leads.references import read_reference
from knowledge.model import Language

FORM_COMMANDS = frozenset(
    {
        "back",
        "skip",
        "later",
        "confirm",
        "cancel",
        "why",
        "explain",
        "never_mind",
        "keep",
        "done",
        "send",
        "not_yet",
    }
)
LANGUAGE_NAMES: dict[str | None, Language] = {"english": "en", "chinese": "zh"}
UNKNOWN = "do:unknown"
_ADDRESSED = re.compile(r"(?P<command>/\w{1,32})@\w+", re.ASCII)
"""In a group a command names the bot it is for."""
_SLASHED = re.compile(r"/[a-z]\w{0,31}(?:\s.*)?", re.ASCII | re.IGNORECASE | re.DOTALL)
_STARTED = re.compile(r"/start\s+(?P<source>\S+)", re.ASCII | re.IGNORECASE)
_MOST_WORDS = 8
"""Before a reference in "what about my inquiry TW-...": a longer message is no such question."""


def payload(state: State, typed: str, choice: str | None = None) -> str | None:
    """The button that a message presses: by pressing it, by typing its words, or by a command word."""
    if choice is not None:
        return choice
    said = _ADDRESSED.sub(r"\g<command>", narrow(typed), count=1)
    pressed = buttons.pressed(state.offered, said, numbers=state.clarifying)
    if pressed is None:
        pressed = _answered_by_word(state, said)
    if pressed is None:
        pressed = _commanded(state, command(said)) or _with_more(said)
    if pressed is None and (word := closing.word(said)):
        pressed = f"closing:{word}"
    return pressed


def _answered_by_word(state: State, typed: str) -> str | None:
    """An option of the present question by one of its words, or yes or no to what was proposed: before any command."""
    progress = state.progress
    if progress is None:
        return None
    chosen, said = filling.word(progress, typed), folded(typed)
    if chosen is not None:
        return chosen
    if progress.at == SUMMARY:
        return _answered_at_summary(typed)
    proposed = progress.at in progress.proposed
    if proposed and said in words("agreed"):
        return "form:confirm"
    if proposed and said in words("denied"):
        return "form:deny"
    return "form:skip" if filling.says_nothing(progress, typed) else None


def _answered_at_summary(typed: str) -> str | None:
    """Yes or no to "shall I send it?"; a command is a command."""
    said = folded(typed)
    if command(typed) is not None:
        return None
    if said in words("agreed"):
        return "form:send"
    return "form:not_yet" if said in words("denied") else None


def _commanded(state: State, word: str | None) -> str | None:
    """The payload of a command word; a form's words mean nothing outside a form."""
    if word == "undo":
        return "do:forget_undo" if state.forget_at is not None else "form:undo"
    if word in FORM_COMMANDS:
        if state.progress is None:
            return "do:nothing_open" if word in ("cancel", "back") else None
        return f"form:{word}"
    if word in LANGUAGE_NAMES:
        return f"lang:{LANGUAGE_NAMES[word]}"
    if word == "language":
        return f"lang:{'zh' if state.language == 'en' else 'en'}"
    return f"do:{word}" if word else None


def _with_more(said: str) -> str | None:
    """A command with something behind it, a reference that is asked after, or a command there is none of."""
    if match := _STARTED.fullmatch(said):
        return f"from:{match['source']}"
    if asked := _reference(said):
        return f"status:{asked}"
    return UNKNOWN if _SLASHED.fullmatch(said) else None


def _reference(said: str) -> str | None:
    """The reference that a message is, alone or behind a word that asks how things stand."""
    cuts = [0, *(place for place, sign in enumerate(said) if sign.isspace())]
    for place in cuts[:_MOST_WORDS]:
        named = read_reference(said[place:])
        if named and (place == 0 or command(said[:place]) == "status"):
            return named
    return None
