"""The handlers by name, and the case they are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from intents.catalogue import Topic
from intents.errors import UnknownHandlerError
from intents.reading import Entities
from intents.voice import Opening, Voice
from knowledge import rendering
from knowledge.sums import share


@dataclass(frozen=True)
class Case:
    """What is asked, what was named, and the voice to answer in."""

    voice: Voice
    topic: Topic
    entities: Entities
    text: str = ""
    """The message in which it is asked."""

    @property
    def renminbi(self) -> Decimal | None:
        """The value that was named, in renminbi; a foreign one only with a rate that was named, for we know none."""
        if not self.entities.money:
            return None
        named, rate = self.entities.money[0], self.entities.rate
        if named.currency == "CNY":
            return named.amount
        if not rate or named.amount * rate > share.MOST:
            return None
        return share.to_the_fen(named.amount * rate)

    @property
    def exchange(self) -> tuple[str, ...]:
        """The sentence that says at which rate a foreign value was reckoned, where one was."""
        named, rate, value = self.entities.money[:1], self.entities.rate, self.renminbi
        if not named or named[0].currency == "CNY" or rate is None or value is None:
            return ()
        said = {
            "value": rendering.foreign(named[0].amount, named[0].currency),
            "rate": rendering.number(rate),
            "amount": rendering.money(value, self.voice.language),
        }
        return (self.voice.text("money.at_your_rate", **said),)

    def led_by(self, *worked_out: str) -> Opening:
        """The sentences that were worked out, and after them the plain answer."""
        plain = self.voice.opening(self.topic)
        said = self.voice.text("frame.space").join((*worked_out, plain.text))
        return Opening(said, plain.facts)


Handler = Callable[[Case], Opening | None]
Need = Literal["money", "days", "judged"]
_HANDLERS: dict[str, tuple[Handler, Need | None]] = {}


def register(name: str, *, needs: Need | None = None) -> Callable[[Handler], Handler]:
    """Let topics name this function; `needs` is what must be named, if one thing must."""

    def keep(function: Handler) -> Handler:
        _HANDLERS[name] = (function, needs)
        return function

    return keep


def handler(name: str) -> Handler:
    """The handler of that name. Raises UnknownHandlerError."""
    return _entry(name)[0]


def needs(name: str) -> Need | None:
    """What the handler of that name needs, if it is a field of `Entities`. Raises UnknownHandlerError."""
    return _entry(name)[1]


def _entry(name: str) -> tuple[Handler, Need | None]:
    try:
        return _HANDLERS[name]
    except KeyError:
        raise UnknownHandlerError(f"no handler {name!r}") from None


def names() -> frozenset[str]:
    """Every name a topic may use."""
    return frozenset(_HANDLERS)
