"""What a file is, told by its content. Its name and the type it was declared as say nothing.

Only what is on the list is taken; everything else has its reason. Of a document that can hold
macros those with macros are refused: nobody needs one to show a certificate.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

import filetype


class Kind(NamedTuple):
    """A kind that is taken."""

    id: str
    media_type: str
    endings: tuple[str, ...]
    """What its names may end in; the first is given to a name that ends otherwise."""


_OFFICE = "application/vnd.openxmlformats-officedocument"

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.id: kind
        for kind in (
            Kind("pdf", "application/pdf", ("pdf",)),
            Kind("jpg", "image/jpeg", ("jpg", "jpeg", "jfif")),
            Kind("png", "image/png", ("png",)),
            Kind("heic", "image/heic", ("heic", "heif")),
            Kind("tif", "image/tiff", ("tif", "tiff")),
            Kind("webp", "image/webp", ("webp",)),
            Kind("docx", f"{_OFFICE}.wordprocessingml.document", ("docx",)),
            Kind("xlsx", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",)),
            Kind("doc", "application/msword", ("doc",)),
        )
    }
)


class Refusal(StrEnum):
    """Why a file is not taken."""

    EMPTY = "file_empty"
    PROGRAM = "file_program"
    ARCHIVE = "file_archive"
    WEB_PAGE = "file_web_page"
    TEXT = "file_text"
    MACROS = "file_macros"
    DAMAGED = "file_damaged"
    OTHER = "file_other"


_PICTURES = frozenset({"pdf", "jpg", "png", "heic", "tif", "webp"})
_PROGRAMS = frozenset({"exe", "elf", "dex", "dey", "wasm", "swf", "nes", "class", "deb", "rpm"})
_ARCHIVES = frozenset({"zip", "tar", "rar", "gz", "bz2", "7z", "xz", "Z", "lz", "zst", "cab", "br"})
_OFFICE_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_PROGRAM_BEGINNINGS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What old Office documents begin with; installers and mails do too."""
_MARKUP = re.compile(rb"<\s*(?:!doctype|!--|\?xml|html|svg|head|body|script)", re.IGNORECASE)
_BEGINNING = 4096


def kind_of(content: bytes) -> Kind | Refusal:
    """The kind of a file's content, or why it is not taken."""
    if not content.strip(b"\0 \r\n\t"):
        return Refusal.EMPTY
    if content.startswith(_PROGRAM_BEGINNINGS):
        return Refusal.PROGRAM
    if content.startswith(_OLE):
        return _old_office(content)
    return _zipped(content) if content.startswith(_ZIP) else _guessed(content)


def _guessed(content: bytes) -> Kind | Refusal:
    guessed = filetype.guess(content)
    if guessed is None:
        return _unknown(content[:_BEGINNING])
    if guessed.extension in _PICTURES:
        return KINDS[guessed.extension]
    if guessed.extension in _PROGRAMS:
        return Refusal.PROGRAM
    return Refusal.ARCHIVE if guessed.extension in _ARCHIVES else Refusal.OTHER


def _old_office(content: bytes) -> Kind | Refusal:
    """Its table of contents names its parts in UTF-16."""
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        return Refusal.MACROS
    word = "WordDocument".encode("utf-16-le") in content
    return KINDS["doc"] if word else Refusal.OTHER


def _zipped(content: bytes) -> Kind | Refusal:
    """A document of today's Office is a zip with certain parts. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Refusal.DAMAGED
    kind = next((kind for part, kind in _OFFICE_PARTS.items() if part in parts), None)
    if kind is None or "[Content_Types].xml" not in parts:
        return Refusal.ARCHIVE
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        return Refusal.MACROS
    return KINDS[kind]


def _unknown(beginning: bytes) -> Refusal:
    if _MARKUP.match(beginning.lstrip(b"\xef\xbb\xbf\0 \r\n\t")):
        return Refusal.WEB_PAGE
    return Refusal.TEXT if _is_text(beginning) else Refusal.OTHER


def _is_text(beginning: bytes) -> bool:
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or 13 < byte < 32 for byte in beginning if byte != 27)
