"""A question is taught by one line more in two files, and what contradicts the data is refused."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from intents import teaching
from intents.catalogue import Catalogue
from intents.check import check
from intents.errors import LessonError, UnknownIntentError
from intents.teaching import OURS, Lesson, Places
from knowledge.datafiles import read
from knowledge.errors import DataFileError
from knowledge.model import LANGUAGES, Language
from tests.intents.small import library, write
from tests.prepared import CACHE

SENTENCE, PHRASE = "do you take anything for it", "what will I be charged"
TESTED = """\
# what must land

some.fee:  # the fee
  lands:
    - is there a cost
    - "price: how high"  # with a colon
  near_misses:
    - how much bread
some.term:
  near_misses:
    - when is it over
  lands:
    - how long
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A small set of data and its sentences under test."""
    for language in LANGUAGES:
        path = tmp_path / "tests" / language / "some.yaml"
        path.parent.mkdir(parents=True)
        text = TESTED if language == "en" else "some.fee:\n  lands: [多少钱]\n"
        path.write_text(text, encoding="utf-8")
    return Places(write(tmp_path / "intents"), tmp_path / "tests")


def wanted(
    sentence: str = SENTENCE,
    phrase: str = PHRASE,
    intent: str = "some.fee",
    language: Language = "en",
) -> Lesson:
    return Lesson(intent, language, sentence, phrase)


def teach(lesson: Lesson, places: Places) -> list[teaching.Change]:
    return teaching.lesson(lesson, Catalogue.load(places.taught), places)


def contents(places: Places) -> dict[Path, bytes]:
    folders = (places.taught, places.tested)
    return {path: path.read_bytes() for each in folders for path in each.rglob("*.*")}


def added(before: bytes, after: bytes) -> list[str]:
    """The lines that are not the same."""
    lines = ndiff(before.decode().splitlines(), after.decode().splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_line_is_added_to_each_list_and_not_a_sign_else_changes(places: Places) -> None:
    before = contents(places)
    for change in teach(wanted(), places):
        change.write()
    tested, taught = places.tested / "en" / "some.yaml", places.taught / "phrases/en/some.yaml"
    after = contents(places)
    assert {path for path in after if after[path] != before.get(path)} == {tested, taught}
    assert added(before[tested], after[tested]) == ["+   learnt:", f"+     - {SENTENCE}"]
    assert added(before[taught], after[taught]) == [f"+   - {PHRASE}"]
    assert read(tested)["some.fee"]["learnt"] == [SENTENCE]
    assert read(taught)["some.fee"][-1] == PHRASE
    assert check(places.taught, library()) == []


def test_the_second_sentence_of_an_intent_joins_the_first(places: Places) -> None:
    for change in teach(wanted(), places):
        change.write()
    before = contents(places)
    for change in teach(wanted("is it dear", "does it hurt my purse"), places):
        change.write()
    tested = places.tested / "en" / "some.yaml"
    assert added(before[tested], tested.read_bytes()) == ["+     - is it dear"]
    assert read(tested)["some.fee"]["learnt"] == [SENTENCE, "is it dear"]


def test_a_sign_of_the_grammar_in_a_phrase_is_taught_as_itself(places: Places) -> None:
    phrase = "what is the fee (official) [x"
    for change in teach(wanted(phrase=phrase), places):
        change.write()
    assert phrase in Catalogue.load(places.taught).phrases["en"]["some.fee"]


def test_nothing_is_written_before_it_is_asked_for(places: Places) -> None:
    before = contents(places)
    changes = teach(wanted(), places)
    assert contents(places) == before
    assert [str(change).split(":", 1)[1] for change in changes] == [
        f"10: - {SENTENCE}",
        f"14: - {PHRASE}",
    ]


def test_a_list_at_the_end_of_a_file_takes_a_line_too(places: Places) -> None:
    for change in teach(wanted(intent="some.term"), places):
        change.write()
    text = (places.tested / "en/some.yaml").read_text("utf-8")
    assert text == f"{TESTED}  learnt:\n    - {SENTENCE}\n"


@pytest.mark.parametrize("intent", ["some.fee", "some.term"])
def test_windows_line_ends_stay_so(places: Places, intent: str) -> None:
    path = places.tested / "en/some.yaml"
    path.write_bytes(TESTED.replace("\n", "\r\n").encode())
    teach(wanted(intent=intent), places)[0].write()
    assert read(path)[intent]["learnt"] == [SENTENCE]
    text = path.read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n") == TESTED.count("\n") + 2


def test_a_file_without_a_last_line_end_gets_one(places: Places) -> None:
    path = places.tested / "en/some.yaml"
    path.write_bytes(TESTED.rstrip().encode())
    teach(wanted(intent="some.term"), places)[0].write()
    assert path.read_text("utf-8") == f"{TESTED}  learnt:\n    - {SENTENCE}\n"


def test_a_list_in_brackets_is_left_to_the_person(places: Places) -> None:
    with pytest.raises(DataFileError, match="no list with a line for each item"):
        teach(wanted("给多少", "要付多少", language="zh"), places)


@pytest.mark.parametrize(
    ("lesson", "why"),
    [
        (wanted(phrase=f"{SENTENCE.upper()}!"), "in other words"),
        (wanted(phrase="..."), "words in them"),
        (wanted(phrase="price 一"), "taught already, for some.fee"),
        (wanted(phrase="validity 一"), "taught already, for some.term"),
        (wanted(sentence="What is the fee"), "taught already, for some.fee"),
        (wanted(sentence="Validity 一?"), "taught already, for some.term"),
        (wanted(sentence="is there a cost?"), "under test already, for some.fee"),
        (wanted(phrase="how long?"), "under test already, for some.term"),
        (wanted(sentence="how much bread"), "one of its near misses"),
        (wanted(phrase="bread"), "taught to be out of scope"),
    ],
)
def test_what_contradicts_the_data_is_refused_and_nothing_is_written(
    places: Places, lesson: Lesson, why: str
) -> None:
    before = contents(places)
    with pytest.raises(LessonError, match=why):
        teach(lesson, places)
    assert contents(places) == before


def test_an_intent_that_does_not_exist_is_refused(places: Places) -> None:
    with pytest.raises(UnknownIntentError, match=r"some\.thing"):
        teach(wanted(intent="some.thing"), places)


def test_a_place_that_is_not_there_is_said(places: Places, tmp_path: Path) -> None:
    nowhere = Places(places.taught, tmp_path / "nowhere")
    with pytest.raises(DataFileError, match="no such folder"):
        teach(wanted(), nowhere)


def test_a_line_is_taught_to_ask_for_nothing_of_ours(places: Places) -> None:
    catalogue = Catalogue.load(places.taught)
    teaching.outside("how is the butter", "en", catalogue, places).write()
    assert Catalogue.load(places.taught).out_of_scope == ("bread", "how is the butter")
    path = places.taught / "out_of_scope/en.txt"
    assert path.read_text("utf-8") == "# nothing of ours\nbread\nhow is the butter\n\n"


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("price 一", "taught for some.fee"),
        ("is there a cost", "under test for some.fee"),
        ("Bread!", "already"),
        ("# bread", "words in it"),
        ("?!", "words in it"),
    ],
)
def test_what_is_ours_is_not_taught_to_be_outside(places: Places, sentence: str, why: str) -> None:
    with pytest.raises(LessonError, match=why):
        teaching.outside(sentence, "en", Catalogue.load(places.taught), places)


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_whatever_is_typed_is_read_as_it_was_typed(typed: str) -> None:
    sentence = " ".join(typed.split())
    written = YAML(typ="safe", pure=True).load(f"x:\n  - {teaching._scalar(sentence)}\n")
    assert written == {"x": [sentence]}


@pytest.mark.parametrize(
    "word", ["no", "Yes", "88", "1.5", "null", "~", "2026-11-22", "a: b", "- a"]
)
def test_what_yaml_takes_for_something_else_gets_quotes(word: str) -> None:
    assert teaching._scalar(word) == f'"{word}"'


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_files_take_a_line(language: Language) -> None:
    catalogue = Catalogue.load(cache=CACHE)
    for intent, name in (("fee.official", "fee.yaml"), ("outside.evasion", "talk.yaml")):
        changes = teaching.lesson(wanted(intent=intent, language=language), catalogue)
        assert [change.path for change in changes] == [
            OURS.tested / language / name,
            OURS.taught / "phrases" / language / name,
        ]
