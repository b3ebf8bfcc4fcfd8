"""Last days of the statutory terms, on the Chinese calendar."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.calendar import WorkingDays
from knowledge.errors import AmountError, CalendarRangeError, DataFileError
from knowledge.library import china
from knowledge.sums import deadlines

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("fact", "value", "start", "last"),
    [
        # 30 working days across the National Day week, with its make-up days (10 October is one).
        ("cn.recordation.decision_time", "decision", date(2026, 9, 10), date(2026, 10, 28)),
        # Served on a Friday: Monday is the first day.
        ("cn.exofficio.response_deadline", "response", date(2026, 11, 20), date(2026, 11, 25)),
        # Sunday 4 January 2026 is a make-up working day.
        ("cn.exofficio.response_deadline", "response", date(2025, 12, 31), date(2026, 1, 6)),
        ("cn.application.court_20", "court", date(2026, 3, 2), date(2026, 3, 30)),
        ("cn.exofficio.court_50", "court", date(2026, 3, 2), date(2026, 5, 14)),
        ("cn.recordation.renewal_decision", "decision", date(2026, 11, 20), date(2026, 12, 4)),
    ],
)
def test_the_last_day(fact: str, value: str, start: date, last: date) -> None:
    found = deadlines.after(china(), start, fact, value, TODAY)
    assert (found.last_day, found.provisional) == (last, False)


def test_a_year_without_a_notice_is_counted_provisionally() -> None:
    found = deadlines.after(
        china(), date(2027, 3, 1), "cn.exofficio.response_deadline", "response", TODAY
    )
    assert found.provisional


def test_a_term_in_another_unit_is_refused() -> None:
    with pytest.raises(AmountError, match="not in working days"):
        deadlines.after(china(), TODAY, "cn.recordation.validity", "validity", TODAY)


def test_corrections_go_before_the_library() -> None:
    closed = WorkingDays(closed=frozenset({date(2026, 11, 23)}), announced=frozenset({2027}))
    assert closed.after(date(2026, 11, 20), 1) == date(2026, 11, 24)
    open_sunday = WorkingDays(working=frozenset({date(2026, 11, 22)}))
    assert open_sunday.after(date(2026, 11, 20), 1) == date(2026, 11, 22)
    assert not closed.provisional(2027)


def test_corrections_are_read_from_data(tmp_path: Path) -> None:
    path = tmp_path / "calendar.yaml"
    path.write_text("corrections:\n  closed: [2026-11-22]\n", encoding="utf-8")
    assert WorkingDays.load(path).closed == {TODAY}
    path.write_text(
        "corrections: {closed: [2026-11-22], working: [2026-11-22]}\n", encoding="utf-8"
    )
    with pytest.raises(DataFileError, match="it can be only one"):
        WorkingDays.load(path)


def test_a_year_outside_the_calendar_is_an_error_not_a_guess() -> None:
    with pytest.raises(CalendarRangeError):
        WorkingDays().is_working(date(1999, 1, 1))


def test_a_term_from_the_last_day_there_is_is_an_error_not_a_crash() -> None:
    with pytest.raises(CalendarRangeError):
        WorkingDays().after(date.max, 1)


def test_a_term_has_at_least_one_day() -> None:
    with pytest.raises(AmountError):
        WorkingDays().after(TODAY, 0)
