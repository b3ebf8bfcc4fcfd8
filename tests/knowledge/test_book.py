"""The base as a book for one day: every rule once, with what held before and what will hold."""

from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from knowledge.book import Entry, bind, headings
from knowledge.check import check, check_groups
from knowledge.errors import DataFileError
from knowledge.library import CHINA, Library, china
from knowledge.model import Instrument, Status

OLD, NEW = date(2026, 12, 31), date(2027, 1, 1)


def entry(fact_id: str, on: date) -> Entry:
    return next(each for each in bind(china(), on).entries() if each.fact.id == fact_id)


def test_every_fact_and_every_instrument_stands_in_it_once() -> None:
    book = bind(china(), OLD)
    assert sorted(each.fact.id for each in book.entries()) == sorted(china().facts)
    assert [each.instrument.id for each in book.sources] == list(china().instruments)


def test_the_chapters_are_the_files_in_the_order_of_their_headings() -> None:
    chapters = bind(china(), OLD).chapters
    assert [chapter.id for chapter in chapters] == list(headings())
    assert set(headings()) == set(china().groups)


def test_a_file_without_a_heading_is_refused_and_found_by_the_check() -> None:
    groups = MappingProxyType({"nowhere": ("cn.fee.current",)})
    library = Library(china().facts, china().instruments, groups)
    with pytest.raises(DataFileError, match="nowhere"):
        bind(library, OLD)
    problems = [str(problem) for problem in check_groups(library, CHINA)]
    assert any("groups.yaml:1: nowhere: give it a heading" in problem for problem in problems)
    assert check_groups(china(), CHINA) == check() == []


@pytest.mark.parametrize("text", ["a: {en: A}", "a: word"])
def test_a_heading_is_there_in_every_language(tmp_path: Path, text: str) -> None:
    (tmp_path / "groups.yaml").write_text(text)
    with pytest.raises(DataFileError, match="every language"):
        headings(tmp_path)


def test_the_opposition_period_on_the_last_day_of_the_old_law() -> None:
    found = entry("cn.tm.opposition", OLD)
    assert found.now
    assert "3 months" in found.now.statement("en")
    assert (found.until, found.changing, found.former) == (OLD, True, ())
    [coming] = found.coming
    assert (coming.period.from_, coming.same) == (NEW, False)
    assert "2个月" in coming.statement("zh")


def test_the_opposition_period_on_the_first_day_of_the_new_law() -> None:
    found = entry("cn.tm.opposition", NEW)
    assert found.now
    assert "2 months" in found.now.statement("en")
    assert (found.since, found.changing, found.coming) == (NEW, False, ())
    [former] = found.former
    assert former.period.until == OLD
    assert [basis.instrument for basis in former.basis] == [
        "cn.trademark_law",
        "cn.trademark_law_2026",
    ]


def test_a_rule_that_only_changes_its_basis_goes_on() -> None:
    before, after = entry("cn.tm.authority", OLD), entry("cn.tm.authority", NEW)
    assert before.coming[0].same
    assert after.former[0].same
    assert (before.since, before.until) == (after.since, after.until) == (date(2019, 11, 1), None)
    assert not before.changing


def test_before_its_first_day_a_rule_says_nothing_yet() -> None:
    found = entry("cn.tm.official_fee", date(2010, 1, 1))
    assert (found.now, found.since, found.until) == (None, None, None)
    assert len(found.coming) == 1


def test_a_rule_is_overdue_after_its_review_date_only() -> None:
    due = china().fact("cn.tm.opposition").review_due
    assert not entry("cn.tm.opposition", due).stale
    assert entry("cn.tm.opposition", date(2027, 2, 1)).stale


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, Status.IN_FORCE),
        ({"status": "draft", "in_force": "2020-01-01"}, Status.DRAFT),
        ({"status": "coming", "in_force": "2027-01-01"}, Status.IN_FORCE),
        ({"status": "coming", "in_force": "2027-01-02"}, Status.COMING),
        ({"status": "coming"}, Status.COMING),
        ({"status": "former", "in_force": "2000-01-01"}, Status.FORMER),
        ({"until": "2026-12-31"}, Status.FORMER),
        ({"status": "former", "until": "2027-01-01"}, Status.IN_FORCE),
        ({"in_force": "2028-01-01", "until": "2029-01-01"}, Status.COMING),
    ],
)
def test_where_a_legal_text_stands_on_new_years_day_2027(
    changes: dict[str, str], status: Status
) -> None:
    told = {"id": "cn.a", "en": "A", "zh": "甲", "short_en": "A", "short_zh": "甲"}
    assert Instrument.model_validate(told | changes).status_on(NEW) is status
