"""Answers that have to be worked out: a sum, a date, a window, a list, a verdict.

A topic names its handler; the handler gets the case and either works the answer out from what was named in the message
or returns nothing, and then the plain answer stands. Texts are data (`answers/<lang>/handlers.yaml`), sums are
`knowledge.sums`; what remains here is which of them a case calls for.
"""

from __future__ import annotations

from intents.handlers.deadline import last_day
from intents.handlers.eligibility import obstacle, verdict
from intents.handlers.glossary import meaning
from intents.handlers.neighbour import border
from intents.handlers.papers import checklist, checklist_by_number, readiness
from intents.handlers.person import reachable
from intents.handlers.procedure import dated_steps, picture, steps
from intents.handlers.registry import Case, handler, names, needs, register
from intents.handlers.renewal import window
from intents.handlers.security import amount
from intents.handlers.shares import ceiling, deposit
from intents.handlers.urgent import first_aid
from intents.handlers.validity import last_day as validity

__all__ = [
    "Case",
    "amount",
    "border",
    "ceiling",
    "checklist",
    "checklist_by_number",
    "dated_steps",
    "deposit",
    "first_aid",
    "handler",
    "last_day",
    "meaning",
    "names",
    "needs",
    "obstacle",
    "picture",
    "reachable",
    "readiness",
    "register",
    "steps",
    "validity",
    "verdict",
    "window",
]
