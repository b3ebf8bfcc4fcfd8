"""A name that can be shown and saved anywhere, whatever was sent."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.files.kinds import KINDS
from bot.files.names import LONGEST, cleaned, size_in_words

PDF, JPG = KINDS["pdf"], KINDS["jpg"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("certificate.pdf", "certificate.pdf"),
        ("商标注册证.PDF", "商标注册证.PDF"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\scan.pdf", "scan.pdf"),
        ("invoice.exe", "invoice.exe.pdf"),
        ("photo.jpg", "photo.jpg.pdf"),
        ("a\u202efdp.exe", "a fdp.exe.pdf"),
        ("two\nlines\0.pdf", "two lines.pdf"),
        ("  ...hidden.pdf", "hidden.pdf"),
        ('a"b;c%0d.pdf', "a_b_c_0d.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("///", "file.pdf"),
    ],
)
def test_names_as_they_are_kept(name: str, kept: str) -> None:
    assert cleaned(name, PDF) == kept


def test_each_ending_of_a_kind_may_stay() -> None:
    assert cleaned("a.jpeg", JPG) == "a.jpeg"


@given(st.text(st.characters(), max_size=300), st.sampled_from(list(KINDS.values())))
@example("x" * 300, PDF)
@example("证" * 300 + ".pdf", PDF)
@example("nul.", PDF)
@example("\ud800.pdf", PDF)
def test_whatever_the_name_was_it_is_one_safe_name(name: str, kind: object) -> None:
    assert isinstance(kind, type(PDF))
    kept = cleaned(name, kind)
    assert 0 < len(kept) <= LONGEST
    assert len(kept.encode()) <= 4 * LONGEST
    assert kept == PurePosixPath(kept).name == PureWindowsPath(kept).name
    assert kept.rpartition(".")[2].lower() in kind.endings
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in kept)
    assert not kept.startswith((".", " "))
    assert not set(kept) & set('<>:"|?*%;\t\r\n/\\')
    assert cleaned(kept, kind) == kept, "a clean name stays"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 KB"),
        (1024, "1 KB"),
        (348_160, "340 KB"),
        (1_258_291, "1.2 MB"),
        (20 * 1024 * 1024, "20 MB"),
    ],
)
def test_sizes_as_people_read_them(size: int, words: str) -> None:
    assert size_in_words(size) == words
