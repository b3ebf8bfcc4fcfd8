"""Many prospects at once at the real server: each fills in the form with detours, and each becomes the right lead."""

from __future__ import annotations

import json
import random
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.bot.command import run
from tests.bot.test_chaos import insist
from tests.server import ServerProcess, Visitor

SOAK = [pytest.mark.soak, pytest.mark.timeout(900)]
COUNTRIES = {"Italy": "IT", "France": "FR", "Japan": "JP", "Germany": "DE", "Spain": "ES"}
ANYWHERE = (
    ("how long does it take?",),
    ("how much is the official fee?",),
    ("why?",),
    ("back", "keep"),
    ("status",),
    ("help",),
    ("cancel", "undo"),
    ("start an inquiry", "go on"),
)
"""Detours after which the same question is asked."""
NOT_UNDERSTOOD = ("qqq",)
"""One more where only an option fits."""
OPTIONS = frozenset({"trademark", "registered", "no", "owner", "company", "planning", "not now"})
OFTEN = 0.25
LONGEST = 29
"""Messages of one prospect: thirty a minute are allowed."""


@dataclass
class Prospect(threading.Thread):
    """Somebody who answers every question, asks something in between, and sends it."""

    url: str
    number: int
    wrote: list[tuple[str, str]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    trouble: BaseException | None = None

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        chance = random.Random(self.number)
        self.country = chance.choice(list(COUNTRIES))
        self.script = list(self._script(chance))

    def __hash__(self) -> int:
        return id(self)

    @property
    def answers(self) -> dict[str, str]:
        """What must be in the lead."""
        return {
            "rights.1.right_type": "trademark",
            "rights.1.mark_state": "registered",
            "rights.1.registration_number": str(1_000_000 + self.number),
            "role": "holder",
            "holder": f"Example Trading {self.number} Ltd",
            "holder_kind": "company",
            "country": COUNTRIES[self.country],
            "goods": f"running shoes of size {self.number}",
            "urgency": "planning",
            "details": "send_later",
            "contact": f"prospect{self.number}@example.com",
            "consent": "agree",
        }

    def _script(self, chance: random.Random) -> Iterator[str]:
        yield "start an inquiry"
        known, left = self.answers, LONGEST - 17
        given = [
            *("trademark", "registered", known["rights.1.registration_number"], "no", "owner"),
            *(known["holder"], "company", "Austria", known["goods"], "planning", "not now"),
            *("skip", known["contact"], "I agree"),
        ]
        for line in given:
            if chance.random() < OFTEN:
                ways = (*ANYWHERE, NOT_UNDERSTOOD) if line in OPTIONS else ANYWHERE
                detour = chance.choice(ways)
                left -= len(detour)
                yield from detour if left >= 0 else ()
            yield line
        yield f"change the country to {self.country}"
        yield "send"

    def run(self) -> None:
        try:
            with Visitor(self.url) as visitor:
                visitor.http.headers["X-Forwarded-For"] = f"203.0.113.{self.number + 1}"
                insist(visitor.opens)
                for text in self.script:
                    self._write(visitor, text)
                self.lines = insist(visitor.opens)
        except BaseException as error:  # noqa: BLE001 - told by the test's own thread
            self.trouble = error

    def _write(self, visitor: Visitor, text: str) -> None:
        """One line; every fifth is delivered twice."""
        key = str(uuid.UUID(int=(self.number << 64) + len(self.wrote), version=4))
        self.wrote.append((key, text))
        for _ in range(2 if len(self.wrote) % 5 == 0 else 1):
            insist(lambda: visitor.writes(text, key))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    """Behind a proxy, as far as it knows, so that each prospect comes from a place of their own."""
    process = ServerProcess(tmp_path, PUBLIC_URL="http://chat.example")
    process.start()
    yield process
    process.end()


@pytest.mark.parametrize("number", [8, pytest.param(50, marks=SOAK)])
def test_each_of_many_prospects_becomes_the_right_lead(server: ServerProcess, number: int) -> None:
    people = [Prospect(server.url, each) for each in range(number)]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=600)
        assert not person.is_alive()
        assert person.trouble is None, repr(person.trouble)
        assert_in_order(person)
    server.stop()
    leads = [json.loads(line) for line in run(server.folder, "leads", "export").stdout.splitlines()]
    found = {lead["answer.contact"]: lead for lead in leads}
    assert len(leads) == len(found) == number
    assert len({lead["reference"] for lead in leads}) == number
    for person in people:
        lead = found[person.answers["contact"]]
        told = {name: value for name, value in lead.items() if name.startswith("answer.")}
        assert told == {f"answer.{path}": value for path, value in person.answers.items()}


def assert_in_order(person: Prospect) -> None:
    """Every line stands there once, where it was written, and is answered before the next, or with it: what says
    nothing to answer yet waits a moment for what follows."""
    said = [line for line in person.lines if line["author"] == "prospect"]
    assert [(line["message_id"], line["text"]) for line in said] == person.wrote
    numbers = [line["seq"] for line in person.lines]
    assert numbers == sorted(set(numbers))
    answered = Counter[int]()
    for line in person.lines:
        if line["author"] == "prospect":
            answered[len(answered)] = 0
        elif answered:
            answered[len(answered) - 1] += 1
    assert len(answered) == len(person.wrote)
    assert all(one or other for one, other in pairwise(answered.values()))
    assert answered[len(answered) - 1]
