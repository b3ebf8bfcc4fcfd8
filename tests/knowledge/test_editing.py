"""A fact is marked as checked without another sign of its file changing."""

from __future__ import annotations

import shutil
from datetime import date
from difflib import ndiff
from pathlib import Path

import pytest

from knowledge.editing import mark_verified
from knowledge.errors import AmountError, DataFileError, UnknownFactError
from knowledge.library import CHINA, Library, china

ON = date(2027, 3, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CHINA, tmp_path / "china"))


@pytest.mark.parametrize(
    "fact", ["cn.fee.current", "cn.tm.opposition", "bot.contact", "cn.scope.bonded"]
)
def test_two_dates_change_and_nothing_else(folder: Path, fact: str) -> None:
    before = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml")}
    where = mark_verified(fact, ON, folder=folder)
    file, _, line = where.rpartition(":")
    changed = [path for path, text in before.items() if path.read_text(encoding="utf-8") != text]
    assert changed == [Path(file)]
    old, new = before[changed[0]], changed[0].read_text(encoding="utf-8")
    assert new.splitlines()[int(line) - 1].startswith(f"{fact}:")
    lines = ndiff(old.splitlines(), new.splitlines())
    assert sorted(line.split(":")[0] for line in lines if line[0] in "+-") == [
        "+   review_due",
        "+   verified_on",
        "-   review_due",
        "-   verified_on",
    ]


def test_the_next_check_is_as_far_off_as_the_last_was_or_as_was_said(folder: Path) -> None:
    was = china().fact("cn.fee.current")
    mark_verified("cn.fee.current", ON, folder=folder)
    now = Library.load(folder).fact("cn.fee.current")
    assert (now.verified_on, now.review_due - now.verified_on) == (
        ON,
        was.review_due - was.verified_on,
    )
    mark_verified("cn.fee.current", ON, date(2027, 6, 30), folder)
    assert Library.load(folder).fact("cn.fee.current").review_due == date(2027, 6, 30)


def test_comments_survive(folder: Path) -> None:
    path = folder / "facts" / "fee.yaml"
    text = path.read_text(encoding="utf-8")
    due = f"  review_due: {china().fact('cn.fee.current').review_due}"
    path.write_text(text.replace(due, f"{due}  # ask Li", 1), encoding="utf-8")
    mark_verified("cn.fee.current", ON, folder=folder)
    assert "# ask Li" in path.read_text(encoding="utf-8")


def test_a_file_with_windows_line_ends_keeps_them(folder: Path) -> None:
    path = folder / "facts" / "fee.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    lines = path.read_bytes().count(b"\r\n")
    mark_verified("cn.fee.current", ON, folder=folder)
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n") == lines


def test_what_makes_no_sense_is_refused_and_nothing_is_written(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    with pytest.raises(UnknownFactError):
        mark_verified("cn.nothing", ON, folder=folder)
    with pytest.raises(AmountError, match="not after"):
        mark_verified("cn.fee.current", ON, ON, folder)
    assert before == {path: path.read_bytes() for path in folder.rglob("*.yaml")}


def test_dates_that_stand_in_braces_are_left_to_the_person(folder: Path) -> None:
    path = folder / "facts" / "fee.yaml"
    path.write_text(
        "cn.one: {en: It is so., zh: 是这样。, kind: practice, verified_on: 2026-11-22, review_due: 2027-11-22}\n",
        encoding="utf-8",
    )
    with pytest.raises(DataFileError, match="not written on a line of its own"):
        mark_verified("cn.one", ON, folder=folder)
