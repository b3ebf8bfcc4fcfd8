"""kill -9 around an upload: what was acknowledged is there, what was not leaves nothing."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bot.files.samples import PDF
from tests.server import ServerProcess, Visitor


@pytest.fixture
def server(tmp_path: Path, database: str) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path, DATABASE_URL=database)
    process.start()
    yield process
    process.end()


def upload(visitor: Visitor, content: bytes, upload_id: str) -> dict[str, Any]:
    params, sent = {"upload_id": upload_id}, {"file": ("a.pdf", content)}
    answer = visitor.http.post("/api/chat/files", params=params, files=sent)
    found: dict[str, Any] = answer.raise_for_status().json()
    return found


def send(visitor: Visitor, file_id: str, message_id: str) -> dict[str, Any]:
    body = {"message_id": message_id, "files": [file_id]}
    answer = visitor.http.post("/api/chat/messages", json=body)
    found: dict[str, Any] = answer.raise_for_status().json()
    return found


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(server: ServerProcess) -> None:
    large, upload_id, message_id = PDF + bytes(9_000_000), str(uuid.uuid4()), str(uuid.uuid4())
    with Visitor(server.url) as visitor:
        visitor.opens()
        killer = threading.Timer(0.15, server.kill)
        killer.start()
        first = None
        for _ in range(50):
            try:
                first = upload(visitor, large, upload_id)
            except httpx.HTTPError:
                break
        killer.join()
        server.start()
        kept = upload(visitor, large, upload_id)
        assert first is None or (kept["id"], kept["repeated"]) == (first["id"], True)
        server.kill()
        server.start()
        sent = send(visitor, kept["id"], message_id)
        server.kill()
        server.start()
        again = send(visitor, kept["id"], message_id)
        assert (again["seq"], again["repeated"]) == (sent["seq"], True)
        lines = visitor.opens()
    assert [line["files"] for line in lines if line["files"]] == [
        [{"name": "a.pdf", "kind": "pdf", "size": len(large)}]
    ]
