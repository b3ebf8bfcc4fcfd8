"""What is named in a message besides its question: money, days, kinds of right, whether the right is recorded."""

from __future__ import annotations

from intents.entities.dates import days
from intents.entities.money import money
from intents.entities.rights import rights
from intents.entities.status import recorded
from intents.normalise import fold, simplify
from intents.reading import Entities


def read(text: str) -> Entities:
    """Everything named in the message."""
    even = simplify(fold(text))
    return Entities(
        money=money(even), days=days(even), rights=rights(even), recorded=recorded(even)
    )
