"""A procedure with its days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import procedures
from knowledge.errors import AmountError, UnknownProcedureError
from knowledge.library import china
from knowledge.sums import deadlines
from knowledge.sums.timeline import Entry, timeline

TODAY = date(2026, 11, 22)


def entries(name: str, **known: date) -> list[Entry]:
    return list(timeline(china(), procedures.procedure(name), known, TODAY))


def due(name: str, **known: date) -> dict[str, tuple[date | None, date | None]]:
    return {
        entry.term.due.fact: (entry.term.first, entry.term.last)
        for entry in entries(name, **known)
        if entry.term
    }


def test_a_notice_served_before_new_year_is_answered_after_it() -> None:
    found = due("ex_officio", served=date(2025, 12, 30))
    assert found["cn.exofficio.response_deadline"] == (None, date(2026, 1, 5))
    assert found["cn.exofficio.court_50"] == (None, None), "the detention is not known yet"


def test_both_terms_of_a_detention_run_from_it() -> None:
    found = due("ex_officio", detained=date(2026, 3, 2))
    (_, investigated), (_, court) = (
        found["cn.exofficio.investigation"],
        found["cn.exofficio.court_50"],
    )
    assert investigated == date(2026, 4, 14)
    assert court == date(2026, 5, 14)


def test_a_renewal_window_opens_before_the_day_and_closes_on_it() -> None:
    found = due("renewal", expiry=date(2027, 8, 31))
    assert found["cn.recordation.renewal_window"] == (date(2027, 2, 28), date(2027, 8, 31))


def test_a_year_whose_holidays_are_not_announced_is_marked() -> None:
    [*_, answer] = [entry.term for entry in entries("counter_security", told=date(2090, 1, 2))]
    assert answer is not None
    assert answer.provisional


def test_steps_without_a_term_keep_their_place() -> None:
    steps = [entry.step for entry in entries("before_production")]
    assert steps == list(procedures.procedure("before_production").steps)
    assert all(entry.term is None for entry in entries("before_production"))


def test_a_day_the_procedure_has_not_is_refused_with_those_it_has() -> None:
    with pytest.raises(UnknownProcedureError, match="served, detained, released"):
        entries("ex_officio", arrested=TODAY)


def test_a_window_before_the_year_1_is_refused() -> None:
    with pytest.raises(AmountError):
        entries("renewal", expiry=date.min)


@given(st.dates(min_value=date(2010, 1, 1), max_value=date(2090, 1, 1)))
def test_every_term_in_working_days_is_that_of_the_single_sum(start: date) -> None:
    for name, procedure in procedures.china().items():
        for entry in timeline(china(), procedure, dict.fromkeys(procedure.days, start), TODAY):
            if entry.term and entry.term.first is None and entry.term.last:
                term = entry.term.due
                alone = deadlines.after(china(), start, term.fact, term.value, TODAY)
                assert entry.term.last == alone.last_day, name
                assert entry.term.last >= start + timedelta(days=int(entry.term.length.amount))
