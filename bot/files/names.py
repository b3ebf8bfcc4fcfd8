"""The name a file is kept under: the sender's own, as far as it can be shown and saved safely."""

from __future__ import annotations

import re
import unicodedata

from bot.files.kinds import Kind

LONGEST = 100
"""Characters: enough for a person, and within what any file system takes, in Chinese as well."""
NAMELESS = "file"

_SEPARATORS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*%;]')
"""What Windows does not take in a name, and what headers would trip over."""
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that are devices on Windows."""


def cleaned(name: str, kind: Kind) -> str:
    """A name without path, controls, marks of direction or anything a file system refuses.

    It ends in what the content is: a PDF called `invoice.exe` becomes `invoice.exe.pdf`.
    """
    last = _SEPARATORS.split(name)[-1]
    shown = "".join(char if _is_shown(char) else " " for char in unicodedata.normalize("NFC", last))
    plain = _SPACES.sub(" ", _FORBIDDEN.sub("_", shown)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or ending.lower() not in kind.endings:
        stem, ending = plain, kind.endings[0]
    stem = stem.strip(" .")[: LONGEST - len(ending) - 1].strip(" .") or NAMELESS
    if _RESERVED.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    return f"{stem}.{ending}"


def _is_shown(char: str) -> bool:
    """Not a control, a mark that turns the direction of writing, half a pair, or an unassigned sign."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


_UNITS = (("MB", 1024 * 1024), ("KB", 1024))


def size_in_words(size: int) -> str:
    """A size as people read it: `1.2 MB`, `340 KB`."""
    unit, bytes_ = next(((u, b) for u, b in _UNITS if size >= b), _UNITS[-1])
    number = size / bytes_
    return (
        f"{number:.1f} {unit}"
        if unit == "MB" and number < 10
        else f"{max(1, round(number))} {unit}"
    )
