"""The changelog's grammar: what kind of change, where, and for which period a rule of law changes."""

from __future__ import annotations

import re
from pathlib import Path

CHANGELOG = (Path(__file__).parent.parent / "CHANGELOG.md").read_text(encoding="utf-8")
CHANGE = re.compile(r"^### (New|Law|Correction|Upkeep): \S.*[^.]$")
DAY = r"\d{4}-\d\d-\d\d"
PERIODS = re.compile(
    rf"^- \*\*Periods\*\*: (all|(({DAY} )?\.\.\. {DAY}|{DAY} \.\.\.)(, .*)?)$", re.M
)


def test_the_changelog_keeps_its_grammar() -> None:
    _, *versions = re.split(r"^## ", CHANGELOG, flags=re.M)
    assert versions
    for version in versions:
        assert re.match(rf"\d+\.\d+\.\d+ \((unreleased|{DAY})\)\n", version), version[:40]
        for change in re.split(r"^(?=### )", version, flags=re.M)[1:]:
            title, _, body = change.partition("\n")
            assert CHANGE.match(title), title
            assert re.match(r"\n- \*\*Areas\*\*: `", body), f"{title}: which areas?"
            if title.startswith("### Law") or "**Periods**" in body:
                assert PERIODS.search(body), f"{title}: for which periods?"
