"""Small files of every kind, made here: real enough for whoever looks at their bytes."""

from __future__ import annotations

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(40) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17) + b"\x00\x00\x00\x00IDAT" + bytes(20)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(40)
TIF = b"II*\x00\x08\x00\x00\x00" + bytes(40)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(40)
PROGRAM = b"MZ\x90\x00\x03" + bytes(58) + b"\x80\x00\x00\x00PE\x00\x00" + bytes(200)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(*parts: str) -> bytes:
    """An archive with these parts, the same bytes whenever it is made."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for part in parts:
            archive.writestr(zipfile.ZipInfo(part), "<x/>")
    return data.getvalue()


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
MACROS = zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
ZIP = zipped("invoice.exe")
DOC = OLE + "Root Entry".encode("utf-16-le") + "WordDocument".encode("utf-16-le") + bytes(900)
DOC_MACROS = DOC + "_VBA_PROJECT".encode("utf-16-le")
INSTALLER = OLE + "Root Entry".encode("utf-16-le") + bytes(900)

TAKEN = {
    "pdf": PDF,
    "jpg": JPG,
    "png": PNG,
    "heic": HEIC,
    "tif": TIF,
    "webp": WEBP,
    "docx": DOCX,
    "xlsx": XLSX,
    "doc": DOC,
}
