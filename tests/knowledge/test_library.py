"""The knowledge base as it is asked."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.errors import (
    DataFileError,
    NotInForceError,
    UnknownFactError,
    UnknownInstrumentError,
)
from knowledge.library import Library, china
from knowledge.model import Basis, Confidence

TODAY = date(2026, 11, 22)


def test_the_fee_was_800_until_2015_and_is_nothing_since() -> None:
    before = china().on("cn.fee.current", date(2015, 10, 31))
    after = china().on("cn.fee.current", date(2015, 11, 1))
    assert (before.value("fee").amount, after.value("fee").amount) == (Decimal(800), Decimal(0))
    assert "RMB 800" in before.statement("en")
    assert before.expected is after.period
    assert after.former is before.period


def test_cold_and_warm_the_library_is_the_same(tmp_path: Path) -> None:
    cold = Library.load(cache=tmp_path)
    assert list(tmp_path.iterdir()), "nothing was kept"
    assert Library.load() == cold == Library.load(cache=tmp_path)


def test_on_new_years_day_2027_the_opposition_period_changes_by_itself() -> None:
    before = china().on("cn.tm.opposition", date(2026, 12, 31))
    after = china().on("cn.tm.opposition", date(2027, 1, 1))
    assert "3 months" in before.statement("en")
    assert "2 months" in after.statement("en")
    assert "2个月" in after.statement("zh")
    assert before.basis != after.basis


def test_every_fact_speaks_both_languages_today_with_all_values_filled() -> None:
    for fact_id in china().facts:
        holding = china().on(fact_id, TODAY)
        for language in ("en", "zh"):
            statement = holding.statement("zh" if language == "zh" else "en")
            assert statement.strip()
            assert "{" not in statement, fact_id


def test_a_fact_is_stale_after_its_review_date_only() -> None:
    due = china().fact("cn.fee.current").review_due
    assert not china().on("cn.fee.current", due).stale
    assert china().on("cn.fee.current", date(due.year + 1, 1, 1)).stale


def test_a_low_confidence_fact_is_not_certain() -> None:
    low = [fact for fact in china().facts.values() if fact.confidence is Confidence.LOW]
    assert low
    assert not any(china().on(fact.id, TODAY).certain for fact in low)


def test_citations_read_as_people_cite() -> None:
    one = Basis(instrument="cn.regulations", articles=("8",))
    two = Basis(instrument="cn.regulations", articles=("8", "9"))
    none = Basis(instrument="cn.measures")
    assert china().cite(one, "en") == "Customs IPR Regulations Art. 8"
    assert china().cite(two, "en") == "Customs IPR Regulations Arts. 8, 9"
    assert china().cite(two, "zh") == "《知识产权海关保护条例》第8、9条"
    assert china().cite(none, "en") == "Implementing Measures"


def test_unknown_ids_are_named() -> None:
    with pytest.raises(UnknownFactError, match=r"cn\.nothing"):
        china().on("cn.nothing", TODAY)
    with pytest.raises(UnknownInstrumentError, match=r"cn\.nothing"):
        china().instrument("cn.nothing")


def _folder(tmp_path: Path, facts: str) -> Path:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "a.yaml").write_text(facts, encoding="utf-8")
    (tmp_path / "instruments.yaml").write_text("", encoding="utf-8")
    return tmp_path


FACT = """\
cn.a:
  {more}
  en: It is {{a}}.
  zh: 是{{a}}。
  values: {{a: 3 days}}
  kind: practice
  verified_on: 2026-11-22
  review_due: 2027-11-22
"""


def test_a_fact_outside_its_dates_says_nothing(tmp_path: Path) -> None:
    library = Library.load(_folder(tmp_path, FACT.format(more="from: 2026-01-01")))
    assert library.on("cn.a", TODAY).statement("en") == "It is 3 days."
    with pytest.raises(NotInForceError):
        library.on("cn.a", date(2025, 12, 31))


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ("colour: red", "colour"),
        ("kind: law", "duplicate key"),
        ("from: 2027-01-01\n  until: 2026-01-01", "ends"),
        ("basis: {cn.x: [1]}\n  confidence: sure", "confidence"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(
    tmp_path: Path, more: str, complaint: str
) -> None:
    with pytest.raises(DataFileError, match=complaint) as raised:
        Library.load(_folder(tmp_path, FACT.format(more=more)))
    assert "a.yaml" in str(raised.value)


def test_a_rule_of_law_without_a_basis_is_refused(tmp_path: Path) -> None:
    text = FACT.format(more="confidence: high").replace("kind: practice", "kind: law")
    with pytest.raises(DataFileError, match="legal basis"):
        Library.load(_folder(tmp_path, text))


def test_a_missing_value_is_refused(tmp_path: Path) -> None:
    text = FACT.format(more="confidence: high").replace("{a: 3 days}", "{b: 3 days}")
    with pytest.raises(DataFileError, match="no value named a"):
        Library.load(_folder(tmp_path, text))


def test_a_folder_or_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="facts: no such folder"):
        Library.load(tmp_path)
    (tmp_path / "facts").mkdir()
    for cache in (None, tmp_path / "cache"):
        with pytest.raises(DataFileError, match=r"instruments\.yaml"):
            Library.load(tmp_path, cache=cache)


def test_a_rule_that_is_only_renumbered_is_no_change() -> None:
    renumbered = china().on("cn.tm.validity", TODAY)
    assert (renumbered.expected, renumbered.until) == (None, None)
    after = china().on("cn.tm.validity", date(2027, 1, 1))
    assert after.former is None
    assert after.basis != renumbered.basis


def test_a_rule_that_changes_says_until_when_it_holds() -> None:
    assert china().on("cn.tm.opposition", TODAY).until == date(2026, 12, 31)
