"""The command as a test calls it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from bot.cli import main
from tests.prepared import copy_cache

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(name="folder", scope="module")
def command_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a prepared model and nothing stored yet."""
    made = tmp_path_factory.mktemp("cli")
    copy_cache(made / "var")
    return made


def run(
    folder: Path, *args: str, typed: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """In a process of its own, to which lines are typed."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("TIDEWAITER_")}
    given = {"DATA_DIR": str(folder / "var"), **settings}
    env = clean | {f"TIDEWAITER_{name}": value for name, value in given.items()}
    return subprocess.run(
        [sys.executable, "-m", "bot", *args],
        cwd=ROOT,
        env=env,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def called(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The same within this process: quicker, for what needs no process of its own."""
    said, complained = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIDEWAITER_DATA_DIR", str(folder / "var"))
        patch.chdir(ROOT)
        patch.setattr(sys, "argv", ["tidewaiter", *args])
        with redirect_stdout(said), redirect_stderr(complained), pytest.raises(SystemExit) as end:
            main()
    code = end.value.code
    assert code is None or isinstance(code, int)
    return subprocess.CompletedProcess(args, code or 0, said.getvalue(), complained.getvalue())


def refused(done: subprocess.CompletedProcess[str], complaint: str) -> None:
    """It ended in one clear line and exit code 2."""
    assert done.returncode == 2, done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("tidewaiter: ")
    assert complaint in lines[0]
    assert done.stdout == ""
