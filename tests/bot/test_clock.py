"""The one clock of the world."""

import re
from datetime import timedelta
from pathlib import Path

from bot.clock import utc_now

BOT = Path(__file__).parents[2] / "bot"
ALONE = {"clock.py", "scene.py", "durable.py"}
"""The clock itself; the day in Beijing; the engine's own rows, which no test moves."""


def test_the_moment_it_is_has_a_zone() -> None:
    assert utc_now().utcoffset() == timedelta(0)


def test_nobody_has_a_clock_of_their_own() -> None:
    looks = re.compile(r"datetime\.(?:now|utcnow)\(")
    found = {path.name for path in BOT.rglob("*.py") if looks.search(path.read_text("utf-8"))}
    assert found <= ALONE
