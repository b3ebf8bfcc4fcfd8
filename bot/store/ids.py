"""Ids of rows: random, so that they tell nothing and may be made anywhere."""

from __future__ import annotations

from uuid import uuid4


def new_id() -> str:
    """A new id of 36 characters."""
    return str(uuid4())
