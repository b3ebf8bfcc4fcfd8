"""What a message was read to mean: language, questions, entities, intents. Made once, outside any transaction."""

from __future__ import annotations

from datetime import date, time, timedelta
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
    reckoned: bool = False
    """Whether it was told by its distance from today, so that the day it is taken for is said aloud."""


_LONG_AGO = 60
"""A day without its year is the nearest such day only while that is fresh in mind."""


class Recent(Frozen):
    """A day told by its distance from today; which day that is can only be said when today is known."""

    raw: str
    ago: int = 0
    """Days before today, where neither a weekday nor a month is named."""
    weekday: int | None = None
    """Monday is 0; the last such day before today, where no week is named."""
    weeks: int | None = None
    """Calendar weeks back, where the week is named: 本周三, 上周五, Friday of last week."""
    month: int | None = None
    number: int = 0
    """The day of the month, of the year that brings it nearest to today."""
    at: time | None = None
    zone: str | None = None

    def on(self, today: date) -> Day | None:
        """The day it is; nothing where it would be none, or not fresh, or a weekday to come."""
        try:
            day = self._day(today)
        except (ValueError, OverflowError):
            return None
        soonest = -_LONG_AGO if self.month else 0
        if not soonest <= (today - day).days <= _LONG_AGO:
            return None
        return Day(day=day, raw=self.raw, at=self.at, zone=self.zone, reckoned=True)

    def _day(self, today: date) -> date:
        if self.month:
            return self._of_nearest_year(today, self.month)
        if self.weekday is None:
            return today - timedelta(days=self.ago)
        if self.weeks is None:
            return today - timedelta(days=(today.weekday() - self.weekday - 1) % 7 + 1)
        return today - timedelta(days=today.weekday() - self.weekday + 7 * self.weeks)

    def _of_nearest_year(self, today: date, month: int) -> date:
        day = date(today.year, month, self.number)
        half = timedelta(days=183)
        if day - today > half:
            return day.replace(year=today.year - 1)
        return day.replace(year=today.year + 1) if today - day > half else day


Running = Literal["notice", "held", "dated", "letter", "undated"]
"""A notice came just now, goods are held now, a notice came on a named date; Customs wrote or called, about what is not
said; one of these, without saying when."""


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


Given = Literal["contact", "port"]
"""What a colleague would ask for: how to reach somebody, and where the goods are."""


Contact = Literal["email", "phone"]
"""A way to reach somebody. Which one it is: what it says is personal and is not kept in a reading."""


class Entities(Frozen):
    """What is named in a message besides its question."""

    money: tuple[Money, ...] = ()
    days: tuple[Day, ...] = ()
    recent: tuple[Recent, ...] = ()
    """Days told by their distance from today; `on` makes days of them."""
    running: Running | None = None
    """What is told of a case that runs now: a customs notice came, or goods are held."""
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

    @property
    def given(self) -> tuple[Given, ...]:
        """What of the things that a colleague would ask for is named."""
        named: tuple[tuple[Given, bool], ...] = (
            ("contact", bool(self.contacts)),
            ("port", bool(self.ports)),
        )
        return tuple(sort for sort, there in named if there)

    def before(self, others: Entities) -> Entities:
        """What is named here, and of the others what this leaves open; a day named here in any way is the day."""
        named = {
            name: getattr(self, name) or getattr(others, name) for name in Entities.model_fields
        }
        named |= {"case": others.case | self.case}
        named |= {"recorded": others.recorded if self.recorded is None else self.recorded}
        if self.days or self.recent:
            named |= {"days": self.days, "recent": self.recent}
        return Entities(**named)

    def on(self, today: date) -> Entities:
        """The same; where no day is named by its date, with the days that were told by their distance from today."""
        if self.days or not self.recent:
            return self
        found = (recent.on(today) for recent in self.recent)
        return self.model_copy(update={"days": tuple(day for day in found if day)})


NOTHING_NAMED = Entities()


class Wish(StrEnum):
    """What is wanted of the last answer, where nothing new is asked."""

    WHY = "why"
    SOURCE = "source"
    SHORTER = "shorter"
    AGAIN = "again"
    MORE = "more"
    EXCEPTIONS = "exceptions"


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
    unknown: bool = False
    """Whether nothing we know is near it, neither of our subject nor of those beside it."""

    @property
    def intent(self) -> str | None:
        """The intent, where we are sure enough of one."""
        unsure = self.kind is Kind.CLARIFY or not self.ranking
        return None if unsure else self.ranking[0].id


Odd = Literal["wordless", "link", "too_many"]
"""Only signs or digits; only a link; too many questions at once."""


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
    odd: Odd | None = None
    """Why there was nothing to answer, where that is plain."""
    given: tuple[Given, ...] = ()
    """What was given in this message or one before it, so that it is not asked for again."""
    only_named: bool = False
    """Whether numbers, ports or contacts are all there is: nothing is asked."""

    def on(self, today: date) -> Reading:
        """The same, with the days that were told by their distance from today."""
        parts = (
            part.model_copy(update={"entities": part.entities.on(today)}) for part in self.parts
        )
        return self.model_copy(update={"entities": self.entities.on(today), "parts": tuple(parts)})
