"""What is due to be checked again, in the order in which one would do it."""

from datetime import date

from knowledge.library import Library, china
from knowledge.review import due, lines, next_due

DUE = date(2027, 1, 31)


def test_while_nothing_is_due_the_next_are_named_the_least_certain_first() -> None:
    report = list(lines(china(), DUE))
    assert report[:2] == ["nothing is due on 2027-01-31", "next:"]
    assert len(report) == 7
    fact, _, rest = report[2].partition(" ")
    assert fact == "cn.scope.bonded"
    assert rest.strip() == "due on 2027-01-31, confidence low, verified on 2026-11-22"


def test_the_longest_overdue_stand_first_each_on_a_line() -> None:
    on = date(2027, 5, 23)
    late = due(china(), on)
    report = list(lines(china(), on))
    assert [line.split()[0] for line in report[: len(late)]] == [each.fact.id for each in late]
    assert "  112 days overdue, confidence low, verified on 2026-11-22" in report[0]
    assert "  1 day overdue, " in report[len(late) - 1]
    assert report[len(late)] == "next:"


def test_the_day_it_is_due_a_fact_is_next_and_the_day_after_it_is_late() -> None:
    assert next_due(china(), DUE)[0].review_due == DUE
    assert next_due(china(), date(2027, 2, 1))[0].review_due > DUE
    assert due(china(), date(2027, 2, 1))[0].days == 1


def test_an_empty_base_has_nothing_to_say() -> None:
    empty = Library(type(china().facts)({}), china().instruments)
    assert list(lines(empty, DUE)) == ["nothing is due on 2027-01-31"]


def test_what_people_were_told_most_often_stands_first() -> None:
    on = date(2027, 5, 23)
    last = due(china(), on)[-1].fact.id
    uses = {last: 7, due(china(), on)[-2].fact.id: 1, "cn.gone": 99}
    ranked = due(china(), on, uses)
    assert [each.uses for each in ranked[:3]] == [7, 1, 0]
    report = list(lines(china(), on, uses))
    assert report[0].startswith(f"{last} ")
    assert " overdue, stated 7 times, confidence " in report[0]
    assert " overdue, stated once, confidence " in report[1]
    assert "stated" not in report[2]
