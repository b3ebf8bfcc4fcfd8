"""Short messages that lean on the answer before them are recognised as a whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.catalogue import Catalogue
from intents.check_following import check_following
from intents.phrasebook import FOLDER, Phrasebook
from knowledge.errors import DataFileError

BOOK = Phrasebook.load()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("why?", "why"),
        ("But why is that?", "why"),
        ("sorce pls", "source"),
        ("Where does it say that?", "source"),
        ("could you make it shorter please", "shorter"),
        ("SHOTER", "shorter"),
        ("how long does that take", "time"),
        ("ok, and how much does it cost?", "cost"),
        ("who pays for that?", "who_pays"),
        ("and if we miss the deadline?", "missed"),
        ("isn't recorded", "unrecorded"),
        ("那為什麼呢？", "why"),
        ("请问依据是什么", "source"),
        ("太长了，简单点", "shorter"),
        ("大概要多久啊", "time"),
        ("没有备案的话呢", "unrecorded"),
    ],
)
def test_the_form_of_a_short_message(text: str, form: str) -> None:
    assert BOOK.form(text) == form


@pytest.mark.parametrize(
    "text",
    [
        "why is a power of attorney needed?",
        "how long does it take to record a trademark",
        "what does a licence cost",
        "source of goods",
        "为什么要交担保",
        "备案要多久",
        "thanks",
        "好的",
        "",
        "why " * 40,
    ],
)
def test_what_names_a_subject_has_no_form(text: str) -> None:
    assert BOOK.form(text) is None


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    BOOK.form(text)
    BOOK.nothing_but_little_words(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "followups"))


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("en.yaml", "\nwhere:\n", "\nwhither:\n", "not in every language"),
        ("en.yaml", "  - how come\n", "  - How come?\n", "no punctuation"),
        ("en.yaml", "  - how come\n", "  - how (come\n", "a bracket is missing"),
        ("zh.yaml", "  - (为什么|", "  - (為什麼|", "simplified characters"),
        ("topics.yaml", "tm: tm.time", "tm: tm.times", "no intent tm.times"),
        ("topics.yaml", "tm: tm.time", "tmm: tm.time", "no family tmm"),
        ("topics.yaml", "  refund:\n", "  refunds:\n", "refunds has no phrases"),
        ("topics.yaml", "  refund:\n", "  refunds:\n", "nothing for refund of the phrases"),
    ],
)
def test_what_is_wrong_in_the_files_is_found(
    folder: Path, file: str, old: str, new: str, what: str
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = [str(each) for each in check_following(folder, Catalogue.load().topics)]
    assert any(what in problem for problem in problems), problems


def test_a_file_of_another_shape_is_refused(folder: Path) -> None:
    (folder / "en.yaml").write_text("why: because\n", encoding="utf-8")
    with pytest.raises(DataFileError, match="a list of sentences is wanted"):
        Phrasebook.load(folder)
