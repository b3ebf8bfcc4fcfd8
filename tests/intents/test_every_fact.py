"""Every rule of the base can be asked for: in both languages an answer states it, hedged where it is unsure or old."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from intents.answer import Answer
from intents.engine import Engine
from intents.voice import Voice
from knowledge.library import china
from knowledge.model import LANGUAGES, Confidence, Language

TODAY = date(2026, 11, 23)
SMALL: dict[Language, str] = {
    "en": "How much security for goods worth RMB 15,000?",
    "zh": "货值15000元，担保要交多少？",
}
"""The lowest tier is stated where a value lies in it; the table says all three elsewhere."""
UNSURE: dict[Language, tuple[str, ...]] = {
    "en": ("confirm", "as far as we know", "verify"),
    "zh": ("确认", "核实", "据我们所知"),
}


def stating(engine: Engine, language: Language, on: date) -> dict[str, list[Answer]]:
    """All answers of a day by the facts they state."""
    answers = [engine.topic(intent, language, on) for intent in engine.catalogue.topics]
    answers.append(engine.compose(engine.read(SMALL[language], hint=language), on))
    found: dict[str, list[Answer]] = {fact: [] for fact in engine.library.facts}
    for answer in answers:
        for fact in answer.facts:
            found[fact].append(answer)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_some_answer_states_each_of_them(engine: Engine, language: Language) -> None:
    assert len(engine.library.facts) == 230
    stated = stating(engine, language, TODAY)
    assert not [fact for fact, answers in stated.items() if not answers]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_follows_a_first_line_is_the_rule_in_its_own_words(
    engine: Engine, language: Language
) -> None:
    for intent, topic in engine.catalogue.topics.items():
        answer = engine.topic(intent, language, TODAY)
        if topic.handler:
            continue
        for fact in topic.then:
            assert engine.library.on(fact, TODAY).statement(language) in answer.text, intent


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_line_holds_every_value_it_names(engine: Engine, language: Language) -> None:
    for intent, topic in engine.catalogue.topics.items():
        if topic.remark or topic.handler:
            continue
        voice = Voice(china(), engine.catalogue, engine.names, engine.agency, language, TODAY)
        assert voice.opening(topic).text in engine.topic(intent, language, TODAY).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_confirmed_is_never_stated_as_a_fact(
    engine: Engine, language: Language
) -> None:
    low = [fact for fact in engine.library.facts.values() if fact.confidence is Confidence.LOW]
    assert low
    stated = stating(engine, language, TODAY)
    for fact in low:
        for answer in stated[fact.id]:
            assert any(word in answer.text.lower() for word in UNSURE[language]), answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_past_its_check_says_so(engine: Engine, language: Language) -> None:
    last = max(fact.review_due for fact in engine.library.facts.values())
    late = last + timedelta(days=1)
    caution = engine.catalogue.text("frame.stale", language).partition("{date}")[0]
    for fact, answers in stating(engine, language, late).items():
        assert all(caution in answer.text for answer in answers), fact
