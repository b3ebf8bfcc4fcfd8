"""What is in the files that somebody sends in a transcript: real bytes, told by how the name ends."""

from __future__ import annotations

from tests.bot.files import samples

OTHERS = {
    "exe": samples.PROGRAM,
    "zip": samples.ZIP,
    "docm": samples.MACROS,
    "txt": b"Some words.",
    "html": b"<!doctype html><title>A page</title>",
}
"""What is refused."""


def content(name: str) -> bytes:
    """The bytes of a file of that name: another file has others, the same file the same."""
    ending = name.rpartition(".")[2].lower()
    kinds = {**samples.TAKEN, "jpeg": samples.JPG, **OTHERS}
    assert ending in kinds, f"{name}: one of {', '.join(kinds)} is wanted"
    return kinds[ending] if ending in ("docx", "xlsx") else kinds[ending] + name.encode()
