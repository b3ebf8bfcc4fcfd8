"""A matter beside ours, recognised by its name: where the border lies, or that it is not ours; then what we do."""

from __future__ import annotations

from intents.handlers.registry import Case, register
from intents.subjects import named_in, subjects
from intents.voice import Opening

_SAID = 2


@register("neighbour")
def border(case: Case) -> Opening | None:
    """Where the border to the named matters lies; nothing where none of them is named."""
    voice = case.voice
    named = voice.names.neighbours_in(case.text)[:_SAID]
    if not named:
        return _declined(case)
    said = [voice.remarked(each) for each in named]
    facts = {fact.id: fact for opening in said for fact in opening.facts}
    texts = (*(opening.text for opening in said), voice.text("neighbour.ours"))
    return Opening(voice.text("frame.space").join(texts), tuple(facts.values()), complete=True)


def _declined(case: Case) -> Opening | None:
    """That a subject is not ours, by its name; nothing where none is named."""
    named = named_in(case.text)
    if not named:
        return None
    voice = case.voice
    subject = subjects()[named[0]][voice.language].name
    texts = (voice.text("outside.named", subject=subject), voice.text("neighbour.ours"))
    return Opening(voice.text("frame.space").join(texts), (), complete=True)
