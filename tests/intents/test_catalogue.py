"""Topics, wordings and phrases as they are read, with and without the cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from intents.answer import Kind
from intents.catalogue import Catalogue
from intents.errors import MissingTextError, UnknownIntentError
from knowledge.errors import DataFileError
from knowledge.model import LANGUAGES
from tests.intents.small import change, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "data")


def test_all_of_a_topic_is_read(folder: Path) -> None:
    catalogue = Catalogue.load(folder)
    topic = catalogue.topic("some.fee")
    assert (topic.kind, topic.rests_on, topic.next) == (Kind.ANSWER, ("cn.fee",), ("some.term",))
    assert catalogue.wording("some.fee", "zh").label == "费用"
    assert [len(catalogue.phrases[language]["some.fee"]) for language in LANGUAGES] == [12, 12]
    assert catalogue.text("frame.space", "en") == " "
    assert catalogue.out_of_scope == ("bread",)


def test_a_topic_as_a_button_has_its_question(folder: Path) -> None:
    button = Catalogue.load(folder).suggestion("some.term", "en")
    assert (button.intent, button.label, button.ask) == (
        "some.term",
        "Term",
        "How long is the term?",
    )


def test_what_we_say_ourselves_is_learnt_too(folder: Path) -> None:
    learnt = Catalogue.load(folder).training["some.fee"]
    assert {"What is the fee?", "费用是多少？", "price 一", "价钱 八"} <= set(learnt)
    assert not any("{" in phrase for phrase in learnt)
    assert len(set(learnt)) == len(learnt)


def test_cold_and_warm_the_catalogue_is_the_same(folder: Path, tmp_path: Path) -> None:
    plain = Catalogue.load(folder)
    cold = Catalogue.load(folder, cache=tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()), "nothing was kept"
    warm = Catalogue.load(folder, cache=tmp_path / "cache")
    assert plain == cold == warm


def test_a_changed_file_is_read_anew(folder: Path, tmp_path: Path) -> None:
    Catalogue.load(folder, cache=tmp_path / "cache")
    change(folder, "answers/en/some.yaml", "label: Fee", "label: Price")
    again = Catalogue.load(folder, cache=tmp_path / "cache")
    assert again.wording("some.fee", "en").label == "Price"


def test_a_spoilt_cache_is_replaced(folder: Path, tmp_path: Path) -> None:
    cold = Catalogue.load(folder, cache=tmp_path / "cache")
    for kept in (tmp_path / "cache").iterdir():
        kept.write_text("{", encoding="utf-8")
    assert Catalogue.load(folder, cache=tmp_path / "cache") == cold


def test_old_caches_do_not_heap_up(folder: Path, tmp_path: Path) -> None:
    for number in range(8):
        (folder / "topics" / "more.yaml").write_text(f"# {number}\n", encoding="utf-8")
        Catalogue.load(folder, cache=tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) < 8


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("topics/some.yaml", "some.fee: [unclosed"),
        ("topics/some.yaml", "- a list"),
        ("topics/some.yaml", "some.fee: {colour: red}"),
        ("topics/some.yaml", "some.fee: {kind: sermon}"),
        ("topics/some.yaml", "Some Fee: {}"),
        ("topics/some.yaml", "some.fee: just words"),
        ("answers/en/some.yaml", "some.fee: {label: Fee}"),
        ("answers/zh/some.yaml", "some.fee: {label: 费用, ask: 多少？, lead: 无。, more: 1}"),
        ("phrases/en/some.yaml", "some.fee: one phrase"),
        ("phrases/zh/some.yaml", "some.fee: [1, 2]"),
        ("phrases/en/some.yaml", "some.fee: [a]\nsome.fee: [b]"),
    ],
)
@pytest.mark.parametrize("cached", [False, True])
def test_a_broken_file_is_named(
    folder: Path, tmp_path: Path, name: str, text: str, cached: bool
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as raised:
        Catalogue.load(folder, cache=tmp_path / "cache" if cached else None)
    assert name in str(raised.value).replace("\\", "/")


def test_what_is_not_there_is_named(folder: Path) -> None:
    catalogue = Catalogue.load(folder)
    with pytest.raises(UnknownIntentError, match=r"some\.thing"):
        catalogue.topic("some.thing")
    with pytest.raises(MissingTextError, match=r"some\.thing"):
        catalogue.wording("some.thing", "en")
    with pytest.raises(MissingTextError, match=r"frame\.thing"):
        catalogue.text("frame.thing", "zh")


def test_other_languages_are_read_apart(folder: Path) -> None:
    before = Catalogue.load(folder)
    (folder / "phrases/fr").mkdir()
    (folder / "phrases/fr/common.yaml").write_text("some.fee: [le prix]\n", encoding="utf-8")
    (folder / "out_of_scope/other.txt").write_text("du pain\n", encoding="utf-8")
    catalogue = Catalogue.load(folder)
    assert catalogue.foreign["fr"] == {"some.fee": ("le prix",)}
    assert catalogue.foreign_training == {"some.fee": ["le prix"]}
    assert catalogue.foreign_out_of_scope == ("du pain",)
    assert catalogue.training == before.training
    assert catalogue.out_of_scope == before.out_of_scope


def test_a_line_with_gaps_is_several_phrases_everywhere(folder: Path, tmp_path: Path) -> None:
    change(folder, "phrases/en/some.yaml", "  - price 一\n", "  - price [of] {word}\n")
    (folder / "phrases/en/lists.yaml").write_text("word: [filing, listing]\n", encoding="utf-8")
    for _ in ("cold", "warm"):
        catalogue = Catalogue.load(folder, cache=tmp_path / "cache")
        said = {"price of filing", "price filing", "price of listing", "price listing"}
        assert said <= set(catalogue.phrases["en"]["some.fee"])
        assert said <= set(catalogue.training["some.fee"])
        assert set(catalogue.phrases["en"]) == {"some.fee", "some.term"}
