"""A mark works once, is free again after a failure, and is forgotten in the end."""

import pytest

from bot.desk import once
from bot.desk.once import Once


def test_a_mark_works_once() -> None:
    marks = Once()
    mark = marks.mark()
    with marks.only(mark) as first, marks.only(mark) as second:
        assert (first, second) == (True, False)


def test_marks_differ() -> None:
    marks = Once()
    assert len({marks.mark() for _ in range(100)}) == 100


def test_a_form_without_a_mark_is_always_carried_out() -> None:
    marks = Once()
    for _ in range(2):
        with marks.only("") as fresh:
            assert fresh


def _fail(marks: Once, mark: str) -> None:
    with marks.only(mark):
        raise ValueError("refused")


def test_after_a_failure_the_mark_is_free_again() -> None:
    marks = Once()
    with pytest.raises(ValueError, match="refused"):
        _fail(marks, "m")
    with marks.only("m") as fresh:
        assert fresh


def test_the_failure_of_a_repeat_frees_nothing() -> None:
    marks = Once()
    with marks.only("m"):
        pass
    with pytest.raises(ValueError, match="refused"):
        _fail(marks, "m")
    with marks.only("m") as fresh:
        assert not fresh


def test_the_oldest_marks_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "REMEMBERED", 2)
    marks = Once()
    for mark in ("a", "b", "c"):
        with marks.only(mark):
            pass
    with marks.only("a") as oldest, marks.only("c") as newest:
        assert (oldest, newest) == (True, False)
