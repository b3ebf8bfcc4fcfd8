"""From nothing: the command that answers one question, with the model prepared before."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import Laps
from tests.prepared import copy_cache

ROUNDS = 5


def measure() -> Iterator[str]:
    """Start `tidewaiter ask` anew each time."""
    laps = Laps()
    with tempfile.TemporaryDirectory(prefix="tidewaiter-") as folder:
        copy_cache(Path(folder))
        for _ in range(ROUNDS):
            with laps.lap():
                subprocess.run(
                    [sys.executable, "-m", "bot", "ask", "is there an official fee"],
                    env={"TIDEWAITER_DATA_DIR": folder},
                    stdout=subprocess.DEVNULL,
                    check=True,
                )
    yield laps.line("tidewaiter ask, the whole command")
