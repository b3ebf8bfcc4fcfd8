"""The engine as the product has it, prepared once for all tests of this floor."""

from __future__ import annotations

import pytest

from intents.engine import Engine
from tests.prepared import prepared_engine


@pytest.fixture(scope="session")
def engine() -> Engine:
    """Trained, or loaded from the cache."""
    return prepared_engine()
