"""Two matchers in the cache, each under a digest of what it alone is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from intents import learning
from intents.catalogue import Catalogue
from intents.learning import Lesson
from intents.matcher import Matcher
from knowledge.library import china
from tests.intents.small import change, library, write


def lesson(name: str, version: str, learnt: list[str]) -> Lesson:
    def learn() -> Matcher:
        learnt.append(name)
        return Matcher.fit({"a.a": ["one", "two"], "b.b": ["three", "four"]})

    return Lesson(name, version, "words", learn)


def test_what_is_in_the_cache_is_not_learnt_again(tmp_path: Path) -> None:
    learnt: list[str] = []
    heard: list[str] = []
    some = lesson("some", "1", learnt)
    some.prepare(tmp_path, heard.append)
    some.prepare(tmp_path)
    assert some.learnt(tmp_path).match("three").intent == "b.b"
    assert learnt == ["some"]
    assert "words" in heard[0]
    lesson("some", "2", learnt).learnt(tmp_path)
    lesson("other", "1", learnt).learnt(tmp_path)
    assert learnt == ["some", "some", "other"]


def test_what_cannot_be_read_is_learnt_again(tmp_path: Path) -> None:
    learnt: list[str] = []
    some = lesson("some", "1", learnt)
    some.prepare(tmp_path)
    (tmp_path / "some-1.json").write_text("broken", encoding="utf-8")
    assert some.learnt(tmp_path).match("three").intent == "b.b"
    assert learnt == ["some", "some"]


def test_each_forgets_only_its_own_older_versions(tmp_path: Path) -> None:
    learnt: list[str] = []
    lesson("other", "1", learnt).prepare(tmp_path)
    for version in "123456":
        lesson("some", version, learnt).prepare(tmp_path)
    kept = {path.name.partition("-")[0] for path in tmp_path.iterdir()}
    assert kept == {"some", "other"}
    assert len(list(tmp_path.glob("some-*.json"))) == 3


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small floor of its own, beside the code that learns."""
    found = write(tmp_path / "floor")
    (found / "phrases/fr").mkdir()
    (found / "phrases/fr/common.yaml").write_text("some.fee: [le prix]\n", encoding="utf-8")
    (found / "out_of_scope/other.txt").write_text("du pain\n", encoding="utf-8")
    for name in ("language", "learning"):
        (found / f"{name}.py").write_text(name, encoding="utf-8")
    monkeypatch.setattr(learning, "FOLDER", found)
    return found


def versions(folder: Path) -> tuple[str, str]:
    catalogue = Catalogue.load(folder)
    lessons = (learning.spoken(catalogue, library()), learning.foreign(catalogue, library()))
    return lessons[0].version, lessons[1].version


@pytest.mark.parametrize(
    ("name", "old", "new", "changed"),
    [
        ("phrases/fr/common.yaml", "le prix", "le tarif", (False, True)),
        ("out_of_scope/other.txt", "du pain", "du vin", (False, True)),
        ("language.py", "language", "other", (False, True)),
        ("phrases/en/some.yaml", "price", "charge", (True, False)),
        ("answers/en/some.yaml", "label: Fee", "label: Charge", (True, False)),
        ("out_of_scope/en.txt", "bread", "wine", (True, False)),
        ("concepts/some.yaml", "[fee, price]", "[fee, tariff]", (True, True)),
        ("answers/en/frame.yaml", "' '", "'  '", (False, False)),
    ],
)
def test_each_is_learnt_anew_only_where_its_own_matter_changes(
    folder: Path, name: str, old: str, new: str, changed: tuple[bool, bool]
) -> None:
    before = versions(folder)
    change(folder, name, old, new)
    after = versions(folder)
    assert (before[0] != after[0], before[1] != after[1]) == changed


def test_the_library_names_are_part_of_both(folder: Path) -> None:
    catalogue = Catalogue.load(folder)
    for learn in (learning.spoken, learning.foreign):
        assert learn(catalogue, library()).version != learn(catalogue, china()).version
