"""Files of a conversation: named, told apart by content, kept in sealed pieces.

Sealing and opening megabytes takes long, so both happen off the event loop, before and after the
unit of work: `pack` -> `keep`, `sealed` -> `unpack`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from bot.errors import DecryptionError, FileNotKeptError
from bot.store.cipher import Cipher
from bot.store.ids import new_id
from bot.store.tables import FileChunkRow, FileRow
from bot.store.work import Work

Row = FileRow

CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class KeptFile:
    """A file as it is known without its content."""

    id: str
    conversation_id: str
    name: str
    """As it may be shown and saved: it is no path."""
    kind: str
    """What its content is: `pdf`, `jpg`."""
    size: int
    digest: str
    """SHA-256 of its content."""
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class Package:
    """A file sealed, ready to be kept."""

    id: str
    upload_key: str
    name: str
    kind: str
    size: int
    digest: str
    pieces: tuple[bytes, ...]


@dataclass(frozen=True)
class Usage:
    """How much is kept."""

    count: int
    size: int


def pack(cipher: Cipher, content: bytes, *, upload_key: str, name: str, kind: str) -> Package:
    """Seal a file's content; it takes a while for a large one."""
    file_id, view = new_id(), memoryview(content)
    pieces = tuple(
        cipher.seal_bytes(bytes(view[start : start + CHUNK_BYTES]), _piece(file_id, number))
        for number, start in enumerate(range(0, len(content), CHUNK_BYTES))
    )
    digest = hashlib.sha256(content).hexdigest()
    return Package(file_id, upload_key, name, kind, len(content), digest, pieces)


def unpack(cipher: Cipher, file: KeptFile, pieces: Sequence[bytes]) -> bytes:
    """A file's content. Raises DecryptionError where anything of it is missing or was changed."""
    content = b"".join(
        cipher.open_bytes(piece, _piece(file.id, number)) for number, piece in enumerate(pieces)
    )
    if hashlib.sha256(content).hexdigest() != file.digest:
        raise DecryptionError(f"files:{file.id}: not what was kept")
    return content


def keep(work: Work, conversation_id: str, package: Package, *, now: datetime) -> KeptFile:
    """Keep a file that no message names yet."""
    kept = {"name": package.name, "kind": package.kind, "digest": package.digest}
    row = Row(
        id=package.id,
        conversation_id=conversation_id,
        upload_key=package.upload_key,
        size=package.size,
        body=work.cipher.seal(kept, _context(package.id)),
        created_at=now,
    )
    work.session.add(row)
    work.session.flush()
    for number, piece in enumerate(package.pieces):
        chunk = FileChunkRow(
            id=_chunk(package.id, number), file_id=package.id, number=number, content=piece
        )
        work.session.add(chunk)
        work.session.flush()
        work.session.expunge(chunk)
    return _read(work, row)


def uploaded(work: Work, conversation_id: str, upload_key: str) -> KeptFile | None:
    """The file that came with this upload, if it came before."""
    found = select(Row).filter_by(conversation_id=conversation_id, upload_key=upload_key)
    row = work.session.scalars(found).one_or_none()
    return None if row is None else _read(work, row)


def get(work: Work, file_id: str) -> KeptFile:
    """A file by its id. Raises FileNotKeptError."""
    row = work.session.get(Row, file_id)
    if row is None:
        raise FileNotKeptError(f"no file {file_id}")
    return _read(work, row)


def of_conversation(work: Work, conversation_id: str) -> list[KeptFile]:
    """All files of a conversation, oldest first."""
    found = select(Row).where(Row.conversation_id == conversation_id)
    rows = work.session.scalars(found.order_by(Row.created_at, Row.id))
    return [_read(work, row) for row in rows]


def those(work: Work, file_ids: Iterable[str]) -> list[KeptFile]:
    """The files of these ids that are still kept, in that order."""
    wanted = list(dict.fromkeys(file_ids))
    rows = work.session.scalars(select(Row).where(Row.id.in_(wanted)))
    found = {row.id: _read(work, row) for row in rows}
    return [found[file_id] for file_id in wanted if file_id in found]


def sealed(work: Work, file_id: str) -> list[bytes]:
    """A file's sealed pieces, in order."""
    found = select(FileChunkRow.content).where(FileChunkRow.file_id == file_id)
    return list(work.session.scalars(found.order_by(FileChunkRow.number)))


def usage(work: Work, conversation_id: str | None = None) -> Usage:
    """How many files a conversation, or the whole house, has, and their bytes together."""
    counted = select(func.count(), func.coalesce(func.sum(Row.size), 0))
    if conversation_id is not None:
        counted = counted.where(Row.conversation_id == conversation_id)
    count, size = work.session.execute(counted).one()
    return Usage(count, int(size))


def mark_sent(work: Work, file_ids: Sequence[str], *, now: datetime) -> None:
    """A message names them: from now on they stay as long as the conversation."""
    fresh = update(Row).where(Row.id.in_(file_ids), Row.sent_at.is_(None)).values(sent_at=now)
    work.session.execute(fresh.execution_options(synchronize_session=False))


def forget_unsent(work: Work, *, before: datetime) -> int:
    """Take away uploads of before then that no message ever named; how many."""
    gone = delete(Row).where(Row.sent_at.is_(None), Row.created_at < before)
    done: Any = work.session.execute(gone.execution_options(synchronize_session=False))
    return int(done.rowcount)


def _read(work: Work, row: Row) -> KeptFile:
    return KeptFile(
        id=row.id,
        conversation_id=row.conversation_id,
        size=row.size,
        created_at=row.created_at,
        sent_at=row.sent_at,
        **work.cipher.open(row.body, _context(row.id)),
    )


def _context(file_id: str) -> str:
    return f"files.body:{file_id}"


def _chunk(file_id: str, number: int) -> str:
    return f"{file_id}:{number}"


def _piece(file_id: str, number: int) -> str:
    return f"file_chunks.content:{_chunk(file_id, number)}"
