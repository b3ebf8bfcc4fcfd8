"""Cuts a normalised message into tokens: a word in an alphabet, or one Chinese character.

Chinese needs no segmenter here: characters and their neighbours carry it, and a dictionary would cost start-up time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.han import RANGE

_TOKEN = re.compile(rf"[{RANGE}]|[^\W_{RANGE}]+|[#%]")


def tokens(text: str) -> list[str]:
    """Words and single Chinese characters, in order."""
    return _TOKEN.findall(text)


def is_han(token: str) -> bool:
    """Whether a token is a Chinese character."""
    return "\u3400" <= token <= "\u9fff"


def runs(parts: list[str]) -> Iterator[str]:
    """The words one by one, but neighbouring Chinese characters joined into runs."""
    run = ""
    for token in parts:
        if is_han(token):
            run += token
            continue
        if run:
            yield run
            run = ""
        yield token
    if run:
        yield run
