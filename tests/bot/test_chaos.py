"""A busy hour in a few minutes: people write, a colleague takes over, and the server is killed again and again.

Whatever was accepted is there once, in order; the bot answers all of it and never speaks beside a person; every
inquiry that got a reference arrives, once.
"""

from __future__ import annotations

import email
import email.policy
import random
import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bot.told import INTAKE
from tests.server import ServerProcess, Visitor

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]

VISITORS = 5
KILLS = 12
PASSWORD = "a harbour at night"
PAUSE = 2.1
"""Seconds between two lines of a visitor: thirty a minute are allowed."""
ROUND = [
    *("how much is the official fee?", "备案有效期多久？", "talk about the weather", "thanks"),
    *("start an inquiry", *INTAKE[:3], "how long does it take?", *INTAKE[3:], "send"),
]
REFERENCE = re.compile(r"TW-[0-9A-Z-]+")


@dataclass
class Busy(threading.Thread):
    """Somebody who sends every line until it is taken, as the page does."""

    url: str
    over: threading.Event
    accepted: list[tuple[str, str]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    trouble: BaseException | None = None

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        try:
            with Visitor(self.url) as visitor:
                insist(visitor.opens)
                while not self.over.is_set():
                    self._round(visitor)
                self.lines = insist(visitor.opens)
        except BaseException as error:  # noqa: BLE001 - told by the test's own thread
            self.trouble = error

    def _round(self, visitor: Visitor) -> None:
        for text in ROUND:
            message_id = str(uuid.uuid4())
            insist(lambda text=text, key=message_id: visitor.writes(text, key))
            self.accepted.append((message_id, text))
            time.sleep(PAUSE)


def insist(act: Any) -> Any:
    """Until the server takes it: it may be away, or ask for patience."""
    end = time.monotonic() + 120
    while True:
        try:
            return act()
        except httpx.HTTPStatusError as error:
            if error.response.status_code not in {429, 503}:
                raise
        except httpx.TransportError:
            pass
        assert time.monotonic() < end, "the server did not come back"
        time.sleep(0.3)


class Colleague(threading.Thread):
    """Takes a conversation, writes, hands it back, takes the next."""

    def __init__(self, server: ServerProcess, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.over = over
        here = server.url
        self.http = httpx.Client(base_url=here, headers={"Origin": here}, timeout=20)
        form = {"login": "li", "name": "Li Na", "password": PASSWORD, "again": PASSWORD}
        assert self.http.post(server.setup_link, data=form).status_code == 303
        self.replies = 0

    def run(self) -> None:
        with closing(self.http):
            while not self.over.is_set():
                self._round()

    def _round(self) -> None:
        listed = re.findall(r'id="entry-([^"]+)"', insist(lambda: self.http.get("/desk")).text)
        conversation = random.choice(listed)
        self._act(conversation, "take")
        self._act(conversation, "reply", f"A word from a person {uuid.uuid4()}")
        time.sleep(random.uniform(0.5, 4))
        insist(lambda: self._hand_back(conversation))

    def _act(self, conversation: str, name: str, text: str = "") -> None:
        try:
            done = self.http.post(f"/desk/conversations/{conversation}/{name}", data={"text": text})
        except httpx.TransportError:
            return
        self.replies += name == "reply" and done.status_code == 303

    def _hand_back(self, conversation: str) -> None:
        self.http.post(f"/desk/conversations/{conversation}/hand-back")


@pytest.fixture
def server(tmp_path: Path, database: str) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path, DATABASE_URL=database)
    process.start()
    yield process
    process.end()


def test_a_busy_hour_with_a_server_that_is_killed(server: ServerProcess) -> None:
    over = threading.Event()
    people = [Busy(server.url, over) for _ in range(VISITORS)]
    colleague = Colleague(server, over)
    for one in (*people, colleague):
        one.start()
        time.sleep(0.5)
    for _ in range(KILLS):
        time.sleep(random.uniform(2, 9))
        server.kill()
        server.start()
    over.set()
    for one in (*people, colleague):
        one.join(timeout=300)
        assert not one.is_alive()
    references = []
    for person in people:
        assert person.trouble is None, repr(person.trouble)
        assert_nothing_lost(person)
        assert_silent_beside_a_person(person.lines)
        references += [found for line in person.lines for found in receipts(line)]
    assert references
    assert colleague.replies
    assert_delivered(server, references)


def assert_nothing_lost(person: Busy) -> None:
    """Every accepted line stands there once and in order, and what came for it came after it."""
    said = [line for line in person.lines if line["author"] == "prospect"]
    assert [(line["message_id"], line["text"]) for line in said] == person.accepted


def assert_silent_beside_a_person(lines: list[dict[str, Any]]) -> None:
    """Between joining and leaving no word of the bot; outside of it a word for every line."""
    person_here, unanswered = False, 0
    for line in lines:
        if line["author"] == "system":
            person_here = "joined" in line["text"] or "已加入" in line["text"]
            unanswered = 0
        elif line["author"] == "bot":
            assert not person_here, f"the bot spoke beside a person: {line['text']}"
            unanswered = 0
        elif line["author"] == "prospect" and not person_here:
            assert not unanswered, f"not answered, line {line['seq']}"
            unanswered = 1


def receipts(line: dict[str, Any]) -> list[str]:
    """The reference in the bot's receipt."""
    if line["author"] != "bot" or "reference is" not in line["text"]:
        return []
    return REFERENCE.findall(line["text"])[:1]


def assert_delivered(server: ServerProcess, references: list[str]) -> None:
    """One letter for every reference."""
    outbox, end = server.folder / "var" / "outbox", time.monotonic() + 120
    while len(list(outbox.glob("*.eml"))) < len(references) and time.monotonic() < end:
        time.sleep(0.2)
    time.sleep(3)
    subjects = [subject(letter) for letter in outbox.glob("*.eml")]
    found = Counter(reference for each in subjects for reference in REFERENCE.findall(each))
    assert found == Counter(references)


def subject(letter: Path) -> str:
    """What stands over a letter."""
    return str(
        email.message_from_bytes(letter.read_bytes(), policy=email.policy.default)["Subject"]
    )
