"""kill -9 in the middle of an intake and of a delivery loses nothing: one goes on, the other arrives, once."""

from __future__ import annotations

import email
import email.policy
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.bot.told import INTAKE
from tests.server import ServerProcess, Visitor, free_port

SENDING = "00000000-0000-4000-8000-000000000001"
"""The page's own id of the message that sends the inquiry."""


class Mailbox:
    """A mail server that first says "later", as a busy one does, and then takes the mail."""

    def __init__(self) -> None:
        self.refused = 0
        self.taken: list[bytes] = []
        self.busy = True

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.busy:
            self.refused += 1
            return "451 come again later"
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        return "250 taken"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def server(
    request: pytest.FixtureRequest, tmp_path: Path, database: str
) -> Iterator[ServerProcess]:
    extra: dict[str, str] = {"DATABASE_URL": database}
    if "mailbox" in request.fixturenames:
        _, port = request.getfixturevalue("mailbox")
        extra |= {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none"}
        extra |= {"LEAD_EMAIL_TO": "desk@example.com", "LEAD_EMAIL_FROM": "bot@example.com"}
    process = ServerProcess(tmp_path, **extra)
    process.start()
    yield process
    process.end()


@pytest.fixture
def visitor(server: ServerProcess) -> Iterator[Visitor]:
    with Visitor(server.url) as somebody:
        somebody.opens()
        yield somebody


def _eventually(condition: Any, seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def test_an_intake_goes_on_where_it_was(server: ServerProcess, visitor: Visitor) -> None:
    visitor.writes("start an inquiry")
    for line in INTAKE[:7]:
        visitor.writes(line)
    before = visitor.opens()
    server.kill()
    server.start()
    assert visitor.opens() == before
    assert "Which goods" in visitor.writes(INTAKE[7])
    for line in INTAKE[8:]:
        visitor.writes(line)
    assert "Your reference is TW-" in visitor.writes("send")
    [letter] = _letters(server)
    assert "Example Trading Ltd" in _body(letter.read_bytes())


def test_a_line_that_waited_is_answered_after_the_start_once(
    server: ServerProcess, visitor: Visitor
) -> None:
    assert visitor.writes("so we are") == ""
    server.kill()
    server.start()
    _eventually(lambda: len(visitor.opens()) > 2, 20, "it was not answered")
    time.sleep(2)
    lines = visitor.opens()
    assert [line["author"] for line in lines] == ["bot", "prospect", "bot"]


def _letters(server: ServerProcess) -> list[Path]:
    outbox = server.folder / "var" / "outbox"
    _eventually(lambda: list(outbox.glob("*.eml")), 20, "no letter came")
    return list(outbox.glob("*.eml"))


def _body(raw: bytes) -> str:
    part = email.message_from_bytes(raw, policy=email.policy.default).get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_lead_arrives_once_although_its_delivery_was_killed(
    mailbox: tuple[Mailbox, int], server: ServerProcess, visitor: Visitor
) -> None:
    box, _ = mailbox
    visitor.writes("start an inquiry")
    for line in INTAKE:
        visitor.writes(line)
    receipt = visitor.writes("send", SENDING)
    _eventually(lambda: box.refused, 20, "no attempt was made")
    server.kill()
    box.busy = False
    server.start()
    assert visitor.writes("send", SENDING) in {"", receipt}, "the page tries its message again"
    _eventually(lambda: box.taken, 60, "the mail did not arrive")
    time.sleep(2)
    assert len(box.taken) == 1
    assert "name@example.com" in _body(box.taken[0])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_it_stops_in_seconds_when_asked(server: ServerProcess) -> None:
    begun = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - begun < 30
