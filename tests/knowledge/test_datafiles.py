"""Bad data is refused with file, line and what to do about it: one slip each, in a copy of China's own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.check import check
from knowledge.datafiles import find, place, read
from knowledge.errors import DataFileError
from knowledge.library import Library

FEE, INSTRUMENTS, SEIZURE = "facts/fee.yaml", "instruments.yaml", "procedures/seizure.yaml"


def slip(folder: Path, file: str, old: str, new: str) -> int:
    """Put something wrong into a file; gives the line it stands in."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    path.write_text(changed, encoding="utf-8")
    return changed[: changed.index(new)].count("\n") + 1


SLIPS = [
    (FEE, "from: 2015-11-01", "from: 2015-02-30", "2015-02-30 is no day of the calendar"),
    (FEE, "from: 2015-11-01", "from: 1 November 2015", "a day is written 2026-11-22"),
    (FEE, "from: 2015-11-01", "from: no", "a bare no is true or false elsewhere; put it in quotes"),
    (FEE, "confidence: high", "confidence: On", "a bare On is true or false elsewhere"),
    (FEE, "  kind: law", "  kind: law\n  kind: law", "duplicate key"),
    (FEE, "  kind: law", "  kind: &k law", "no anchors and aliases"),
    (FEE, "  kind: law", "  kind: [&loop [*loop]]", "no anchors and aliases"),
    (FEE, "  kind: law", "  knd: law", "no entry has this key"),
    (FEE, "  source: [", "  source: [[", "expected"),
    (INSTRUMENTS, "  short_zh: 商标法实施条例\n", "", "short_zh: it is missing"),
    (INSTRUMENTS, "adopted: 2003-12-02", "adopted: 2003-13-02", "no day of the calendar"),
    (INSTRUMENTS, "replaces: cn.regulations_1995", "replaces: cn.none", "add it or mend the name"),
    (
        INSTRUMENTS,
        "  until: 2009-06-30",
        "  replaces: cn.measures\n  until: 2009-06-30",
        "replaces it in turn",
    ),
    ("calendar.yaml", "closed: []", "closed: [soon]", "a day is written 2026-11-22"),
    ("calendar.yaml", "closed: []", "closed: [2026-02-30]", "no day of the calendar"),
    (SEIZURE, "day: served}", "day: serfed}", "serfed: no such day"),
    (SEIZURE, "who: trader", "who: 'trader '", "'holder', 'customs'"),
    (SEIZURE, "facts: [cn.exofficio.step0_check]", "facts: [cn.none]", "no fact cn.none"),
]


@pytest.mark.parametrize(("file", "old", "new", "complaint"), SLIPS)
def test_a_slip_is_named_with_its_file(
    folder: Path, file: str, old: str, new: str, complaint: str
) -> None:
    slip(folder, file, old, new)
    problems = [str(problem) for problem in check(folder)]
    assert any(complaint in line and f"{file}:" in line for line in problems), problems


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (FEE, "from: 2015-11-01", "from: 2015-02-30"),
        (FEE, "from: 2015-11-01", "from: yes"),
        (FEE, "confidence: high", "confidence: sure"),
        (SEIZURE, "who: trader", "who: nobody"),
        (INSTRUMENTS, "in_force: 2004-03-01", "in_force: soon"),
    ],
)
def test_the_line_is_that_of_the_slip(folder: Path, file: str, old: str, new: str) -> None:
    line = slip(folder, file, old, new)
    [problem] = check(folder)
    assert str(problem).startswith(f"{folder / file}:{line}:")


def test_a_language_that_is_missing_is_asked_for_at_the_fact(folder: Path) -> None:
    text = (folder / FEE).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("  zh:")]
    (folder / FEE).write_text("\n".join(lines), encoding="utf-8")
    [problem, *_] = check(folder)
    assert str(problem).startswith(f"{folder / FEE}:")
    assert problem.what.endswith("zh: it is missing; every entry wants it")


def test_everything_wrong_with_an_entry_is_said_at_once(folder: Path) -> None:
    slip(folder, FEE, "confidence: high", "confidence: sure")
    slip(folder, FEE, "verified_on: 2026-11-22", "verified_on: lately")
    assert len(check(folder)) == 2


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: \xff\xfe\n")
    with pytest.raises(DataFileError, match="not UTF-8 at byte 3"):
        read(path)


def test_the_place_of_an_entry_is_the_deepest_key_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("# one\na:\n  b: [x]\n  c:\n    - d\n    - e: 1\n", encoding="utf-8")
    assert place(path, "a", "c", 1, "e") == f"{path}:6"
    assert place(path, "a", 0, "b") == f"{path}:3"
    assert place(path, "nowhere") == f"{path}:1"
    assert place(tmp_path / "none.yaml", "a") == str(tmp_path / "none.yaml")
    assert find(tmp_path, "a", "b") == f"{path}:3"
    assert find(tmp_path, "b") == str(tmp_path)


def test_the_files_of_china_are_read_without_a_slip(folder: Path) -> None:
    assert Library.load(folder).facts
    assert check(folder) == []
