"""How the console says things, and by whose clock."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.requests import Request

from bot.conversation.owner import Owner
from bot.conversation.state import Stage
from bot.desk import clocks, words
from bot.desk.cookies import is_loopback
from bot.leads.model import DeliveryState, LeadStatus
from bot.queue import QueueEntry
from knowledge.model import LANGUAGES

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)


def _entry(stage: Stage, owner: Owner, since: datetime | None = None) -> QueueEntry:
    return QueueEntry(
        id="1",
        owner=owner,
        stage=stage,
        channel="web",
        language="en",
        staff_id="li",
        staff_name="Li Na",
        waiting_since=since,
        unread=0,
        updated_at=NOW,
        preview="",
        title="Web",
    )


def test_everything_that_can_be_has_a_word() -> None:
    assert set(words.STAGES) == set(Stage)
    assert set(words.STATUSES) == set(LeadStatus)
    assert set(words.DELIVERIES) == set(DeliveryState)
    assert set(words.LANGUAGES) == set(LANGUAGES)


def test_a_conversation_is_with_you_or_with_somebody() -> None:
    entry = _entry(Stage.WITH_PERSON, Owner.PERSON)
    assert words.stage(entry, "li") == "With you"
    assert words.stage(entry, "marco") == "With Li Na"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0.5, "under a minute"),
        (1, "1 min"),
        (59.9, "59 min"),
        (60, "1 h"),
        (125, "2 h 5 min"),
        (24 * 60, "1 day"),
        (3 * 24 * 60, "3 days"),
    ],
)
def test_spans_of_time(minutes: float, told: str) -> None:
    assert words.lasting(timedelta(minutes=minutes)) == told


def test_only_who_waits_is_said_to_wait() -> None:
    since = NOW - timedelta(minutes=6)
    assert words.waiting(_entry(Stage.WAITING, Owner.WAITING, since), NOW) == "6 min"
    assert words.waiting(_entry(Stage.WITH_PERSON, Owner.PERSON, since), NOW) is None
    assert words.waiting(_entry(Stage.WAITING, Owner.WAITING), NOW) is None


def test_counts_and_unknown_codes() -> None:
    assert words.counted(1, "lead", "leads") == "1 lead"
    assert words.counted(2, "lead", "leads") == "2 leads"
    assert words.language("zh") == "Chinese"
    assert words.language("xx") == "xx"
    assert words.channel("web") == "Web"


def _clock(cookie: str | None) -> clocks.Clock:
    headers = [(b"cookie", f"tidewaiter_zone={cookie}".encode())] if cookie else []
    return clocks.of(Request({"type": "http", "headers": headers}), NOW)


@pytest.mark.parametrize(
    ("cookie", "zone", "time"),
    [
        (None, "Asia/Shanghai", "04:30"),
        ("Europe%2FRome", "Europe/Rome", "21:30"),
        ("America/New_York", "America/New_York", "15:30"),
        ("Nowhere/At_All", "Asia/Shanghai", "04:30"),
        ("../../etc/passwd", "Asia/Shanghai", "04:30"),
        ("Europe", "Asia/Shanghai", "04:30"),
    ],
)
def test_moments_are_shown_by_the_readers_clock(cookie: str | None, zone: str, time: str) -> None:
    clock = _clock(cookie)
    assert clock.zone.key == zone
    assert clock.short(NOW) == time


def test_another_day_has_its_date() -> None:
    rome = _clock("Europe/Rome")
    assert rome.short(NOW - timedelta(days=1)) == "21 Nov, 21:30"
    assert rome.short(datetime(2025, 3, 4, 10, 0, tzinfo=UTC)) == "4 Mar 2025, 11:00"
    assert rome.full(NOW) == "22 November 2026, 21:30 (Europe/Rome)"


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("localhost", True),
        ("desk.localhost", True),
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("192.168.1.5", False),
        ("10.0.0.1", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("", False),
    ],
)
def test_what_counts_as_this_machine(host: str, inside: bool) -> None:
    assert is_loopback(host) is inside
