"""From nothing: the command that answers one question, with the models prepared before; its time and its memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import Laps
from tests.prepared import copy_cache

ROUNDS = 5
_ASKING = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A small process between us and the command: a child begins with the memory of who starts it."""
_TO_MEGABYTES, _TO_MEGABYTES_MAC = 1 << 10, 1 << 20
"""Linux counts kilobytes, macOS bytes."""


def measure() -> Iterator[str]:
    """Start `tidewaiter ask` anew each time."""
    laps, most = Laps(), 0.0
    with tempfile.TemporaryDirectory(prefix="tidewaiter-") as folder:
        copy_cache(Path(folder))
        for _ in range(ROUNDS):
            with laps.lap():
                most = max(most, asked(folder))
    yield laps.line("tidewaiter ask, the whole command")
    yield f"its memory at most: {most:.0f} MB"


def asked(folder: str) -> float:
    """Ask a question in a process of its own; the most memory it had, in megabytes."""
    command = [sys.executable, "-m", "bot", "ask", "is there an official fee"]
    done = subprocess.run(
        [sys.executable, "-c", _ASKING, *command],
        env={"TIDEWAITER_DATA_DIR": folder},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return int(done.stdout) / (_TO_MEGABYTES_MAC if sys.platform == "darwin" else _TO_MEGABYTES)
