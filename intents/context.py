"""What a conversation was about: what a later message may lean on, and nothing else.

In: what was answered, and what was named with it. Out: a `Context`, which a conversation keeps between two messages.
No words of anybody are kept but those for an amount or a day: the question last asked is known by its intent. What was
named is kept for two messages more, so that an old amount does not enter a sum that was asked for much later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from intents.answer import Frozen, Kind
from intents.reading import NOTHING_NAMED, Entities, Given, Part, Reading

MOST_INTENTS = 3
KEPT_MESSAGES = 2
URGENT = "talk.urgent"
"""A case that runs: the day of its notice may come with the next message."""
_FORGETTING = (Kind.OUT_OF_SCOPE, Kind.REFUSE)
"""After these, "why?" asks for something that no rule says."""


class Context(Frozen):
    """What the conversation was about."""

    intents: tuple[str, ...] = ()
    """The intents last answered, in order."""
    named: Entities = NOTHING_NAMED
    """What they were answered with."""
    told: tuple[Entities, ...] = ()
    """What the last messages named or leant on, newest first."""
    currency: str | None = None
    """The currency in which the amounts were wanted, beside renminbi."""
    given: tuple[Given, ...] = ()
    """What a colleague would ask for and was told: that it was, not what it is."""

    @property
    def recent(self) -> Entities:
        """What was named lately, the latest first."""
        return together(self.told)

    def answered(
        self,
        intents: Sequence[str],
        named: Entities = NOTHING_NAMED,
        currency: str | None = None,
    ) -> Context:
        """After an answer to these intents with what was named or leant on."""
        return Context(
            intents=tuple(dict.fromkeys(intents))[-MOST_INTENTS:],
            named=kept(named),
            told=self._told(named),
            currency=currency,
            given=self.given,
        )

    def went_on(self, named: Entities = NOTHING_NAMED) -> Context:
        """After a message that no answer was given to: a greeting, or one that was not understood."""
        return self.model_copy(update={"told": self._told(named)})

    def _told(self, named: Entities) -> tuple[Entities, ...]:
        return (kept(named), *self.told)[:KEPT_MESSAGES]


NO_CONTEXT = Context()


def after(before: Context, reading: Reading, today: date) -> Context:
    """What the conversation is about once the message is answered; yesterday is kept as the day it was."""
    given = tuple(dict.fromkeys((*before.given, *reading.entities.given)))
    return _after(before, reading.on(today)).model_copy(update={"given": given})


def _after(before: Context, reading: Reading) -> Context:
    if reading.kind in _FORGETTING:
        return Context(told=NO_CONTEXT.went_on(reading.entities).told)
    if reading.parts and reading.parts[0].intent == URGENT:
        return before.answered([URGENT], reading.entities)
    answered = of_parts(before, reading.parts, reading.entities)
    if reading.kind is not Kind.ANSWER or answered is None:
        return before.went_on(reading.entities)
    return answered


def of_parts(
    before: Context, parts: Sequence[Part], named: Entities = NOTHING_NAMED
) -> Context | None:
    """What is talked about after these questions; nothing where none of them was answered.

    What is wanted of an answer (its source, its reason) changes nothing.
    """
    answered = [part for part in parts if part.intent and part.kind is Kind.ANSWER]
    if not answered:
        return None
    wished = [part for part in answered if part.wish] or answered
    told = together([*(part.entities for part in reversed(answered)), named])
    currency = next((part.currency for part in answered if part.currency), None)
    return before.answered([part.intent for part in wished if part.intent], told, currency)


def pressed(before: Context, intent: str, kind: Kind, named: Entities = NOTHING_NAMED) -> Context:
    """What the conversation is about once a button's question, of this kind, is answered with what it leans on."""
    if kind in _FORGETTING:
        return Context(given=before.given)
    return before.answered([intent], named) if kind is Kind.ANSWER else before.went_on()


def together(named: Iterable[Entities]) -> Entities:
    """All that is named; where two name the same thing, the first counts."""
    found = NOTHING_NAMED
    for each in named:
        found = merged(found, each)
    return found


def merged(new: Entities, old: Entities) -> Entities:
    """What is newly named, and of the old what it leaves open; a rate of exchange goes with its money."""
    same_money = not (new.money and old.money) or new.money[0].currency == old.money[0].currency
    both = new.before(old)
    return both if same_money else both.model_copy(update={"rate": new.rate})


def kept(named: Entities) -> Entities:
    """What of it may be remembered: what sums and lists are made from, no number or address that tells of a person,
    and nothing that is true of its moment only."""
    forgotten = {"registrations": (), "tariff_codes": (), "contacts": (), "recent": ()}
    return named.model_copy(update={**forgotten, "running": None})
