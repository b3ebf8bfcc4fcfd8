"""The shape of a fact: dated, sourced, in two languages, its values kept apart from its prose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Unit(StrEnum):
    """What a value counts."""

    CNY = "CNY"
    PERCENT = "percent"
    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    HOURS = "hours"
    COUNT = "count"


class Confidence(StrEnum):
    """How sure we are. HIGH: read in the law or an official page. LOW is never stated as fact."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Kind(StrEnum):
    """What sort of authority a fact rests on."""

    LAW = "law"
    PRACTICE = "practice"
    STATISTICS = "statistics"
    SERVICE = "service"


class Frozen(BaseModel):
    """Data read from files: unknown keys are refused, nothing is changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Frozen):
    """The same in both languages."""

    en: str
    zh: str

    def text(self, language: Language) -> str:
        """In one of them."""
        return self.zh if language == "zh" else self.en


Names = Mapping[Language, tuple[str, ...]]
"""How a thing is named, by language."""


class Called(Words):
    """What a message may name."""

    names: Names = {}

    def all_names(self) -> tuple[str, ...]:
        """In every language."""
        return tuple(name for names in self.names.values() for name in names)


class Quantity(Frozen):
    """An amount and its unit, written `30 working_days` in the data."""

    amount: Decimal
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """Read `30 working_days`, `100000 CNY`, `99.17 percent`. Raises ValueError otherwise."""
        amount, _, unit = text.partition(" ")
        if not re.fullmatch(r"\d+(\.\d+)?", amount):
            raise ValueError(f"{text!r}: a value is written '<number> <unit>'")
        return cls(amount=Decimal(amount), unit=Unit(unit))


def _quantity(value: object) -> object:
    return Quantity.parse(value) if isinstance(value, str) else value


QuantityField = Annotated[Quantity, BeforeValidator(_quantity)]


class Basis(Frozen):
    """One legal instrument and the articles of it that carry the fact (none where unsure)."""

    instrument: str
    articles: tuple[str, ...] = ()


def _bases(value: object) -> object:
    """Turn the data's `{instrument: [articles]}` into a tuple of `Basis`."""
    if not isinstance(value, Mapping):
        return value
    return tuple(
        Basis(instrument=name, articles=tuple(str(article) for article in articles or ()))
        for name, articles in value.items()
    )


Bases = Annotated[tuple[Basis, ...], BeforeValidator(_bases)]


class Period(Frozen):
    """What a fact says while it holds: from the first day to the last, both included."""

    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    values: dict[str, QuantityField] = {}
    en: str
    zh: str
    basis: Bases | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Period:
        if self.from_ and self.until and self.from_ > self.until:
            raise ValueError(f"the period ends ({self.until}) before it begins ({self.from_})")
        return self

    @model_validator(mode="after")
    def _placeholders_have_values(self) -> Period:
        for language in LANGUAGES:
            unknown = set(PLACEHOLDER.findall(self.text(language))) - set(self.values)
            if unknown:
                raise ValueError(f"{language}: no value named {', '.join(sorted(unknown))}")
        return self

    def holds(self, on: date) -> bool:
        """Whether the day lies in this period."""
        return (self.from_ is None or self.from_ <= on) and (self.until is None or on <= self.until)

    def says_the_same(self, other: Period) -> bool:
        """Whether only the legal basis differs, as when a law is renumbered."""
        mine, theirs = (self.en, self.zh, self.values), (other.en, other.zh, other.values)
        return mine == theirs

    def text(self, language: Language) -> str:
        """The statement as written, placeholders unfilled."""
        return self.zh if language == "zh" else self.en


_PERIOD_KEYS = ("from", "until", "values", "en", "zh")


class Fact(Frozen):
    """One rule, figure or practice, under an id that never changes."""

    id: str = Field(pattern=r"^(cn|hk|mo|tw|bot)(\.[a-z0-9_]+)+$")
    periods: tuple[Period, ...] = Field(min_length=1)
    basis: Bases = ()
    source: tuple[str, ...] = ()
    kind: Kind = Kind.LAW
    confidence: Confidence = Confidence.HIGH
    verified_on: date
    review_due: date
    note: str = ""

    @property
    def certain(self) -> bool:
        """Whether it may be stated as a fact at all."""
        return self.confidence is not Confidence.LOW

    def stale(self, on: date) -> bool:
        """Whether the day lies past the date on which it should have been checked again."""
        return on > self.review_due

    def basis_in(self, period: Period) -> tuple[Basis, ...]:
        """The legal basis in one of its periods: the period's own, or that of the whole fact."""
        return self.basis if period.basis is None else period.basis

    @model_validator(mode="before")
    @classmethod
    def _one_period_written_flat(cls, data: Any) -> Any:
        """A fact with a single period may carry its fields itself."""
        if isinstance(data, dict) and "periods" not in data:
            flat = {key: data[key] for key in _PERIOD_KEYS if key in data}
            rest = {key: value for key, value in data.items() if key not in _PERIOD_KEYS}
            return {**rest, "periods": [flat]}
        return data

    @model_validator(mode="after")
    def _periods_in_order(self) -> Fact:
        for earlier, later in zip(self.periods, self.periods[1:], strict=False):
            if earlier.until is None or later.from_ is None or earlier.until >= later.from_:
                raise ValueError(f"{self.id}: periods overlap or are out of order")
        return self

    @model_validator(mode="after")
    def _law_has_a_basis(self) -> Fact:
        based = self.basis or all(period.basis for period in self.periods)
        if self.kind is Kind.LAW and not based:
            raise ValueError(f"{self.id}: a rule of law needs its legal basis")
        return self


class Status(StrEnum):
    """Where a legal text stands."""

    IN_FORCE = "in_force"
    COMING = "coming"
    FORMER = "former"
    DRAFT = "draft"


class Instrument(Frozen):
    """A legal text, or a published report, that facts rest on."""

    id: str
    en: str
    zh: str
    short_en: str
    short_zh: str
    number: str = ""
    adopted: date | None = None
    in_force: date | None = None
    until: date | None = None
    amended: tuple[date, ...] = ()
    status: Status = Status.IN_FORCE
    replaces: str | None = None
    """The instrument whose place it took."""
    note: str = ""

    def status_on(self, day: date) -> Status:
        """Where it stands on a day: a draft stays one; its dates go before what was written down."""
        if self.status is Status.DRAFT:
            return Status.DRAFT
        if self.in_force and day < self.in_force:
            return Status.COMING
        if self.until:
            return Status.FORMER if day > self.until else Status.IN_FORCE
        begun = self.status is Status.COMING and self.in_force is not None
        return Status.IN_FORCE if begun else self.status

    def title(self, language: Language) -> str:
        """The full title."""
        return self.zh if language == "zh" else self.en

    def short(self, language: Language) -> str:
        """The title as it is cited in a chat."""
        return self.short_zh if language == "zh" else self.short_en
