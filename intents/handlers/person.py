"""A person is wanted: who has left a way to be reached is not asked for one again."""

from __future__ import annotations

from intents.handlers.registry import Case, register
from intents.voice import Opening


@register("person")
def reachable(case: Case) -> Opening | None:
    """That a colleague comes, where a contact was given; nothing where it has to be asked for."""
    if "contact" not in case.voice.given:
        return None
    return Opening(case.voice.text("person.reachable"), (), complete=True)
