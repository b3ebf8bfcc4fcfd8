"""Answers that have to be worked out: a sum, a date, a window.

A topic names its handler; the handler gets the case and either works the answer out from what was named in the message
or returns nothing, and then the plain answer stands. Texts are data (`answers/<lang>/handlers.yaml`), sums are
`knowledge.sums`; what remains here is which of them a case calls for.
"""

from __future__ import annotations

from intents.handlers.deadline import last_day
from intents.handlers.fine import ceiling
from intents.handlers.registry import Case, handler, names, needs, register
from intents.handlers.renewal import window
from intents.handlers.security import amount

__all__ = [
    "Case",
    "amount",
    "ceiling",
    "handler",
    "last_day",
    "names",
    "needs",
    "register",
    "window",
]
