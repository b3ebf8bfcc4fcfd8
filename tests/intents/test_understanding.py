"""What the reader of messages keeps, and what it does not."""

from __future__ import annotations

import pytest

from intents.context import NO_CONTEXT
from intents.engine import Engine

CONTEXT = NO_CONTEXT.answered(["fee.official"])


@pytest.mark.parametrize(
    "text",
    ["source?", "?", "30,000", "Hi, we are a tea firm. What does it cost?", "¿cuánto cuesta?"],
)
def test_nothing_of_a_message_stays_with_the_reader(engine: Engine, text: str) -> None:
    engine.read(text)
    engine.read(text, context=CONTEXT)
    assert engine.reader.met == {}
