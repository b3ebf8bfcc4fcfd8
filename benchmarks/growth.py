"""How time and memory grow with the number of phrases: `python -m benchmarks.growth [PHRASES]`.

Our own phrases, evenly thinned out, or multiplied by copies in which neighbouring words change places. Each size is
learnt in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.sentences import sentences
from benchmarks.timing import ordered
from intents.catalogue import Catalogue
from intents.matcher import ARRAYS, Matcher

SIZES = (1_000, 10_000, 100_000)
ROW = "{:>8} {:>9} {:>9} {:>8} {:>9} {:>9} {:>13} {:>11}"
_ASKED = 500


def measure() -> Iterator[str]:
    """A table, a line a size."""
    heads = (
        "phrases",
        "learn s",
        "load s",
        "file MB",
        "p50 ms",
        "p99 ms",
        "learning MB",
        "serving MB",
    )
    yield ROW.format(*heads)
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="tidewaiter-") as folder:
            learnt = child("learn", str(size), folder)
            served = child("serve", folder)
        yield ROW.format(
            learnt["phrases"],
            f"{learnt['seconds']:.1f}",
            f"{served['load']:.2f}",
            f"{learnt['megabytes']:.0f}",
            f"{served['p50']:.2f}",
            f"{served['p99']:.2f}",
            f"{learnt['memory']:.0f}",
            f"{served['memory']:.0f}",
        )


def child(*words: str) -> dict[str, Any]:
    """What a process of its own says."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.growth", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def learn(size: int, folder: Path) -> dict[str, float]:
    """Learn so many phrases and keep them."""
    phrases = grown(Catalogue.load().training, size)
    begun = time.perf_counter()
    matcher = Matcher.fit(phrases)
    seconds = time.perf_counter() - begun
    matcher.save(folder / "matcher.json")
    kept = (folder / "matcher.json", folder / f"matcher{ARRAYS}")
    megabytes = sum(path.stat().st_size for path in kept) / 1e6
    count = sum(map(len, phrases.values()))
    return {"phrases": count, "seconds": seconds, "megabytes": megabytes, "memory": memory()}


def serve(folder: Path) -> dict[str, float]:
    """Load what was kept and match sentences."""
    begun = time.perf_counter()
    matcher = Matcher.load(folder / "matcher.json")
    load = time.perf_counter() - begun
    matcher.match("warm up")
    taken = []
    for _, sentence in islice(sentences(), _ASKED):
        begun = time.perf_counter()
        matcher.match(sentence)
        taken.append(1000 * (time.perf_counter() - begun))
    return {
        "load": load,
        "p50": ordered(taken, 0.5),
        "p99": ordered(taken, 0.99),
        "memory": memory(),
    }


def memory() -> float:
    """The most this process has had, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20) if sys.platform == "darwin" else most / (1 << 10)


def grown(training: dict[str, list[str]], size: int) -> dict[str, list[str]]:
    """Phrases of every intent, in all as many as wanted (at least two an intent)."""
    share = size / sum(map(len, training.values()))
    return {
        intent: list(islice(copies(phrases), max(2, round(share * len(phrases)))))
        for intent, phrases in training.items()
    }


def copies(phrases: list[str]) -> Iterator[str]:
    """The phrases, then each with one pair of neighbours changed about, then with the next pair, for ever."""
    yield from phrases
    turn = 0
    while True:
        for phrase in phrases:
            yield swapped(phrase, turn)
        turn += 1


def swapped(phrase: str, turn: int) -> str:
    """Two neighbouring words, or signs where there are no words, changed about; a number where all was tried."""
    words = phrase.split() if " " in phrase else list(phrase)
    if turn >= len(words) - 1:
        return f"{phrase} {turn}"
    words[turn : turn + 2] = reversed(words[turn : turn + 2])
    return (" " if " " in phrase else "").join(words)


def main(arguments: list[str]) -> None:
    """Print the table, or, as a child, one JSON object."""
    if not arguments:
        for each in measure():
            print(each, flush=True)
    elif arguments[0] == "learn":
        print(json.dumps(learn(int(arguments[1]), Path(arguments[2]))))
    else:
        print(json.dumps(serve(Path(arguments[1]))))


if __name__ == "__main__":
    main(sys.argv[1:])
