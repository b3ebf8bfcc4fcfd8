"""What somebody typed, in one form: for keeping, and for comparing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

HAN = re.compile(r"[\u4e00-\u9fff]")

_LEAD_IN = re.compile(
    r"^(?:(?:it['’]s|it is|that['’]s|that is|we are|we['’]re|i am|i['’]m)\s+(?:(?:in|from)\s+)?(?:(?:a|an|the)\s+)?"
    r"|这是|它是|我们是|我是|我们在|是(?=..))",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """One form of a typed text: full-width signs narrowed, odd spaces and controls gone."""
    visible = "".join(
        sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C"
    )
    narrowed = unicodedata.normalize("NFKC", visible)
    lines = (" ".join(line.split()) for line in narrowed.splitlines())
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(tidy(text).split())


def folded(text: str) -> str:
    """A typed text made comparable: tidy, without case and closing punctuation."""
    return tidy(text).casefold().strip(" \n.!?。！？、,，'\"“”")


def bare(text: str) -> str:
    """A typed answer on one line without the words before it that add nothing: "it's Italy", 我们在意大利."""
    return _LEAD_IN.sub("", one_line(text))


@cache
def as_word(word: str) -> re.Pattern[str]:
    """Finds a folded word in a folded text: a Latin one by itself only, a Chinese one anywhere."""
    return re.compile(re.escape(word) if HAN.search(word) else rf"(?<!\w){re.escape(word)}(?!\w)")
