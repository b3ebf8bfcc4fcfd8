"""Passwords, with costs turned down: what argon2 costs is not our business here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from bot.store import passwords
from bot.store.passwords import hash_password, is_dated, verify_password


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(
        passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    )
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


def test_the_right_password_fits_and_another_does_not() -> None:
    kept = hash_password("correct horse 工资 \ud800")
    assert verify_password(kept, "correct horse 工资 \ud800")
    assert not verify_password(kept, "correct horse")
    assert "correct" not in kept


def test_nobody_has_no_password_not_even_the_one_we_compare_with() -> None:
    assert not verify_password(None, "x")
    assert not verify_password(None, "nobody")


@pytest.mark.parametrize("kept", ["", "no hash", "hash of ann"])
def test_what_is_no_hash_fits_nothing(kept: str) -> None:
    assert not verify_password(kept, "x")
    assert not verify_password(kept, "nobody")


def test_a_hash_with_other_costs_is_dated(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = hash_password("x")
    assert not is_dated(kept)
    monkeypatch.setattr(
        passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    )
    assert is_dated(kept)
    assert verify_password(kept, "x")
