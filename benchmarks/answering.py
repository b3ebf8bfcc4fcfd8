"""One question, one answer, without a conversation: how long, and how many sentences land."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.sentences import sentences
from benchmarks.timing import Laps
from bot.conversation.scene import today
from tests.prepared import prepared_engine


def measure() -> Iterator[str]:
    """Read and answer every sentence under test."""
    engine, day, laps, landed = prepared_engine(), today(), Laps(), 0
    engine.compose(engine.read("warm up"), day)
    for intent, sentence in sentences():
        with laps.lap():
            reading = engine.read(sentence)
            engine.compose(reading, day)
        landed += intent in [part.intent for part in reading.parts]
    yield laps.line("a question read and answered")
    yield f"landed where they must: {landed / len(laps.seconds):.1%} of {len(laps.seconds)}"
