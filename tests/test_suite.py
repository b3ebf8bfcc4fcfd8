"""The suite's own habits: a skip is loud, a required part may not be skipped, long runs wait."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sharing import _APART, _TOGETHER, rank, share

ROOT = Path(__file__).parent.parent
SUITE = """
import pytest

from tests.sharing import share

@pytest.mark.browser
def test_page():
    pytest.skip("no Chromium here")

def test_rows():
    pytest.skip("NO POSTGRESQL: none found")

def test_other():
    pytest.skip("the wrong day")

@pytest.mark.soak
def test_long():
    raise AssertionError("only when asked for")

@pytest.mark.xfail(strict=True)
def test_known():
    assert False

def test_fine():
    pass
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A small suite of its own, with our conftest.py as a plug-in and our pyproject's rules."""
    (tmp_path / "test_some.py").write_text(SUITE)
    return tmp_path


def run(suite: Path, *options: str, **more: str) -> tuple[int, str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("REQUIRE_", "PYTEST"))}
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), *options]
    plugin = ["-p", "tests.conftest", "-p", "no:cacheprovider", "--rootdir", str(suite)]
    done = subprocess.run(
        [*command, *plugin, str(suite)],
        env={**environ, "PYTHONPATH": str(ROOT), **more},
        cwd=suite,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_skips_are_told_at_the_end_with_their_reasons(suite: Path) -> None:
    code, said = run(suite)
    assert code == 0, said
    end = said[said.index("SKIPPED, and why") :]
    assert "1 x no Chromium here" in end
    assert "1 x NO POSTGRESQL: none found" in end
    assert "1 passed, 3 skipped, 1 deselected, 1 xfailed" in end


def test_what_is_required_may_not_be_skipped(suite: Path) -> None:
    code, said = run(suite, REQUIRE_BROWSER="1", REQUIRE_POSTGRES="1")
    assert code == 1
    assert "REQUIRE_BROWSER=1 forbids this skip: no Chromium here" in said
    assert "REQUIRE_POSTGRES=1 forbids this skip: NO POSTGRESQL: none found" in said
    assert "2 failed, 1 passed, 1 skipped, 1 deselected, 1 xfailed" in said


def test_a_long_run_is_asked_for_by_name(suite: Path) -> None:
    _, said = run(suite, "-m", "soak", HYPOTHESIS_PROFILE="soak")
    assert "only when asked for" in said
    assert "1 failed, 5 deselected" in said


def test_page_tests_stay_together_although_pytest_xdist_overlooked_their_group() -> None:
    pages = {share("tests/browser/test_chat_page.py::a"), share("tests/browser/test_console.py::b")}
    assert len(pages) == 1
    assert share("tests/bot/test_cli.py::a") != share("tests/bot/test_cli.py::b")
    assert share("tests/test_floors.py::a") == share("tests/test_floors.py::b")


def test_what_takes_long_is_begun_first_and_every_such_name_is_a_file() -> None:
    ids = ["tests/test_floors.py::a", "tests/bot/test_cli.py::a", "tests/browser/test_x.py::a"]
    assert sorted(ids, key=rank) == ids[::-1]
    for start in (*_TOGETHER, *_APART):
        assert list(ROOT.glob(f"{start}*")), start
