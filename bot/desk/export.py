"""Leads as files: CSV that a spreadsheet opens without running what is in it, and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's old code page."""
FORMULA = re.compile(r"(^|[;\t\r\n])(\s*)(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet would begin to calculate: at the start of a cell (OWASP, "CSV Injection").

Excel parts cells by semicolons where the comma is the decimal sign, and then quotes inside a line
do not hold, so the sign is looked for after semicolons and line ends too.
"""


def to_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """A table with a head; columns stand in the order they first appear in."""
    head = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    writer.writerows([guarded(_cell(row.get(name))) for name in head] for row in rows)
    return BOM + text.getvalue()


def _cell(value: object) -> object:
    """What stands in one cell: of a list its members, of a file its name."""
    if isinstance(value, (list, tuple)):
        return "; ".join(str(_cell(each)) for each in value)
    return value["name"] if isinstance(value, dict) else value


def to_json(rows: Sequence[Mapping[str, Any]]) -> str:
    """The same rows as they are, for programs."""
    return json.dumps({"leads": list(rows)}, ensure_ascii=False, indent=2)


def guarded(value: object) -> str:
    """A cell that no spreadsheet calculates: an apostrophe stands before what would be a formula.

    It costs a telephone number that begins with `+` an apostrophe as well; JSON has it bare.
    """
    return FORMULA.sub(r"\1\2'", "" if value is None else str(value))
