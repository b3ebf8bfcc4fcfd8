"""Yes and no belong to questions that ask for one of them.

A first line is written for the question people ask most, often one of yes or no. To "which papers ...?" or "why ...?"
the same line is right without its yes.
"""

from __future__ import annotations

import re

from intents.normalise import normalise

_OPEN = re.compile(
    r"^(?:(?:and|so|but|ok|okay|well|hi|hello|then|please|exactly|just|in|for|by|until|from|to|on|at|about)\b[\s,]*){0,3}"
    r"(?:what|which|who|whom|whose|when|where|why|how)\b"
    r"|什么|哪|谁|多少|多久|多长|几[个天年种次份类]|怎么|怎样|如何|为何|为啥|咋"
)
_CLOSED = re.compile(
    r"[吗么]\W*$|是不是|能不能|可不可以|要不要|会不会|有没有|对吗|行吗|\bor not\b|\bright\W*$|\bcorrect\W*$"
)
_VERDICT = re.compile(
    r"^(?:(?:Yes|No)\. (?=[A-Z])"
    r"|(?:是的?|不是|可以|不可以|不?能|不?需要|不?会|不?要|不?对|有|没有|不用|[无有]效|不?行)。)"
)


def is_open(question: str) -> bool:
    """Whether it asks for something else than yes or no."""
    asked = normalise(question)
    return bool(_OPEN.search(asked)) and not _CLOSED.search(asked)


def without_verdict(line: str) -> str:
    """A first line without the yes or no it begins with."""
    return _VERDICT.sub("", line)
