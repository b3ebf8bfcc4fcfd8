"""The errors: one family, each explained, and what a person may be shown."""

from __future__ import annotations

import inspect

import pytest

from bot import errors
from bot.errors import OperatorError, StoreError, TidewaiterError

FAMILY = [
    member
    for _, member in inspect.getmembers(errors, inspect.isclass)
    if issubclass(member, TidewaiterError)
]


@pytest.mark.parametrize("kind", FAMILY)
def test_each_is_explained_and_named_after_what_is_wrong(kind: type[TidewaiterError]) -> None:
    assert kind.__doc__
    assert kind.__name__.endswith("Error")


@pytest.mark.parametrize("kind", [kind for kind in FAMILY if not issubclass(kind, OperatorError)])
def test_people_are_not_shown_what_is_for_developers(kind: type[TidewaiterError]) -> None:
    error = kind("row 7 of messages")
    assert str(error) == "row 7 of messages"
    assert "row 7" not in error.user_text
    assert error.user_text.endswith(".")
    assert kind("row 7", user_text="Sorry.").user_text == "Sorry."


@pytest.mark.parametrize("kind", [kind for kind in FAMILY if issubclass(kind, OperatorError)])
def test_operators_are_shown_what_is_wrong(kind: type[TidewaiterError]) -> None:
    assert kind("TIDEWAITER_PORT: taken").user_text == "TIDEWAITER_PORT: taken"
    assert kind("x", user_text="Sorry.").user_text == "Sorry."


def test_there_is_one_base() -> None:
    assert issubclass(StoreError, TidewaiterError)
    assert all(issubclass(kind, TidewaiterError) for kind in FAMILY)
