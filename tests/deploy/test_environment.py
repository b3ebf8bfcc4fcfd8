"""The way from a bare machine to `.venv`, each fork of it, with stand-ins for Python, uv and apt."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "deploy" / "environment.sh"
PLAIN_TOOLS = (
    "cat",
    "chmod",
    "cmp",
    "cp",
    "dirname",
    "env",
    "id",
    "ln",
    "mkdir",
    "readlink",
    "rm",
    "sh",
    "sleep",
)

PYTHON = """#!/bin/sh
case "$*" in
*"version_info < (3, 11)"*) test ! -e old ;;
*"version_info[:2]"*) echo 3.12 ;;
*"import pip"*) test -e .venv/pip ;;
*"import ensurepip"*) test -e venv_module ;;
"-m venv "*) mkdir -p .venv/bin && cp "$0" .venv/bin/python && test -e venv_module && : >.venv/pip ;;
"-m pip install "*) echo "$*" >>installs && if [ -e slow ]; then sleep 1; fi && test ! -e offline ;;
"-m bot "*) echo "$PYTHONPATH: $*" ;;
*) exit 9 ;;
esac
"""
UV = '#!/bin/sh\necho "$*" >uv_asked; mkdir -p .venv/bin; cp bin/python3 .venv/bin/python; : >.venv/pip'
APT = """#!/bin/sh
echo "$*" >>apt_asked
case "$*" in *install*) : >venv_module ;; esac
"""
ROOT = "#!/bin/sh\necho 0"
NOT_ROOT = "#!/bin/sh\necho 1000"


class Machine:
    """A folder with the two locks and a PATH on which only stand-ins and plain tools lie."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.bin = home / "bin"
        self.bin.mkdir()
        for tool in PLAIN_TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
        for lock in ("requirements.lock", "requirements-dev.lock"):
            (home / lock).write_text("one==1\n")
        self.has("python3", PYTHON)
        self.has("id", NOT_ROOT)
        self.set("venv_module")

    def has(self, command: str, script: str) -> None:
        path = self.bin / command
        path.unlink(missing_ok=True)
        path.write_text(script)
        path.chmod(0o755)

    def set(self, *flags: str) -> None:
        for flag in flags:
            (self.home / flag).touch()

    def unset(self, flag: str) -> None:
        (self.home / flag).unlink()

    def start(self, lock: str = "requirements.lock", **more: str) -> subprocess.Popen[str]:
        environ = {"PATH": str(self.bin), **more}
        return subprocess.Popen(
            ["/bin/sh", str(SCRIPT), lock],
            cwd=self.home,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def prepare(self, lock: str = "requirements.lock", **more: str) -> tuple[int, str]:
        process = self.start(lock, **more)
        said, _ = process.communicate(timeout=30)
        assert not (self.home / ".venv.busy").is_symlink(), "the lock is given back"
        return process.returncode, said

    @property
    def installs(self) -> list[str]:
        path = self.home / "installs"
        return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine that has all it needs; the tests take things away from it."""
    return Machine(tmp_path)


def test_a_whole_machine_installs_once_by_hash_and_is_silent_afterwards(machine: Machine) -> None:
    code, said = machine.prepare()
    assert (code, said.count("\n")) == (0, 1), "one line says that it takes a while"
    assert machine.prepare() == (0, "")
    [install] = machine.installs
    assert "--require-hashes" in install
    assert "--only-binary :all:" in install
    assert install.endswith("-r requirements.lock")


def test_the_command_finds_the_project_from_any_folder(machine: Machine, tmp_path: Path) -> None:
    machine.prepare()
    command = machine.home / ".venv" / "bin" / "tidewaiter"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    said = subprocess.run(
        [str(command), "ask", "two words"],
        cwd=elsewhere,
        env={"PATH": str(machine.bin)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == f"{machine.home}: -m bot ask two words\n"


def test_the_development_lock_serves_the_program_as_well(machine: Machine) -> None:
    assert machine.prepare("requirements-dev.lock")[0] == 0
    assert machine.prepare("requirements.lock") == (0, "")
    assert len(machine.installs) == 1


def test_a_changed_lock_is_installed_and_a_touched_one_is_not(machine: Machine) -> None:
    machine.prepare()
    lock = machine.home / "requirements.lock"
    os.utime(lock, (time.time() + 60, time.time() + 60))
    assert machine.prepare() == (0, "")
    lock.write_text("one==2\n")
    assert machine.prepare()[0] == 0
    assert len(machine.installs) == 2


def test_an_installation_cut_short_is_gone_on_with(machine: Machine) -> None:
    machine.set("offline")
    code, said = machine.prepare()
    assert code == 1
    assert "goes on with it" in said
    machine.unset("offline")
    assert machine.prepare()[0] == 0
    assert machine.prepare() == (0, "")


def test_a_python_that_is_gone_is_replaced(machine: Machine) -> None:
    machine.prepare()
    python = machine.home / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert machine.prepare()[0] == 0
    assert python.is_file()
    assert len(machine.installs) == 2


def test_without_any_python_one_line_says_what_is_needed(machine: Machine) -> None:
    (machine.bin / "python3").unlink()
    code, said = machine.prepare()
    assert code == 1
    assert "Python 3.11 or newer is needed" in said


def test_an_old_python_that_was_named_is_refused_by_name(machine: Machine) -> None:
    machine.set("old")
    code, said = machine.prepare(PY="python3")
    assert code == 1
    assert "python3 is not Python 3.11 or newer." in said


def test_a_newer_python_beside_an_old_one_is_found(machine: Machine) -> None:
    machine.has("python3", "#!/bin/sh\nexit 1")
    machine.has("python3.12", PYTHON)
    assert machine.prepare()[0] == 0


def test_without_venv_and_helpers_one_command_is_named(machine: Machine) -> None:
    machine.unset("venv_module")
    code, said = machine.prepare()
    assert code == 1
    assert said.splitlines()[-1].endswith("apt install python3.12-venv")
    assert not (machine.home / ".venv").exists(), "no half of a folder stays"


def test_a_venv_that_fails_for_another_reason_is_not_blamed_on_debian(machine: Machine) -> None:
    machine.has("python3", PYTHON.replace('"-m venv "*)', '"-m venv "*) exit 1 ;; never)'))
    code, said = machine.prepare()
    assert code == 1
    assert "python3 -m venv .venv fails" in said


def test_uv_makes_the_folder_where_venv_is_missing(machine: Machine) -> None:
    machine.unset("venv_module")
    machine.has("uv", UV)
    assert machine.prepare()[0] == 0
    assert "--seed" in (machine.home / "uv_asked").read_text()


def test_root_installs_what_debian_keeps_apart(machine: Machine) -> None:
    machine.unset("venv_module")
    machine.has("id", ROOT)
    machine.has("apt-get", APT)
    code, said = machine.prepare()
    assert code == 0
    assert "Installing python3.12-venv" in said
    assert "python3.12-venv" in (machine.home / "apt_asked").read_text()


def test_who_may_not_install_is_not_asked_for_a_password(machine: Machine) -> None:
    machine.unset("venv_module")
    machine.has("apt-get", APT)
    machine.has("sudo", '#!/bin/sh\ntest "$1" = -n && exit 1\nread password')
    code, said = machine.prepare()
    assert code == 1
    assert "apt install python3.12-venv" in said
    assert not (machine.home / "apt_asked").exists()


def test_two_at_once_install_once(machine: Machine) -> None:
    machine.set("slow")
    first, second = machine.start(), machine.start()
    for process in (first, second):
        process.communicate(timeout=30)
    assert (first.returncode, second.returncode) == (0, 0)
    assert len(machine.installs) == 1


def test_the_mark_of_a_killed_run_is_taken_away(machine: Machine) -> None:
    ended = subprocess.Popen(["/bin/sh", "-c", "exit 0"])
    ended.wait()
    (machine.home / ".venv.busy").symlink_to(str(ended.pid))
    assert machine.prepare()[0] == 0
