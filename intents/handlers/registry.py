"""The handlers by name, and the case they are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from intents.catalogue import Topic
from intents.errors import UnknownHandlerError
from intents.reading import Entities
from intents.voice import Opening, Voice


@dataclass(frozen=True)
class Case:
    """What is asked, what was named, and the voice to answer in."""

    voice: Voice
    topic: Topic
    entities: Entities

    def led_by(self, *worked_out: str) -> Opening:
        """The sentences that were worked out, and after them the plain answer."""
        plain = self.voice.opening(self.topic)
        said = self.voice.text("frame.space").join((*worked_out, plain.text))
        return Opening(said, plain.facts)


Handler = Callable[[Case], Opening | None]
Need = Literal["money", "days"]
_HANDLERS: dict[str, tuple[Handler, Need]] = {}


def register(name: str, *, needs: Need) -> Callable[[Handler], Handler]:
    """Let topics name this function; `needs` is what must be named for it to have anything to work out."""

    def keep(function: Handler) -> Handler:
        _HANDLERS[name] = (function, needs)
        return function

    return keep


def handler(name: str) -> Handler:
    """The handler of that name. Raises UnknownHandlerError."""
    return _entry(name)[0]


def needs(name: str) -> Need:
    """What the handler of that name needs: a field of `Entities`. Raises UnknownHandlerError."""
    return _entry(name)[1]


def _entry(name: str) -> tuple[Handler, Need]:
    try:
        return _HANDLERS[name]
    except KeyError:
        raise UnknownHandlerError(f"no handler {name!r}") from None


def names() -> frozenset[str]:
    """Every name a topic may use."""
    return frozenset(_HANDLERS)
