"""`python -m tests.clocked serve`: the real command, its clock ahead by the seconds that stand in the file `CLOCK`."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import bot.clock

_utc_now = bot.clock.utc_now


def ahead() -> datetime:
    """The moment it is for this process."""
    return _utc_now() + timedelta(seconds=float(Path(os.environ["CLOCK"]).read_text()))


if __name__ == "__main__":
    # Before anything else has taken the clock by its name.
    bot.clock.utc_now = ahead
    from bot.cli import main

    main()
