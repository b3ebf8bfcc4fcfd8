"""The matcher with our own phrases: learning them from nothing, loading them, and one match, on one thread."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.sentences import sentences
from benchmarks.timing import Laps, ordered
from intents.engine import Engine
from intents.matcher import Matcher
from intents.sentences.encoder import prepared
from knowledge.library import china
from tests.prepared import AGENCY, CACHE


def measure() -> Iterator[str]:
    """Learn, load, and match every sentence under test."""
    model = "with" if prepared() else "WITHOUT"
    with tempfile.TemporaryDirectory(prefix="tidewaiter-") as folder:
        cache = Path(folder)
        begun = time.perf_counter()
        engine = Engine.prepare(cache, library=china(CACHE), agency=AGENCY)
        learnt = time.perf_counter() - begun
        [kept] = cache.glob("matcher-*.json")
        begun = time.perf_counter()
        matcher = Matcher.load(kept)
        loaded = time.perf_counter() - begun
    phrases = sum(map(len, engine.catalogue.training.values()))
    yield f"{phrases} phrases, {model} the sentence model: learnt {learnt:.1f} s, loaded {loaded:.2f} s"
    yield one_match(matcher)


def one_match(matcher: Matcher) -> str:
    """Every sentence under test, one after the other."""
    laps = Laps()
    matcher.match("warm up")
    for _, sentence in sentences():
        with laps.lap():
            matcher.match(sentence)
    p50, p99 = (1000 * ordered(laps.seconds, share) for share in (0.5, 0.99))
    return f"one match: n={len(laps.seconds)}  p50 {p50:.2f} ms  p99 {p99:.2f} ms"
