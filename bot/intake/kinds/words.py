"""Words: a name on one line, a few lines of one's own, a list of names."""

from __future__ import annotations

import re

from bot.intake.kinds.base import Accepted, Asked, Parsed, Rejected
from bot.intake.typed import folded, one_line, tidy
from knowledge.han import HAN
from knowledge.model import Language

LONGEST_LINE = 200
LONGEST_TEXT = 2000
MOST_NAMES = 50
NO_NAMES = frozenset(
    {
        "yes",
        "no",
        "ok",
        "okay",
        "sure",
        "yep",
        "nope",
        "none",
        "nothing",
        "n/a",
        "thanks",
        "agree",
        "i agree",
        "同意",
        "我同意",
        "不同意",
        "是",
        "是的",
        "不",
        "好",
        "好的",
        "没有",
        "无",
        "嗯",
        "行",
    }
)
"""Words that agree or deny name nothing."""
_SEPARATED = re.compile(r"\s*[;；\n]\s*")
_LISTED = re.compile(
    r"[,，、](?!\s*(?:inc|incorporated|ltd|limited|llc|llp|lp|plc|co|company|corp|corporation|gmbh|ag|kg|ab|oy|as|"
    r"s\.?p\.?a|s\.?r\.?l|s\.?a|s\.?l|b\.?v|n\.?v|k\.?k|pte|pty|sdn)\b)",
    re.IGNORECASE,
)
"""A comma, but not the one within a company's name: Example Co., Ltd."""
_BULLET = re.compile(r"^\s*(?:[-*•·]|[(（]?\d{1,2}[.)、．）])\s*")


def parse_line(text: str, _asked: Asked) -> Parsed:
    """A name or the like: one line with at least one letter."""
    line = one_line(text)
    if not any(sign.isalpha() for sign in line) or folded(line) in NO_NAMES:
        return Rejected("no_letters")
    return Accepted(line) if len(line) <= LONGEST_LINE else Rejected("too_long")


def parse_text(text: str, _asked: Asked) -> Parsed:
    """A few lines of free text."""
    kept = tidy(text)
    if not any(sign.isalnum() for sign in kept) or folded(kept) in NO_NAMES:
        return Rejected("no_letters")
    return Accepted(kept) if len(kept) <= LONGEST_TEXT else Rejected("too_long")


def parse_names(text: str, asked: Asked) -> Parsed:
    """Several names, one to a line in what is kept: by lines or semicolons, else by commas outside of company names."""
    kept = parse_text(text, asked)
    if isinstance(kept, Rejected):
        return kept
    parts = _SEPARATED.split(kept.value)
    if len(parts) == 1 or HAN.search(kept.value):
        parts = [name for part in parts for name in _LISTED.split(part)]
    names = [_BULLET.sub("", part).strip() for part in parts]
    found = list(dict.fromkeys(name for name in names if any(map(str.isalnum, name))))
    return Accepted("\n".join(found)) if 0 < len(found) <= MOST_NAMES else Rejected("too_long")


def shown_names(value: str, language: Language) -> str:
    """The names in one line."""
    return ("；" if language == "zh" else "; ").join(value.split("\n"))
