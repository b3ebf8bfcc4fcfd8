"""A matter beside ours, recognised by its name: one true sentence on where the border lies, then what we do."""

from __future__ import annotations

from intents.handlers.registry import Case, register
from intents.voice import Opening

_SAID = 2


@register("neighbour")
def border(case: Case) -> Opening | None:
    """Where the border to the named matters lies; nothing where none of them is named."""
    voice = case.voice
    named = voice.names.neighbours_in(case.text)[:_SAID]
    if not named:
        return None
    said = [voice.remark(each) for each in named]
    facts = dict.fromkeys(fact for each in named for fact in voice.library.remarks[each].facts)
    text = voice.text("frame.space").join((*said, voice.text("neighbour.ours")))
    return Opening(text, tuple(voice.holdings(tuple(facts))), complete=True)
