"""The product's questions, from the words that were typed to the answer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.answer import Answer, Kind, Sources, Text
from intents.engine import Engine
from intents.errors import MissingTextError, UnknownIntentError
from knowledge.model import LANGUAGES, Language
from tests.prepared import AGENCY

TODAY = date(2026, 11, 22)


def ask(engine: Engine, text: str, *, hint: Language | None = None, on: date = TODAY) -> Answer:
    return engine.compose(engine.read(text, hint=hint), on)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("How much does it cost to record a trademark with customs?", "cn.fee.current"),
        ("How much does recordation cost?", "cn.fee.current"),
        ("海关备案要多少钱？", "cn.fee.current"),
        ("備案收費嗎", "cn.fee.current"),
        (
            "Can a foreign company record its trademark with Chinese customs?",
            "cn.applicant.foreign",
        ),
        ("外国公司可以办理海关备案吗？", "cn.applicant.foreign"),
        ("How long is a recordation valid?", "cn.recordation.validity"),
        ("备案有效期是多久？", "cn.recordation.validity"),
        ("What documents do we need for a recordation?", "cn.docs.trademark"),
        ("How long does customs take to decide on a recordation?", "cn.recordation.decision_time"),
    ],
)
def test_a_question_gets_the_rule_it_asks_for_with_its_source(
    engine: Engine, text: str, fact: str
) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ANSWER, answer.intents
    assert fact in answer.facts
    assert isinstance(answer.blocks[-1], Sources)
    assert answer.as_of == TODAY


@pytest.mark.parametrize(
    "text",
    [
        "I would like to start an inquiry",
        "I want to record my trademark, can you do it for us?",
        "我想委托你们办理备案",
        "我要办理海关备案",
    ],
)
def test_who_wants_to_begin_may_begin(engine: Engine, text: str) -> None:
    assert ask(engine, text).kind is Kind.INTAKE


@pytest.mark.parametrize("text", ["Can I speak to a person please?", "转人工", "call me back"])
def test_who_wants_a_person_gets_one(engine: Engine, text: str) -> None:
    assert ask(engine, text).kind is Kind.ESCALATE


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "How much does recordation cost, and how long is a recordation valid?",
            {"cn.fee.current", "cn.recordation.validity"},
        ),
        ("备案要多少钱？备案有效期是几年？", {"cn.fee.current", "cn.recordation.validity"}),
    ],
)
def test_two_questions_get_two_answers_under_one_source(
    engine: Engine, text: str, facts: set[str]
) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ANSWER
    assert facts <= set(answer.facts)
    assert len(answer.intents) == 2
    assert [type(block) for block in answer.blocks].count(Sources) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Hello! How long is a recordation valid?",
        "Good morning, how long is a recordation valid? Thank you!",
        "你好，请问备案有效期是多久？谢谢",
    ],
)
def test_a_greeting_with_a_question_is_the_question(engine: Engine, text: str) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ANSWER
    assert "cn.recordation.validity" in answer.facts


@pytest.mark.parametrize(("text", "kind"), [("Hi", Kind.SMALLTALK), ("谢谢！", Kind.SMALLTALK)])
def test_a_pleasantry_alone_is_returned(engine: Engine, text: str, kind: Kind) -> None:
    assert ask(engine, text).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "How can I get counterfeit goods past Chinese customs without being caught?",
        "help me hide fake handbags in a container so customs does not find them",
        "怎么把假货出口不被海关查到？",
        "How long is a recordation valid? And how do we smuggle fakes through customs?",
    ],
)
def test_help_to_evade_customs_is_refused(engine: Engine, text: str) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.REFUSE
    assert {intent.id for intent in answer.intents} == {"outside.evasion"}


@pytest.mark.parametrize(
    "text",
    [
        "how do I bake bread",
        "How do I bake bread?",
        "怎么烤面包",
        "what is the capital of France",
        "who won the match last night",
        "明天上海会下雨吗",
    ],
)
def test_what_is_not_ours_is_declined(engine: Engine, text: str) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.OUT_OF_SCOPE, answer.intents
    assert answer.suggestions, "what we can do is offered"


@pytest.mark.parametrize(
    "text",
    [
        "how do I bake bread",
        "how do I fix a flat tyre",
        "recommend me a film",
        "how can I hide a birthday present",
        "how do I get past level five",
        "怎么烤面包",
        "怎么把衣服上的油渍去掉",
    ],
)
def test_who_asks_for_nothing_of_ours_is_neither_accused_nor_taught_law(
    engine: Engine, text: str
) -> None:
    answer = ask(engine, text)
    assert answer.kind in {Kind.OUT_OF_SCOPE, Kind.CLARIFY, Kind.SMALLTALK}, answer.intents
    assert not any(fact.startswith(("cn.", "bot.evasion")) for fact in answer.facts)


@pytest.mark.parametrize(
    "text",
    [
        "¿Cuánto cuesta registrar mi marca en la aduana de China?",
        "Сколько стоит регистрация товарного знака на таможне Китая?",
        "商標の登録料金はいくらですか",
        "Wie viel kostet es, eine Marke beim chinesischen Zoll zu hinterlegen?",
    ],
)
def test_a_third_language_gets_the_line_that_we_speak_english_and_chinese(
    engine: Engine, text: str
) -> None:
    answer = ask(engine, text)
    assert answer.language == "en"
    assert answer.text.startswith(engine.catalogue.text("frame.foreign", "en"))
    assert answer.kind is not Kind.OUT_OF_SCOPE, "a customer is not sent away for a language"


@pytest.mark.parametrize("text", ["How long is a recordation valid?", "备案有效期多久？", "12"])
def test_nobody_else_gets_that_line(engine: Engine, text: str) -> None:
    assert engine.catalogue.text("frame.foreign", "en") not in ask(engine, text).text


@pytest.mark.parametrize("hint", LANGUAGES)
def test_the_chat_so_far_decides_the_language_of_a_bare_number(
    engine: Engine, hint: Language
) -> None:
    reading = engine.read("12345678", hint=hint)
    assert (reading.language, reading.written_in) == (hint, "und")
    assert ask(engine, "12345678", hint=hint).language == hint


def test_what_is_named_reaches_the_answer(engine: Engine) -> None:
    said = ask(engine, "Customs stopped goods worth RMB 150,000, how much security must we pay?")
    assert "RMB 75,000" in said.text
    assert "RMB 150,000" in said.text
    zh = ask(engine, "海关查扣了货值15万的货物，担保金要交多少？")
    assert "人民币75,000元" in zh.text
    served = ask(
        engine, "We received the notice on 20 November 2026, when is the last day to respond?"
    )
    assert "25 November 2026" in served.text


def test_a_value_told_before_the_question_is_used(engine: Engine) -> None:
    said = ask(engine, "Our goods are worth RMB 150,000. How much security must we give customs?")
    assert "RMB 75,000" in said.text


def test_the_day_decides_what_is_said(engine: Engine) -> None:
    text = "How much does recordation cost?"
    assert "RMB 800" in ask(engine, text, on=date(2014, 5, 1)).text
    assert ask(engine, text).as_of == TODAY


def test_reading_the_same_twice_gives_the_same(engine: Engine) -> None:
    text = "How much does recordation cost, and who may apply?"
    assert engine.read(text) == engine.read(text)


VAGUE = ("30 days", "how long", "the papers", "what about customs", "费用", "期限", "customs file")


def test_where_we_are_not_sure_we_ask_back_with_a_choice(engine: Engine) -> None:
    unsure = [answer for text in VAGUE if (answer := ask(engine, text)).kind is Kind.CLARIFY]
    assert unsure, "none of these says which of several questions is meant"
    for answer in unsure:
        sourced = any(isinstance(block, Sources) for block in answer.blocks)
        assert bool(answer.facts) is sourced, "meanings of a word are told with their source"
        assert 1 <= len(answer.suggestions) <= 3


PIECES = (
    *("customs", "trademark", "fee", "how much", "and", "not recorded", "hello", "fake", "marca"),
    *("?", ".", "，", "！", "\n", "备案", "多少钱", "担保", "十五万", "Сколько", "🙂"),
    *("RMB 150,000", "2026-03-01", "3/1/2026", "100%", "{agency}", "{cn.fee.current:fee}"),
)
MADE_UP = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)


@settings(max_examples=200)
@given(st.text() | MADE_UP, st.sampled_from([None, *LANGUAGES]))
def test_whatever_is_typed_gets_an_answer(engine: Engine, text: str, hint: Language | None) -> None:
    answer = ask(engine, text, hint=hint)
    assert answer.text.strip()
    assert answer.language in LANGUAGES
    assert answer.as_of == TODAY
    assert len(answer.facts) <= 8
    assert len(answer.suggestions) <= 3


def test_a_very_long_message_is_read_too(engine: Engine) -> None:
    assert ask(engine, "How long is a recordation valid? " * 100).kind is Kind.ANSWER


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_gets_the_answer_of_its_intent(engine: Engine, language: Language) -> None:
    answer = engine.topic("fee.official", language, TODAY)
    assert (answer.kind, answer.language) == (Kind.ANSWER, language)
    assert [intent.id for intent in answer.intents] == ["fee.official"]
    assert "cn.fee.current" in answer.facts


def test_a_button_that_outlived_its_intent_is_known_to_be_gone(engine: Engine) -> None:
    assert engine.knows("fee.official")
    assert not engine.knows("fee.gone")
    with pytest.raises(UnknownIntentError, match=r"fee\.gone"):
        engine.topic("fee.gone", "en", TODAY)
    with pytest.raises(MissingTextError, match=r"fee\.gone"):
        engine.wording("fee.gone", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_has_words_and_a_question(engine: Engine, language: Language) -> None:
    for intent in engine.catalogue.topics:
        label, question = engine.wording(intent, language)
        assert label.strip(), intent
        assert question.strip(), intent


@pytest.mark.parametrize("language", LANGUAGES)
def test_typing_a_buttons_question_does_what_the_button_does(
    engine: Engine, language: Language
) -> None:
    lost = []
    for intent, topic in engine.catalogue.topics.items():
        answer = ask(engine, engine.wording(intent, language)[1], hint=language)
        pressed = engine.topic(intent, language, TODAY)
        same = answer.kind is topic.kind and set(pressed.facts) <= set(answer.facts)
        lost += [] if same else [(intent, engine.wording(intent, language)[1], answer.intents)]
    assert not lost


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_greeting_names_the_agency_and_offer_something(
    engine: Engine, language: Language
) -> None:
    answer = engine.topic("talk.greeting", language, TODAY)
    assert (answer.kind, answer.language) == (Kind.SMALLTALK, language)
    assert AGENCY in answer.text
    assert answer.suggestions


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("30 days?", "the 30 working days in which a change has to be filed"),
        ("备案", "商标使用许可备案"),
        ("3天", "3个工作日"),
    ],
)
def test_a_word_of_several_meanings_alone_is_asked_back_with_them_and_their_source(
    engine: Engine, text: str, meant: str
) -> None:
    answer = engine.compose(engine.read(text), TODAY)
    assert answer.kind is Kind.CLARIFY
    assert meant in answer.text
    assert answer.facts
    assert any(block.kind == "sources" for block in answer.blocks)


def test_in_a_sentence_the_word_is_read_by_what_stands_around_it(engine: Engine) -> None:
    assert engine.read("备案多少钱？").kind is Kind.ANSWER
    assert engine.read("Does GACC decide within 30 days?").kind is Kind.ANSWER


@pytest.mark.parametrize(
    ("text", "border"),
    [
        ("US Customs detained my shipment for a trademark, what should I do?", "no effect there"),
        ("德国海关扣了我们的货，商标问题，怎么办？", "在境外海关没有效力"),
    ],
)
def test_what_another_customs_does_is_first_said_to_be_another_matter(
    engine: Engine, text: str, border: str
) -> None:
    answer = engine.compose(engine.read(text), TODAY)
    first = answer.blocks[0]
    assert isinstance(first, Text)
    assert border in first.text
    assert "cn.recordation.territory" in answer.facts


def test_a_word_whose_meanings_did_not_hold_yet_stopped_the_answer(engine: Engine) -> None:
    answer = engine.compose(engine.read("30 days?"), date(1990, 1, 1))
    assert answer.kind is Kind.CLARIFY
    assert "I know of no rule" in answer.text
    assert answer.facts == ()


def test_after_a_wrong_answer_the_next_likeliest_questions_are_nearest(engine: Engine) -> None:
    reading = engine.read("how much do you people charge")
    first, *others = [scored.id for scored in reading.parts[0].ranking]
    near = engine.nearest(reading, besides=[first])
    assert first not in near
    assert near[0] == others[0]


def test_where_nothing_else_is_likely_what_goes_with_the_answer_is_nearest(engine: Engine) -> None:
    reading = engine.read("is there an official fee")
    assert engine.nearest(reading, besides=["fee.official"]) == (
        engine.catalogue.topic("fee.official").next
    )


def test_neither_small_talk_nor_what_is_not_ours_is_offered(engine: Engine) -> None:
    reading = engine.read("how do the people at the border know what to look out for")
    near = engine.nearest(reading, besides=[])
    assert near
    assert {engine.catalogue.topic(each).kind for each in near} <= {Kind.ANSWER, Kind.INTAKE}
