"""Starts `make run` as a newcomer would, asks one question over HTTP, stops it, starts it again.

Standard library only: it speaks to the server from outside, as a script of anybody's would.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, NoReturn
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

ROOT = Path(__file__).parent.parent
QUESTION = "what does it cost to record a trademark with China customs"
FIRST_START = 900
LATER_START = 5
TRIES = 3
"""A machine may be busy with something else just then, so one quick start of these is enough."""
STOP = 15


class Server:
    """`make run` on a free port with a data folder of its own."""

    def __init__(self, folder: str) -> None:
        self.base = f"http://127.0.0.1:{(port := free_port())}"
        environ = {k: v for k, v in os.environ.items() if not k.startswith("TIDEWAITER_")}
        environ |= {"TIDEWAITER_DATA_DIR": folder, "TIDEWAITER_PORT": str(port)}
        self.make = subprocess.Popen(
            ["make", "--no-print-directory", "run"],  # noqa: S607
            cwd=ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.make.stdout or ():
            self.said.append(line)
            tell(f"  | {line.rstrip()}")

    def wait(self, seconds: float) -> float:
        """Wait until the chat answers; returns how long it took."""
        began = time.monotonic()
        while (passed := time.monotonic() - began) < seconds:
            if self.make.poll() is not None:
                fail(f"make run ended with {self.make.returncode}")
            try:
                OPENER.open(self.base, timeout=5).close()
            except OSError:
                time.sleep(0.1)
            else:
                return passed
        raise SystemExit(f"smoke: no answer from the server within {seconds} s")

    def stop(self) -> None:
        """Ask the server, not make, to stop, and see that it does so cleanly."""
        for child in children(self.make.pid):
            os.kill(child, signal.SIGTERM)
        code = self.make.wait(STOP)
        if code or "Traceback" in "".join(self.said):
            fail(f"make run ended with {code}, or with a traceback")

    def ask(self, question: str) -> dict[str, Any]:
        """Come in, ask, and give the assistant's last line."""
        self._post("/api/chat/open", {"language": "en"})
        sent = self._post("/api/chat/messages", {"message_id": str(uuid.uuid4()), "text": question})
        answers: list[dict[str, Any]] = [line for line in sent["lines"] if line["author"] == "bot"]
        return answers[-1]

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", "Origin": self.base}
        body_sent = json.dumps(body).encode()
        wanted = Request(self.base + path, body_sent, headers)  # noqa: S310
        with OPENER.open(wanted, timeout=30) as answer:
            received: dict[str, Any] = json.load(answer)
        return received


OPENER = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))


@contextmanager
def running(folder: str) -> Iterator[Server]:
    """A server that does not outlive the block, whatever happens in it."""
    server = Server(folder)
    try:
        yield server
    finally:
        if server.make.poll() is None:
            for pid in (*children(server.make.pid), server.make.pid):
                os.kill(pid, signal.SIGKILL)


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def has_source(line: dict[str, Any]) -> bool:
    """Whether an answer names its legal basis and the day it holds."""
    blocks = (block for block in line["blocks"] if block["kind"] == "sources")
    return any(block["citations"] and block["as_of"] for block in blocks)


def tell(line: str) -> None:
    """A line for whoever reads the run."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def fail(line: str) -> NoReturn:
    """End the run."""
    sys.exit(f"smoke: {line}")


def later_starts(folder: str) -> Iterator[float]:
    """How long further starts take, until one was quick enough."""
    for _ in range(TRIES):
        with running(folder) as server:
            yield (took := server.wait(FIRST_START))
            tell(f"smoke: later start {took:.1f} s")
            server.stop()
        if took <= LATER_START:
            return


def main() -> None:
    """First start, question, stop; later starts."""
    with tempfile.TemporaryDirectory(prefix="tidewaiter-") as folder:
        with running(folder) as server:
            tell(f"smoke: first start {server.wait(FIRST_START):.1f} s")
            answer = server.ask(QUESTION)
            tell(f"smoke: asked: {QUESTION}\n{answer['text']}")
            if not has_source(answer):
                fail("the answer names no source")
            server.stop()
        if min(later_starts(folder)) > LATER_START:
            fail(f"no later start took less than {LATER_START} s")
    tell("smoke: passed")


if __name__ == "__main__":
    main()
