"""Complaints of the database, without values."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import (
    DBAPIError,
    InvalidRequestError,
    OperationalError,
    SQLAlchemyError,
    StatementError,
)

from bot.store.faults import is_clash, told


@pytest.mark.parametrize(
    ("error", "clash"),
    [
        (DBAPIError("", {}, psycopg.errors.DeadlockDetected()), True),
        (OperationalError("", {}, psycopg.errors.SerializationFailure()), True),
        (OperationalError("", {}, psycopg.errors.UniqueViolation()), False),
        (OperationalError("", {}, sqlite3.OperationalError("database is locked")), False),
        (InvalidRequestError("no"), False),
    ],
)
def test_only_clashes_are_clashes(error: SQLAlchemyError, clash: bool) -> None:
    assert is_clash(error) is clash


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (InvalidRequestError("no"), "no"),
        (StatementError("", "SELECT 1", {}, ValueError("odd")), "ValueError: odd [SELECT 1]"),
        (
            OperationalError("SELECT 1", {"a": "secret"}, sqlite3.OperationalError("locked")),
            "OperationalError: locked [SELECT 1]",
        ),
        (
            OperationalError("SELECT 1", {}, psycopg.OperationalError("gone")),
            "OperationalError: gone [SELECT 1]",
        ),
    ],
)
def test_a_complaint_names_the_statement(error: SQLAlchemyError, text: str) -> None:
    assert told(error) == text
