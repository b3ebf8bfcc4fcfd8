"""May this right be recorded by this applicant, and if not, what comes first?

In: what is known of a case, and `eligibility.yaml`. Out: a verdict with its reasons. Nothing that is not said about a
case is assumed; a doubt is a doubt, not a yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field, model_validator

from knowledge.datafiles import build, read
from knowledge.library import CHINA
from knowledge.model import Frozen, Words

ELIGIBILITY = "eligibility.yaml"


class Outcome(StrEnum):
    """What a rule leads to, the weightiest first."""

    NO = "no"
    NOT_YET = "not_yet"
    UNSURE = "unsure"
    YES = "yes"


class Subject(StrEnum):
    """What somebody wants to record."""

    TRADEMARK = "trademark"
    SERVICE_MARK = "service_mark"
    COPYRIGHT = "copyright"
    PATENT = "patent"
    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    GEOGRAPHICAL_INDICATION = "geographical_indication"
    SPECIAL_SIGN = "special_sign"
    PLANT_VARIETY = "plant_variety"
    LAYOUT_DESIGN = "layout_design"
    TRADE_NAME = "trade_name"
    DOMAIN_NAME = "domain_name"
    TRADE_SECRET = "trade_secret"  # noqa: S105 - a kind of right
    TRADE_DRESS = "trade_dress"


class State(StrEnum):
    """How the right stands."""

    REGISTERED = "registered"
    PENDING = "pending"
    REFUSED = "refused"
    EXPIRED = "expired"
    FOREIGN_ONLY = "foreign_only"
    UNREGISTERED = "unregistered"
    MADRID = "madrid"


class Role(StrEnum):
    """What the applicant is to the right."""

    HOLDER = "holder"
    LICENSEE = "licensee"
    DISTRIBUTOR = "distributor"
    CO_OWNER = "co_owner"


CASE: Mapping[str, tuple[str, ...]] = {
    "subject": tuple(Subject),
    "state": tuple(State),
    "role": tuple(Role),
    "holder": ("company", "person"),
    "origin": ("mainland", "abroad"),
}
"""What can be known of a case, and the values it can have."""


class Rule(Frozen):
    """If all its conditions hold, its verdict."""

    id: str
    subject: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    holder: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    verdict: Outcome
    first: Words | None = None
    """What has to come first, or what it turns on."""
    facts: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _conditions_can_hold(self) -> Rule:
        if not any(self.wants(part) for part in CASE):
            raise ValueError("a rule wants at least one condition")
        for part, values in CASE.items():
            for value in self.wants(part):
                if value not in values:
                    raise ValueError(f"{part}: {value} is none of {', '.join(values)}")
        return self

    def wants(self, part: str) -> tuple[str, ...]:
        """The values of one part of a case for which it applies; empty where it is all the same."""
        wanted: tuple[str, ...] = getattr(self, part)
        return wanted

    def applies(self, case: Mapping[str, str]) -> bool:
        """Whether everything it wants is known and fits."""
        return all(case.get(part) in self.wants(part) for part in CASE if self.wants(part))


@dataclass(frozen=True)
class Verdict:
    """The answer and the rules it rests on."""

    outcome: Outcome
    reasons: tuple[Rule, ...]


_WEIGHT = list(Outcome)


def judge(rules: tuple[Rule, ...], case: Mapping[str, str]) -> Verdict | None:
    """The verdict of the weightiest rules that apply; nothing where what is to be recorded is not known.

    An obstacle counts for more than a doubt, a doubt for more than a yes; all rules of the weightiest kind are reasons.
    """
    applying = [rule for rule in rules if rule.applies(case)]
    obstacles = [rule for rule in applying if rule.verdict in (Outcome.NO, Outcome.NOT_YET)]
    if obstacles:
        outcome = min((rule.verdict for rule in obstacles), key=_WEIGHT.index)
        return Verdict(outcome, tuple(obstacles))
    if "subject" not in case or not applying:
        return None
    outcome = min((rule.verdict for rule in applying), key=_WEIGHT.index)
    chosen = [rule for rule in applying if rule.verdict is outcome]
    return Verdict(outcome, tuple(chosen))


@cache
def china() -> tuple[Rule, ...]:
    """China's rules in their order, read once a process."""
    return load(CHINA / ELIGIBILITY)


def load(path: Path) -> tuple[Rule, ...]:
    """The rules of a file. Raises DataFileError."""
    return tuple(build(Rule, path, key, data, id=key) for key, data in read(path).items())
