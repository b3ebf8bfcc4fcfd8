"""The engine and the sentence model as the product has them, prepared once for all tests of this floor."""

from __future__ import annotations

import os

import pytest

from intents.engine import Engine
from intents.errors import ModelFileError
from intents.sentences.encoder import Encoder, place
from tests.prepared import prepared_engine


@pytest.fixture(scope="session")
def engine() -> Engine:
    """Trained, or loaded from the cache."""
    return prepared_engine()


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """Where `make` has prepared it; in CI it may not be missing."""
    try:
        return Encoder.load(place())
    except ModelFileError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"{error}; sh deploy/sentences.sh prepares it")
