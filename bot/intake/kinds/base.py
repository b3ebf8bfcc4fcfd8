"""What a kind of field is: how a typed answer is read, found inside a longer message, and shown again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from knowledge.model import Language

Options = Mapping[str, tuple[str, ...]]
"""A choice's options: value -> the words that mean it, of all languages."""


@dataclass(frozen=True)
class Asked:
    """What the reading of an answer may know of the question."""

    today: date
    options: Options = field(default_factory=dict)
    right: str | None = None
    """The kind of right that a number is the number of, where it has been told."""


@dataclass(frozen=True)
class Accepted:
    """What the field keeps, in one canonical writing; `more` are further answers where several were given at once."""

    value: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rejected:
    """Why the typed line is no answer: the id of the sentence that says so.

    `doubted` is what it would be all the same: whoever gives it a second time is believed.
    """

    problem: str
    doubted: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    """What the sentence fills in."""
    is_answer: bool = False
    """Whether it is meant as an answer all the same, and only wants something: "by mail", without the address."""


Parsed = Accepted | Rejected


@dataclass(frozen=True)
class Found:
    """An answer inside a longer text, and the words it was read from."""

    value: str
    raw: str


def as_kept(value: str, _language: Language) -> str:
    """Shown as it is kept."""
    return value


@dataclass(frozen=True)
class Kind:
    """One kind of field."""

    parse: Callable[[str, Asked], Parsed]
    find: Callable[[str, Asked], Found | None] | None = None
    """What can be nothing else, wherever it stands in a text; none for kinds that take any words."""
    shown: Callable[[str, Language], str] = as_kept

    @property
    def takes_any_words(self) -> bool:
        """Whether nearly every line would do as an answer."""
        return self.find is None
