"""The changelog's grammar: what kind of change, where, and for which period a rule of law changes."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.library import china

CHANGELOG = (Path(__file__).parent.parent / "CHANGELOG.md").read_text(encoding="utf-8")
CHANGE = re.compile(r"^### (New|Law|Correction|Upkeep): \S.*[^.]$")
FACTS = "knowledge/china/facts"
RULE = re.compile(r"`((?:cn|hk|mo|tw|bot)(?:\.[a-z0-9_]+)+)`")
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
            if title.startswith(("### Law", "### Correction")) and FACTS in body:
                assert RULE.search(body), f"{title}: which rules? name them by their ids"


def test_every_rule_it_names_exists() -> None:
    assert not [rule for rule in RULE.findall(CHANGELOG) if rule not in china().facts]
