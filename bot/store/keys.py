"""Where the keys come from: the variable, or a file for us alone that is made at the first run."""

from __future__ import annotations

import base64
import os
import stat
import time
from pathlib import Path

import structlog

from bot.errors import KeyFileError
from bot.settings import KEY_BYTES, Settings, ensure_folder, parse_keys

log = structlog.get_logger(__name__)

POSIX = os.name == "posix"
WAIT = 2.0
"""Seconds another process may take between making the key file and filling it."""


def load_keys(settings: Settings) -> tuple[bytes, ...]:
    """The keys, the sealing one first. Raises KeyFileError, FolderNotWritableError."""
    if settings.encryption_key is not None:
        return parse_keys(settings.encryption_key.get_secret_value())
    ensure_folder(settings.key_file.parent)
    _make(settings.key_file)
    _guard(settings.key_file)
    return _read(settings.key_file)


def _make(path: Path) -> None:
    """Make the file unless it is there; of two processes at once one makes it."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    except OSError as error:
        raise KeyFileError(f"{path}: cannot be made: {error.strerror}") from error
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    log.info("key file made; keep a copy apart from the database", path=str(path))


def _guard(path: Path) -> None:
    """Close the file to others. Raises KeyFileError where that cannot be done."""
    if not POSIX:
        return  # There the folder's access list decides, which the mode does not show.
    if not stat.S_IMODE(path.stat().st_mode) & 0o077:
        return
    try:
        path.chmod(0o600)
    except OSError as error:
        raise KeyFileError(f"{path}: others can read it; its mode must be 0600") from error
    log.warning("key file could be read by others; closed it", path=str(path))


def _read(path: Path) -> tuple[bytes, ...]:
    try:
        return parse_keys(_filled(path))
    except (OSError, ValueError) as error:
        raise KeyFileError(f"{path}: {error}") from None


def _filled(path: Path) -> str:
    end = time.monotonic() + WAIT
    while not (text := path.read_text(encoding="ascii")) and time.monotonic() < end:
        time.sleep(0.01)
    return text
