"""Sentences nobody taught the matcher: most land where they belong, few go confidently astray."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from intents.answer import Kind, Text
from intents.engine import Engine
from intents.language import TAUGHT, detect
from intents.normalise import for_matching
from intents.reading import Reading
from intents.teaching import LANDING, LEARNT
from knowledge.datafiles import read
from knowledge.model import LANGUAGES

FOLDER = Path(__file__).parent / "phrases"
TODAY = date(2026, 11, 22)
RIGHT = 0.85
ASTRAY = 0.06
NEAR_WRONG = 0.10
EVERY = (*LANGUAGES, *TAUGHT)
"""The languages we speak, all of whose questions we understand, and those of which we understand the commonest."""
FEWEST = {"lands": 3, "near_misses": 1}


@dataclass(frozen=True)
class Sentence:
    """A sentence that must land on an intent, or must not."""

    language: str
    intent: str
    list: str
    text: str


@cache
def sentences() -> tuple[Sentence, ...]:
    """All of them, from the files."""
    return tuple(
        Sentence(language, intent, name, text)
        for language in EVERY
        for path in sorted((FOLDER / language).glob("*.yaml"))
        for intent, lists in read(path).items()
        for name, texts in lists.items()
        for text in texts
    )


def chosen(*names: str) -> list[Sentence]:
    return [sentence for sentence in sentences() if sentence.list in names]


@pytest.fixture(scope="module")
def readings(engine: Engine) -> dict[str, Reading]:
    return {sentence.text: engine.read(sentence.text) for sentence in sentences()}


def landed(reading: Reading) -> set[str]:
    return {part.intent for part in reading.parts if part.intent}


def astray(engine: Engine, sentence: Sentence, reading: Reading) -> bool:
    """Whether it was answered, and without the fact that was wanted first."""
    wanted = engine.catalogue.topic(sentence.intent)
    topics = [engine.catalogue.topic(intent) for intent in landed(reading) - {wanted.id}]
    told = {fact for topic in topics if topic.kind is Kind.ANSWER for fact in topic.facts}
    answered = any(topic.kind is Kind.ANSWER for topic in topics)
    return answered and wanted.id not in landed(reading) and not told & set(wanted.rests_on[:1])


def table(failed: list[Sentence], readings: dict[str, Reading]) -> str:
    """The worst intents, each with its sentences and where they went."""
    counts = Counter(sentence.intent for sentence in failed)
    rows = []
    for intent, count in counts.most_common(25):
        rows.append(f"{count:3}  {intent}")
        for sentence in (each for each in failed if each.intent == intent):
            reading = readings[sentence.text]
            went = ", ".join(sorted(landed(reading))) or reading.kind.value
            rows.append(f"       {sentence.language}  {sentence.text}  -> {went}")
    return "\n".join(rows)


@pytest.mark.parametrize("language", EVERY)
def test_sentences_land_where_they_belong(
    engine: Engine,
    readings: dict[str, Reading],
    language: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = [sentence for sentence in chosen("lands") if sentence.language == language]
    missed = [each for each in asked if each.intent not in landed(readings[each.text])]
    wrong = [each for each in missed if astray(engine, each, readings[each.text])]
    right, gone = 1 - len(missed) / len(asked), len(wrong) / len(asked)
    with capsys.disabled():
        measured = f"right {right:.1%}  confidently elsewhere {gone:.1%}"
        print(f"\n{language} lands: n={len(asked)}  {measured}")  # noqa: T201
    assert right >= RIGHT, f"right {right:.1%} < {RIGHT:.0%}\n{table(missed, readings)}"
    assert gone <= ASTRAY, f"astray {gone:.1%} > {ASTRAY:.0%}\n{table(wrong, readings)}"


@pytest.mark.parametrize("language", EVERY)
def test_near_misses_land_elsewhere(
    readings: dict[str, Reading], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [sentence for sentence in chosen("near_misses") if sentence.language == language]
    taken = [each for each in asked if each.intent in landed(readings[each.text])]
    wrong = len(taken) / len(asked)
    with capsys.disabled():
        print(f"\n{language} near misses: n={len(asked)}  wrong {wrong:.1%}")  # noqa: T201
    assert wrong <= NEAR_WRONG, f"wrong {wrong:.1%} > {NEAR_WRONG:.0%}\n{table(taken, readings)}"


def test_every_sentence_that_was_learnt_lands(readings: dict[str, Reading]) -> None:
    missed = [each for each in chosen(LEARNT) if each.intent not in landed(readings[each.text])]
    assert not missed, table(missed, readings)


def under_test(engine: Engine, language: str) -> Iterable[str]:
    return engine.catalogue.foreign.get(language, engine.catalogue.topics)


def test_every_intent_is_under_test_in_every_language(engine: Engine) -> None:
    counts = Counter((each.language, each.intent, each.list) for each in sentences())
    thin = [
        (language, intent, name)
        for language in EVERY
        for intent in under_test(engine, language)
        for name, fewest in FEWEST.items()
        if counts[language, intent, name] < fewest
    ]
    assert not thin


def test_no_sentence_is_under_test_for_what_does_not_exist(engine: Engine) -> None:
    assert not {each.intent for each in sentences()} - set(engine.catalogue.topics)
    assert set(FEWEST) <= {each.list for each in sentences()} <= {*FEWEST, LEARNT}


def test_the_files_are_the_same_in_every_language() -> None:
    for languages in (LANGUAGES, TAUGHT):
        names = [{path.name for path in (FOLDER / each).glob("*.yaml")} for each in languages]
        assert all(each == names[0] for each in names)


def test_no_sentence_under_test_was_taught(engine: Engine) -> None:
    known_by = (engine.catalogue.training, engine.catalogue.foreign_training)
    taught = {
        for_matching(phrase) for every in known_by for group in every.values() for phrase in group
    }
    known = [each for each in chosen(*LANDING) if for_matching(each.text) in taught]
    assert not known


@pytest.mark.parametrize("language", TAUGHT)
def test_what_is_under_test_in_another_language_is_what_is_taught_there(
    engine: Engine, language: str
) -> None:
    asked = {each.intent for each in sentences() if each.language == language}
    assert asked == set(engine.catalogue.foreign[language])


@pytest.mark.parametrize("language", TAUGHT)
def test_another_language_is_known_by_its_phrases(engine: Engine, language: str) -> None:
    phrases = [text for group in engine.catalogue.foreign[language].values() for text in group]
    missed = [text for text in phrases if detect(text).code != language]
    assert len(missed) <= 0.02 * len(phrases), missed


def test_what_we_are_taught_in_our_languages_is_hardly_ever_taken_for_another(
    engine: Engine,
) -> None:
    phrases = [
        text
        for language in LANGUAGES
        for group in engine.catalogue.phrases[language].values()
        for text in group
    ]
    assert sum(detect(text).foreign for text in phrases) <= len(phrases) / 1000


def test_every_foreign_sentence_is_answered_in_english_with_the_languages_we_speak(
    engine: Engine, readings: dict[str, Reading]
) -> None:
    said = engine.catalogue.text("frame.foreign", "en")
    asked = [each for each in sentences() if readings[each.text].written_in in TAUGHT]
    assert len(asked) > 400
    for each in asked:
        answer = engine.compose(readings[each.text], TODAY)
        assert (answer.language, answer.blocks[0]) == ("en", Text(text=said)), each.text


def test_no_sentence_is_wanted_in_two_places() -> None:
    places = Counter(for_matching(each.text) for each in chosen(*LANDING))
    assert not [text for text, count in places.items() if count > 1]
