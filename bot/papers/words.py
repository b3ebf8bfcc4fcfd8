"""The few words on pictures and papers that are no rule."""

from __future__ import annotations

from pathlib import Path

from knowledge.sayings import Sayings

say = Sayings(Path(__file__).parent / "words.yaml").say
