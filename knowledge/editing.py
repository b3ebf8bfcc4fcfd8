"""Marks a fact as checked: two dates change in its file, and not a sign more, so that comments and form stay."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from knowledge.compiled import write_whole
from knowledge.datafiles import file_of, place
from knowledge.errors import AmountError, DataFileError
from knowledge.library import CHINA, Library
from knowledge.model import Fact

_DATE = r"(?P<key>^  {name}: )(?P<day>\d{{4}}-\d\d-\d\d)(?P<rest>[ \t]*(?:#.*)?\r?)$"


def mark_verified(fact_id: str, on: date, due: date | None = None, folder: Path = CHINA) -> str:
    """Set the day a fact was checked and the day it is next due; without `due`, as long after as it was before.

    Out: where it stands, as `file:line`. Raises UnknownFactError, AmountError where the next check would not be later,
    DataFileError where the file does not write the two dates plainly.
    """
    path, changed = verified(Library.load(folder).fact(fact_id), on, due, folder / "facts")
    write_whole(path, lambda part: part.write_bytes(changed.encode("utf-8")))
    return place(path, fact_id)


def verified(fact: Fact, on: date, due: date | None, facts: Path) -> tuple[Path, str]:
    """The file of a fact below a folder, and its text with the two days changed. Raises as `mark_verified` does."""
    next_due = due or on + (fact.review_due - fact.verified_on)
    if next_due <= on:
        raise AmountError(f"{fact.id}: the next check ({next_due}) is not after this one ({on})")
    path = file_of(facts, fact.id)
    if path is None:
        raise DataFileError(f"{fact.id} does not begin a line of its file")
    text = path.read_bytes().decode("utf-8")  # line ends as they are
    begins, ends = _entry(text, fact.id)
    entry = _dated(text[begins:ends], "verified_on", on, path, fact.id)
    entry = _dated(entry, "review_due", next_due, path, fact.id)
    return path, text[:begins] + entry + text[ends:]


def _entry(text: str, fact_id: str) -> tuple[int, int]:
    """Where the fact's entry begins and ends in the text of its file."""
    begins = next(re.finditer(rf"^{re.escape(fact_id)}:", text, re.MULTILINE))
    following = re.compile(r"^\S", re.MULTILINE).search(text, begins.end())
    return begins.start(), following.start() if following else len(text)


def _dated(entry: str, name: str, day: date, path: Path, fact_id: str) -> str:
    changed, times = re.subn(
        _DATE.format(name=name), rf"\g<key>{day}\g<rest>", entry, count=1, flags=re.MULTILINE
    )
    if not times:
        raise DataFileError(f"{path}: {fact_id}: {name} is not written on a line of its own")
    return changed
