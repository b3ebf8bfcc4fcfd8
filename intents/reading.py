"""What a message was read to mean: language, questions, entities, intents. Made once, outside any transaction."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from intents.answer import Frozen, Kind, Scored
from knowledge.model import Language


class Money(Frozen):
    """An amount somebody named; `raw` is how they wrote it. Currency is an ISO 4217 code."""

    amount: Decimal
    currency: str
    raw: str


class Day(Frozen):
    """A date somebody named; `raw` is how they wrote it."""

    day: date
    raw: str
    at: time | None = None
    """The time of day, if it was said."""
    zone: str | None = None
    """Where that is the time: an IANA name, or an offset such as `+01:00`; None where it was not said."""


Registered = Literal["trademark", "madrid", "invention", "utility_model", "design", "copyright"]
"""What a number stands for: a kind of right, or a Madrid registration of a trademark."""


class Registration(Frozen):
    """The number of a right; `raw` is how it was written, with the words that say what it is."""

    kind: Registered
    number: str
    """As it is written in short: 12345678, ZL201930123456.7, 国作登字-2020-F-00123456."""
    raw: str
    fits: bool | None = None
    """Whether its last digit goes with the others; None where it has none to check."""


class TariffCode(Frozen):
    """A code of the Harmonised System, four to ten digits: 8517.13.00; `raw` is how it was written."""

    code: str
    raw: str


Contact = Literal["email", "phone"]
"""A way to reach somebody. Which one it is: what it says is personal and is not kept in a reading."""


class Entities(Frozen):
    """What is named in a message besides its question."""

    money: tuple[Money, ...] = ()
    days: tuple[Day, ...] = ()
    rights: tuple[str, ...] = ()
    """Kinds of right: trademark, copyright, invention, utility_model, design, patent."""
    rate: Decimal | None = None
    """Renminbi for one unit of the foreign money named."""
    case: dict[str, str] = {}
    """What is told of the right and its holder: the parts of `knowledge.eligibility.CASE`."""
    recorded: bool | None = None
    """Whether the right is said to be recorded with Customs; None where nothing is said."""
    registrations: tuple[Registration, ...] = ()
    tariff_codes: tuple[TariffCode, ...] = ()
    ports: tuple[str, ...] = ()
    """Ports of mainland China by their ids in `entities/ports.yaml`."""
    contacts: tuple[Contact, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether enough is told of a right and its holder to say if it can be recorded."""
        return "subject" in self.case and bool({"state", "role"} & self.case.keys())

    def before(self, others: Entities) -> Entities:
        """What is named here, and of the others what this leaves open."""
        named = {name: getattr(self, name) or getattr(others, name) for name in Entities.model_fields}
        recorded = others.recorded if self.recorded is None else self.recorded
        return Entities(**named | {"case": others.case | self.case, "recorded": recorded})


NOTHING_NAMED = Entities()


class Wish(StrEnum):
    """What is wanted of the last answer, where nothing new is asked."""

    WHY = "why"
    SOURCE = "source"
    SHORTER = "shorter"
    AGAIN = "again"
    MORE = "more"


class Part(Frozen):
    """One question of a message."""

    text: str
    kind: Kind
    """ANSWER, SMALLTALK, ESCALATE, INTAKE, REFUSE by the intent; CLARIFY or OUT_OF_SCOPE below the line."""
    ranking: tuple[Scored, ...]
    """Intents, likeliest first."""
    entities: Entities = NOTHING_NAMED
    """What was named with it, and what of the conversation it leans on."""
    follows: bool = False
    """Whether it was understood from what was said before it."""
    wish: Wish | None = None
    """What is wanted of the last answer, whose intent this part has; without an intent nothing was answered yet."""
    currency: str | None = None
    """The currency in which the amounts are wanted, beside renminbi."""

    @property
    def intent(self) -> str | None:
        """The intent, where we are sure enough of one."""
        unsure = self.kind is Kind.CLARIFY or not self.ranking
        return None if unsure else self.ranking[0].id


class Reading(Frozen):
    """A whole message, read."""

    text: str
    language: Language
    """The language to answer in."""
    written_in: str
    """What the message is written in: en, zh, mixed, another ISO 639-1 code, or und (cannot be told)."""
    kind: Kind
    """What the message as a whole wants."""
    parts: tuple[Part, ...]
    entities: Entities = NOTHING_NAMED
    """Everything named in the whole message."""
    only_named: bool = False
    """Whether numbers, ports or contacts are all there is: nothing is asked."""
