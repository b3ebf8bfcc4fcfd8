"""What a check of data files finds, and what it looks for in prose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.errors import KnowledgeError

VALUE_IN_PROSE = re.compile(
    r"(?:RMB|CNY|USD|人民币)\s*\d"
    r"|\d[\d,.]*\s*(%|percent|RMB|yuan|working days?|days?|months?|years?|元|个工作日|个月|年内|天)",
    re.IGNORECASE,
)
"""A number with a unit is a value, and values live once: in the facts, apart from their prose."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where: `file:line: entry`."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def told(error: KnowledgeError) -> list[Problem]:
    """A line `file:line: what` of an error as a place and what is wrong there."""
    return [Problem(*line.split(": ", 1)) for line in str(error).splitlines()]
