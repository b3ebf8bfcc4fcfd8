"""What the report says of phrases: how many there are, how many land, and who steals."""

from __future__ import annotations

from pathlib import Path

import pytest

from intents.matcher import Matcher
from intents.phrase_report import SENTENCES, Gap, Report, Row, gaps, rows, sentences

PHRASES = {
    "some.fee": ("what does it cost", "what does this cost", "how long does it cost"),
    "some.term": ("how long does it take", "how long does this take", "until when"),
}
VECTORISER = Matcher.fit(PHRASES).vectoriser


def row(language: str, phrases: int, lands: float, intent: str = "some.fee") -> Row:
    return Row(language, intent, phrases, 3, lands, None, 0)


def test_a_phrase_lands_where_the_phrase_nearest_to_it_is() -> None:
    found = {each.intent: each for each in rows("en", PHRASES, VECTORISER, {"some.fee": 5})}
    fee, term = found["some.fee"], found["some.term"]
    assert (fee.phrases, fee.sentences, fee.thief, fee.stolen) == (3, 5, "some.term", 1)
    assert fee.lands == pytest.approx(2 / 3)
    assert (term.sentences, term.thief, term.stolen) == (0, "some.fee", 1)
    assert term.lands == pytest.approx(2 / 3)


def test_a_phrase_does_not_land_on_itself() -> None:
    alone = {"some.fee": ("what does it cost",), "some.term": PHRASES["some.term"]}
    found = {each.intent: each for each in rows("en", alone, VECTORISER, {})}
    assert (found["some.fee"].lands, found["some.fee"].thief) == (0.0, "some.term")


def test_the_worst_come_first_and_an_intent_without_phrases_not_at_all() -> None:
    groups = {**PHRASES, "some.none": (), "some.odd": ("qqq www",)}
    found = rows("en", groups, VECTORISER, {})
    assert [each.lands for each in found] == sorted(each.lands for each in found)
    assert (found[0].intent, found[0].lands, found[0].thief) == ("some.odd", 0.0, None)
    assert "some.none" not in {each.intent for each in found}


def test_a_language_that_is_worse_off_is_told_once_against_the_best() -> None:
    table = [row("es", 9, 0.9), row("fr", 20, 0.5), row("de", 12, 0.7), row("en", 99, 1.0)]
    found = list(gaps(table, [("es", "fr", "de"), ("en", "zh")]))
    assert found == [
        Gap("some.fee", "es", "fr", "has 9 phrases against 20"),
        Gap("some.fee", "fr", "es", "lands 50% of its phrases against 90%"),
    ]


def test_languages_that_are_alike_have_no_gap() -> None:
    assert not list(gaps([row("en", 20, 0.6), row("zh", 10, 0.4)], [("en", "zh")]))


def test_the_report_is_a_table_and_an_object() -> None:
    stolen = Row("en", "some.fee", 12, 3, 0.75, "some.term", 2)
    gap = Gap("some.fee", "zh", "en", "has 4 phrases against 12")
    report = Report((stolen, row("zh", 4, 0.5)), (gap,))
    assert list(report.lines()) == [
        "lang  intent    phrases  tests  lands  most stolen by",
        "en    some.fee       12      3    75%  some.term (2)",
        "zh    some.fee        4      3    50%",
        "en: 1 intents, 12 phrases, 75.0% land",
        "zh: 1 intents, 4 phrases, 50.0% land",
        "some.fee: zh has 4 phrases against 12 (en)",
    ]
    told = report.as_json()
    assert told["intents"][0]["thief"] == "some.term"
    assert told["gaps"] == [
        {"intent": "some.fee", "language": "zh", "other": "en", "what": gap.what}
    ]
    assert [each.language for each in report.only("zh").rows] == ["zh"]
    assert report.only("zh").gaps == (gap,)


def test_sentences_under_test_are_counted_where_there_are_any(tmp_path: Path) -> None:
    assert sentences(tmp_path) == {}
    counts = sentences(SENTENCES)
    assert counts["en"]["fee.official"] >= 3
    assert counts["ko"]["fee.official"] >= 3


def test_sentences_that_people_typed_are_counted_with_those_we_made_up(tmp_path: Path) -> None:
    file = tmp_path / "en" / "some.yaml"
    file.parent.mkdir()
    file.write_text("some.fee:\n  lands: [one, two]\n  near_misses: [three]\n  learnt: [four]\n")
    assert sentences(tmp_path) == {"en": {"some.fee": 3}}
