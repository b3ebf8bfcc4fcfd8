"""Understands the commonest questions in languages we do not speak; the answer is in English.

It is used for what it is sure of; else the terms of our subject are read, and where these tell nothing we ask back.
The matcher is loaded when the first such message comes: whoever asks in English or Chinese does not pay for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from intents.concepts import Concepts
from intents.features import cut
from intents.language import unaccented
from intents.matcher import Match, Matcher
from intents.normalise import for_matching

_TELLING = 2
_POINTED = ("ja", "ko", "th", "hi", "he")
"""Languages that write numbers as English does."""
_GROUPS = re.compile(r"(?<=\d)[.\u00a0\u202f' ](?=\d{3}(?!\d))")
_DECIMALS = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")


class Foreign:
    """The matcher of other languages, loaded when it is first wanted."""

    def __init__(self, load: Callable[[], Matcher]) -> None:
        self._load = load

    @cached_property
    def _matcher(self) -> Matcher:
        return self._load()

    def match(self, text: str) -> Match:
        """The questions among the commonest that this text is likeliest to ask."""
        return self._matcher.match(unaccented(text))


def telling(text: str, concepts: Concepts) -> bool:
    """Whether the terms in a text can tell its question: one alone names a subject, but not what is asked of it."""
    return len(set(concepts.find(cut(for_matching(text))))) >= _TELLING


def english_numbers(text: str, code: str) -> str:
    """A message with its numbers as English writes them: 80.000,50 is not eighty, but 80000.50."""
    return text if code in _POINTED else _DECIMALS.sub(".", _GROUPS.sub("", text))
