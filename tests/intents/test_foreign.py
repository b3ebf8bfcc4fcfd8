"""The commonest questions in languages we do not speak: understood, and answered in English."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.answer import Kind
from intents.concepts import Concepts
from intents.engine import Engine
from intents.foreign import Foreign, english_numbers, telling
from intents.matcher import Matcher

TODAY = date(2026, 11, 22)


def matcher() -> Matcher:
    return Matcher.fit(
        {"some.fee": ["combien ca coute", "le prix"], "some.term": ["la duree", "jusqu'a quand"]}
    )


def test_the_matcher_is_loaded_once_and_only_when_it_is_wanted() -> None:
    loaded: list[Matcher] = []

    def load() -> Matcher:
        loaded.append(matcher())
        return loaded[-1]

    foreign = Foreign(load)
    assert not loaded
    assert [foreign.match(text).intent for text in ("le prix ?", "la durée")] == [
        "some.fee",
        "some.term",
    ]
    assert len(loaded) == 1


def test_accents_make_no_difference() -> None:
    foreign = Foreign(matcher)
    assert foreign.match("Combien ça coûte ?") == foreign.match("combien ca coute")


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("zoll gebühr", True),
        ("was macht der zoll mit dem zoll", False),
        ("hallo", False),
        ("", False),
    ],
)
def test_one_term_alone_tells_no_question(text: str, tells: bool) -> None:
    known = Concepts({("zoll",): "customs", ("gebühr",): "fee"})
    assert telling(text, known) is tells


@pytest.mark.parametrize(
    ("text", "code", "plain"),
    [
        ("80.000 Yuan", "de", "80000 Yuan"),
        ("1.500.000,50 RMB", "es", "1500000.50 RMB"),
        ("80 000 yuans", "fr", "80000 yuans"),
        ("80'000 Yuan", "de", "80000 Yuan"),
        ("am 3.12.2026 um 9", "de", "am 3.12.2026 um 9"),
        ("2,5 millones", "es", "2.5 millones"),
        ("80,000元", "ja", "80,000元"),
        ("80,000 위안", "ko", "80,000 위안"),
        ("8 marcas", "es", "8 marcas"),
    ],
)
def test_numbers_are_read_as_they_are_written_there(text: str, code: str, plain: str) -> None:
    assert english_numbers(text, code) == plain


@given(st.integers(1000, 10**9))
def test_any_grouped_number_stays_the_same_number(number: int) -> None:
    written = f"{number:,}".replace(",", ".")
    assert english_numbers(f"x {written} RMB", "de") == f"x {number} RMB"


def test_a_sum_takes_the_number_as_it_was_meant(engine: Engine) -> None:
    text = "Die Ware ist 80.000 Yuan wert. Wie hoch ist die Kaution?"
    answer = engine.compose(engine.read(text), TODAY)
    assert "security.amount" in [scored.id for scored in answer.intents]
    assert "RMB 40,000" in answer.text


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Hola, ¿cuánto cuesta? ¿Y cuánto tarda?",
            {"cn.fee.current", "cn.recordation.decision_time"},
        ),
        ("얼마예요? 얼마나 걸려요?", {"cn.fee.current", "cn.recordation.decision_time"}),
        ("いくらですか?いつまで有効ですか?", {"cn.fee.current", "cn.recordation.validity"}),
    ],
)
def test_two_questions_get_two_answers(engine: Engine, text: str, facts: set[str]) -> None:
    assert facts <= set(engine.compose(engine.read(text), TODAY).facts)


@pytest.mark.parametrize(
    "text",
    ["¿Es obligatorio el registro en la aduana?", "Ist die Zollregistrierung verpflichtend?"],
)
def test_what_is_not_among_the_commonest_is_still_read_by_its_terms(
    engine: Engine, text: str
) -> None:
    answer = engine.compose(engine.read(text), TODAY)
    assert (answer.kind, "cn.recordation.voluntary" in answer.facts) == (Kind.ANSWER, True)


@pytest.mark.parametrize(
    "text",
    [
        "¿Qué tiempo hace mañana?",
        "wer hat das spiel gewonnen?",
        "昨日の夕飯は何でしたか",
        "점심 뭐 먹었어요?",
    ],
)
def test_what_is_not_understood_is_asked_back_in_english(engine: Engine, text: str) -> None:
    answer = engine.compose(engine.read(text), TODAY)
    assert (answer.kind, answer.language) == (Kind.CLARIFY, "en")
    assert answer.suggestions


@pytest.mark.parametrize("text", ["hablar con una persona por favor", "담당자 연결해 주세요"])
def test_who_wants_a_person_gets_one_in_any_of_them(engine: Engine, text: str) -> None:
    assert engine.compose(engine.read(text), TODAY).kind is Kind.ESCALATE
