"""The real server in a process of its own, to be talked to over HTTP and to be killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.prepared import copy_cache

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


class ServerProcess:
    """`python -m bot serve` with a data folder of its own; start, kill and start it again."""

    module = "bot"

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        given = {"DATA_DIR": str(folder / "var"), "PORT": str(self.port), **settings}
        clean = {k: v for k, v in os.environ.items() if not k.startswith("TIDEWAITER_")}
        self._env = clean | {f"TIDEWAITER_{name}": value for name, value in given.items()}
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0
        copy_cache(folder / "var")

    def start(self) -> float:
        """Start it and wait until it answers; how long that took, in seconds."""
        begun = time.monotonic()
        self.starts += 1
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self.module, "serve"],
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() - begun > PATIENCE:
                raise AssertionError(f"the server did not start:\n{self.log.read_text()}")
            time.sleep(0.05)
        return time.monotonic() - begun

    def kill(self) -> None:
        """`kill -9`: no goodbye."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=PATIENCE)

    def end(self) -> None:
        """However it stands, it does not outlive the test."""
        if self._process is not None and self._process.poll() is None:
            self.kill()

    @property
    def log(self) -> Path:
        """What it printed, all starts together."""
        return self.folder / "server.log"

    @property
    def setup_link(self) -> str:
        """The one-time link that was printed last."""
        found: list[str] = re.findall(r"Set-up:\s+(\S+)", self.log.read_text())
        return found[-1]

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/", timeout=1).status_code == 200
        except httpx.HTTPError:
            return False


class ClockedServer(ServerProcess):
    """A server whose clock is moved between its starts: what is kept in the database must bring it through."""

    module = "tests.clocked"

    def __init__(self, folder: Path, start: datetime, **settings: str) -> None:
        super().__init__(folder, **settings)
        self._file = folder / "clock"
        self._ahead = start - datetime.now(UTC)
        self._env |= {"CLOCK": str(self._file)}
        self._write()

    def moves(self, by: timedelta) -> None:
        """Stop, let so much time go by, and start again."""
        assert self.stop() == 0
        self._ahead += by
        self._write()
        self.start()

    def _write(self) -> None:
        self._file.write_text(str(self._ahead.total_seconds()))


class Visitor:
    """Somebody on the chat page, without the page: the chat API with a cookie."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=20)

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def opens(self) -> list[dict[str, Any]]:
        """Come in; all lines so far."""
        answer = self.http.post("/api/chat/open", json={}).raise_for_status()
        lines: list[dict[str, Any]] = answer.json()["lines"]
        return lines

    def writes(self, text: str, message_id: str | None = None) -> str:
        """Write a line; the texts that came back."""
        body = {"text": text, "message_id": message_id or str(uuid.uuid4())}
        answer = self.http.post("/api/chat/messages", json=body).raise_for_status()
        return "\n".join(line["text"] for line in answer.json()["lines"])
