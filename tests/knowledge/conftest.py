"""A copy of China's data, to be broken in tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.library import CHINA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All of `knowledge/china`, where a test may write."""
    return Path(shutil.copytree(CHINA, tmp_path / "china", ignore=shutil.ignore_patterns("*.py")))
