"""A rate of exchange that somebody names: at a rate of 7.1, 1 USD = 7.1 RMB, 汇率7.1, 按7.1算."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = r"(\d{1,4}(?:\.\d{1,6})?)(?![.,]?\d|\s*(?:%|per ?cent))"
"""Whole or not at all: 7,1 is not 7, and a percentage is no rate of exchange."""
_NAMED = re.compile(
    rf"(?:\b(?:exchange )?rate(?: of| is| being|:)?|\bfx|汇率(?:是|为|按|约)?[:：]?)\s*{_NUMBER}"
    rf"|\b1\s*(?:usd|eur|gbp|chf|hkd|aud|cad|sgd|us\$|\$|€|£|dollar|euro|pound)\s*(?:=|is|at|equals)\s*{_NUMBER}"
    rf"|1\s*(?:美元|欧元|英镑|港币|港元|瑞士法郎)\s*(?:=|等于|兑|合|换)\s*{_NUMBER}"
    rf"|按\s*{_NUMBER}\s*(?:的汇率|汇率|换算|折算|算)",
    re.IGNORECASE,
)
_FOREIGN = r"usd|eur|gbp|chf|hkd|us\$|\$|€|£|dollars?|euros?|pounds?"
_BEHIND_MONEY = re.compile(
    rf"((?:\b(?:{_FOREIGN})|\$|€|£)\s*\d[\d,.]*(?:\s*(?:k|m|thousand|million))?|(?<![\d,.])\d[\d,.]*\s*(?:{_FOREIGN}))"
    rf"\s+(?:at|@)\s*{_NUMBER}(?=\s*(?:[,;?!.]|$))",
    re.IGNORECASE,
)
"""USD 30,000 at 7.1: only right behind foreign money, for 6.30 may be the time of day."""


def rate(text: str) -> Decimal | None:
    """Renminbi for one unit of the foreign money, as it is named in the text."""
    if match := _NAMED.search(text):
        found = Decimal(next(filter(None, match.groups())))
    elif match := _BEHIND_MONEY.search(text):
        found = Decimal(match[2])
    else:
        return None
    return found if found > 0 else None


def without_rate(text: str) -> str:
    """The text without its rate: where 1 USD = 7.1 RMB, no goods are worth USD 1."""
    return _BEHIND_MONEY.sub(r"\1", _NAMED.sub(" ", text))
