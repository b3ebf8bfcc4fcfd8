"""Which language the bot answers in: a ladder that nothing but an explicit wish climbs in one step.

What a channel knows is a guess, and the first clear message settles it. From then on two clear messages in a row bring
the other language, and the bot says that it has changed. A wish wins and locks. Inside a form nothing changes: a
company's name is no wish.
"""

from __future__ import annotations

from bot.conversation import buttons
from bot.conversation.scene import Outcome
from intents.reading import Reading
from knowledge.han import HAN
from knowledge.model import LANGUAGES, Language

LEAST, LEAST_CHINESE = 12, 4
"""Fewer signs are a name, a number or a greeting as often as a language; a Chinese sign says more than a letter."""
IN_A_ROW = 2


def follow(outcome: Outcome, text: str, reading: Reading) -> Outcome:
    """The memory after a message, in the language the bot goes on in."""
    state = outcome.state
    if state.language_locked or state.progress is not None:
        return outcome
    clear = _clear(text, reading)
    if clear is None:
        return outcome
    if clear == state.language:
        return outcome.remember(language_guessed=False, elsewhere=0)
    if state.language_guessed or state.elsewhere + 1 >= IN_A_ROW:
        return _changed(outcome, clear)
    return outcome.remember(elsewhere=state.elsewhere + 1)


def wish(outcome: Outcome, language: Language) -> Outcome:
    """Somebody asked for a language: it stays until they ask for another."""
    return outcome.remember(
        language=language, language_locked=True, language_guessed=False, elsewhere=0
    )


def _clear(text: str, reading: Reading) -> Language | None:
    """The language of ours a message is clearly written in; none where it is short or mixed."""
    if reading.written_in not in LANGUAGES:
        return None
    written: Language = "zh" if reading.written_in == "zh" else "en"
    signs = len(HAN.findall(text)) if written == "zh" else len(text.strip())
    return written if signs >= (LEAST_CHINESE if written == "zh" else LEAST) else None


def _changed(outcome: Outcome, language: Language) -> Outcome:
    """The other language from here on; who has read the bot in the first one is told."""
    changed = outcome.remember(language=language, language_guessed=False, elsewhere=0)
    if not outcome.state.greeted:
        return changed
    return changed.line("language_followed", buttons.switch(language))
