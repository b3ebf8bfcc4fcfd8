"""How an answer is put together, and what it says on which day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.answer import MOST_FACTS, Answer, Bullets, Kind, Sources, Text
from intents.catalogue import FOLDER, Catalogue
from intents.composing import Asked, compose
from intents.engine import Engine
from intents.voice import Voice
from knowledge.library import china
from knowledge.model import LANGUAGES, Confidence, Language
from knowledge.model import Kind as FactKind
from tests.prepared import AGENCY, CACHE

TODAY = date(2026, 11, 22)
TOPICS = sorted(Catalogue.load(FOLDER, cache=CACHE).topics)
ALL = [(intent, language) for intent in TOPICS for language in LANGUAGES]
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,;]+[A-Za-z]{2,}){4,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]{4,}[，。]")
UNSURE = re.compile(r"not confirmed|未获确认|未能确认|尚未证实|尚未得到证实|未经确认")
DAYS = (date(2014, 5, 1), TODAY, date(2026, 12, 31), date(2027, 1, 1), date(2030, 1, 1))


def says(engine: Engine, key: str, language: Language) -> str:
    """What is certain of a text of the frame: its longest stretch without a value."""
    return max(re.split(r"\{\w+\}", engine.catalogue.text(key, language)), key=len).strip()


def answers(engine: Engine, on: date = TODAY) -> list[tuple[str, Language, Answer]]:
    return [(intent, language, engine.topic(intent, language, on)) for intent, language in ALL]


def test_the_lead_comes_first_and_the_sources_last(engine: Engine) -> None:
    for intent, language, answer in answers(engine):
        kinds = [type(block) for block in answer.blocks]
        assert kinds[0] is Text, intent
        assert Sources not in kinds[:-1], intent
        facts = [engine.library.fact(fact) for fact in answer.facts]
        if any(fact.kind is not FactKind.SERVICE for fact in facts):
            assert kinds[-1] is Sources, f"{intent} {language} states facts without a source"


def test_the_sources_name_the_day_they_hold(engine: Engine) -> None:
    for language, day in (("en", "22 November 2026"), ("zh", "2026年11月22日")):
        answer = engine.topic("fee.official", "zh" if language == "zh" else "en", TODAY)
        sources = answer.blocks[-1]
        assert isinstance(sources, Sources)
        assert (sources.as_of, answer.as_of) == (TODAY, TODAY)
        assert sources.citations
        assert day in sources.line
        assert all(citation in sources.line for citation in sources.citations)
        assert answer.text.endswith(sources.line)


def test_details_are_a_list_after_the_lead(engine: Engine) -> None:
    topic = engine.catalogue.topic("fee.official")
    lead, details, *_ = engine.topic(topic.id, "en", TODAY).blocks
    assert isinstance(lead, Text)
    assert isinstance(details, Bullets)
    said = [engine.library.on(fact, TODAY).statement("en") for fact in topic.then]
    assert [item for item in details.items if item in said] == list(details.items)


@pytest.mark.parametrize("on", DAYS)
def test_every_answer_is_whole_on_every_day(engine: Engine, on: date) -> None:
    for intent, language, answer in answers(engine, on):
        where = f"{intent} {language} {on}"
        assert answer.text.strip(), where
        assert not re.search(r"[{}]", answer.text), where
        assert len(answer.facts) <= MOST_FACTS, where
        assert len(set(answer.facts)) == len(answer.facts), where
        assert set(answer.facts) <= set(engine.library.facts), where
        if engine.catalogue.topic(intent).handler is None:
            assert set(answer.facts) <= set(engine.catalogue.topic(intent).facts), where
        assert intent not in {suggestion.intent for suggestion in answer.suggestions}, where
        assert len(answer.suggestions) <= 3, where


@given(
    intents=st.lists(st.sampled_from(TOPICS), min_size=1, max_size=6, unique=True),
    language=st.sampled_from(LANGUAGES),
    on=st.sampled_from(DAYS),
)
def test_answers_together_state_at_most_eight_facts_and_say_what_was_left_out(
    engine: Engine, intents: list[str], language: Language, on: date
) -> None:
    voice = Voice(engine.library, engine.catalogue, engine.names, AGENCY, language, on)
    asked = [Asked(engine.catalogue.topic(intent)) for intent in intents]
    said = compose(voice, asked)
    assert len(said.facts) <= MOST_FACTS
    assert len(set(said.facts)) == len(said.facts)
    for each in asked[1:]:
        if each.topic.handler == "procedure":
            continue  # its steps cite the facts that set their terms, not those of its plain lead
        known = [fact for fact in each.topic.rests_on if voice.holding(fact)]
        assert each.topic in said.left_out or set(known) <= set(said.facts)


def test_in_2014_a_recordation_cost_800_and_the_answer_says_until_when(engine: Engine) -> None:
    answer = engine.topic("fee.official", "en", date(2014, 5, 1))
    lead = answer.blocks[0]
    assert isinstance(lead, Text)
    assert "RMB 800" in lead.text
    assert "31 October 2015" in lead.text
    assert "no official fee" not in lead.text
    zh = engine.topic("fee.official", "zh", date(2014, 5, 1)).blocks[0]
    assert isinstance(zh, Text)
    assert "800元" in zh.text
    assert "2015年10月31日" in zh.text


def test_on_the_last_day_of_2026_the_change_of_the_opposition_period_is_told(
    engine: Engine,
) -> None:
    said = engine.topic("tm.opposition", "en", date(2026, 12, 31)).text
    assert "3 months" in said
    assert re.search(r"1 January 2027.*2 months", said)
    zh = engine.topic("tm.opposition", "zh", date(2026, 12, 31)).text
    assert "3个月" in zh
    assert re.search(r"2027年1月1日.*2个月", zh)


def test_on_the_first_day_of_2027_the_opposition_period_is_two_months(engine: Engine) -> None:
    for language, now, then in (("en", "2 months", "3 months"), ("zh", "2个月", "3个月")):
        said = engine.topic("tm.opposition", "zh" if language == "zh" else "en", date(2027, 1, 1))
        lead = said.blocks[0]
        assert isinstance(lead, Text)
        assert now in lead.text
        assert then not in lead.text
        assert "cn.tm.opposition" in said.facts


@pytest.mark.parametrize("on", [TODAY, date(2026, 12, 31)])
def test_a_change_that_changes_nothing_said_is_not_announced(engine: Engine, on: date) -> None:
    for intent, language, answer in answers(engine, on):
        lines = [block.text for block in answer.blocks if isinstance(block, Text)]
        items = [i for block in answer.blocks if isinstance(block, Bullets) for i in block.items]
        for fact in answer.facts:
            holding = engine.library.on(fact, on)
            coming = holding.expected
            if coming is None or coming.from_ is None:
                continue
            now = holding.statement(language)
            later = engine.library.on(fact, coming.from_).statement(language)
            if now == later:
                announced = [line for line in lines[1:] if later in line]
                assert not announced, f"{intent} {language}: {announced}"
                assert sum(later in item for item in items) <= 1


def test_what_is_not_sure_is_never_stated_as_a_fact(engine: Engine) -> None:
    seen = set()
    for intent, language, answer in answers(engine):
        low = [f for f in answer.facts if china().fact(f).confidence is Confidence.LOW]
        if low:
            seen.update(low)
            assert UNSURE.search(answer.text), f"{intent} {language}: {answer.text}"
    low = [fact.id for fact in china().facts.values() if fact.confidence is Confidence.LOW]
    assert seen == set(low), "facts of low confidence that no answer states"


def test_practice_and_secondary_sources_are_told_as_such(engine: Engine) -> None:
    for intent, language, answer in answers(engine):
        medium = [f for f in answer.facts if china().fact(f).confidence is Confidence.MEDIUM]
        assert (says(engine, "frame.medium", language) in answer.text) is bool(medium), intent


@pytest.mark.parametrize("on", [TODAY, date(2030, 1, 1)])
def test_what_should_have_been_checked_again_says_so(engine: Engine, on: date) -> None:
    for intent, language, answer in answers(engine, on):
        stale = [fact for fact in answer.facts if engine.library.on(fact, on).stale]
        hedged = says(engine, "frame.stale", language) in answer.text
        assert hedged is bool(stale), f"{intent} {language}: {stale}"


def test_in_2030_every_answer_of_law_is_told_with_care(engine: Engine) -> None:
    for language in LANGUAGES:
        answer = engine.topic("validity.period", language, date(2030, 1, 1))
        assert says(engine, "frame.stale", language) in answer.text


@pytest.mark.parametrize("on", DAYS)
def test_chinese_answers_hold_no_english_sentence(engine: Engine, on: date) -> None:
    for intent in TOPICS:
        text = engine.topic(intent, "zh", on).text.replace(AGENCY, "")
        for term in engine.library.terms.values():
            text = text.replace(f"“{term.en}”", "")
        assert not ENGLISH.search(text), f"{intent}: {ENGLISH.findall(text)}"


@pytest.mark.parametrize("on", DAYS)
def test_english_answers_hold_no_chinese_sentence(engine: Engine, on: date) -> None:
    for intent in TOPICS:
        text = engine.topic(intent, "en", on).text
        assert not CHINESE.search(text), f"{intent}: {CHINESE.findall(text)}"


def test_small_talk_has_no_sources(engine: Engine) -> None:
    for intent, _, answer in answers(engine):
        if answer.kind is Kind.SMALLTALK:
            assert not any(isinstance(block, Sources) for block in answer.blocks), intent
