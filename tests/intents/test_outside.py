"""What lies outside is named and declined; whether we do such a thing is asked of that thing."""

from __future__ import annotations

import pytest

from intents.answer import Kind
from intents.engine import Engine
from intents.subjects import asks_whether_we_do, doubled, named_in, subjects
from knowledge.model import LANGUAGES
from knowledge.remarks import Neighbour
from tests.intents.asking import ask, first_line


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Do you handle ICP filing?", "ICP"),
        ("do you also do ICP filing", "ICP"),
        ("Can you help with work visas?", "visa"),
        ("Do you register companies?", "company"),
        ("can you file a trademark at CNIPA for us", "CNIPA"),
        ("do you do litigation", "court"),
        ("do you handle ISO certification?", "certification"),
        ("is my kettle CCC certified?", "CCC"),
        ("what is the import duty on shoes", "duties"),
        ("Can you tell me where my parcel is? The tracking number is gone", "parcel"),
        ("what's the weather in Shanghai", "weather"),
        ("tell me a joke", "entertainment"),
        ("who won the football match yesterday", "sport"),
        ("你们办ICP备案吗", "ICP"),
        ("你们也做商标注册吗", "注册商标"),
        ("能代办工作签证吗", "签证"),
        ("你们打官司吗", "诉讼"),
        ("皮鞋的关税是多少", "关税"),
        ("今天上海天气怎么样", "天气"),
        ("讲个笑话吧", "娱乐"),
    ],
)
def test_a_subject_outside_is_named_and_declined(engine: Engine, text: str, named: str) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.OUT_OF_SCOPE
    assert named.lower() in first_line(answer).lower()
    assert "China Customs" in answer.text or "海关" in answer.text
    assert answer.suggestions


@pytest.mark.parametrize(
    "text",
    [
        "Do you record trademarks with China Customs?",
        "Can you file the customs recordation for our patents?",
        "Is a trademark registration needed before the recordation?",
        "Can you tell me how long a recordation is valid?",
        "你们办海关备案吗",
        "商标注册以后才能备案吗",
    ],
)
def test_what_is_ours_is_not_declined(engine: Engine, text: str) -> None:
    assert ask(engine, text).kind is not Kind.OUT_OF_SCOPE


def test_every_subject_is_named_in_every_language() -> None:
    for wording in subjects().values():
        assert set(wording) == set(LANGUAGES)
        assert all(each.name and each.words for each in wording.values())


def test_no_word_stands_under_two_subjects_or_under_a_neighbour(engine: Engine) -> None:
    neighbours = engine.library.remarks_of(Neighbour)
    names = frozenset(name.lower() for each in neighbours for name in each.all_names())
    assert not list(doubled(names))


def test_a_subject_is_found_as_whole_words_in_either_language() -> None:
    assert named_in("Will it rain tomorrow?") == ["weather"]
    assert named_in("We train our staff.") == []
    assert named_in("会下雨吗") == ["weather"]


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("Do you do taxes?", True),
        ("Hello, could your firm also draft wills?", True),
        ("贵司做审计吗", True),
        ("能帮忙翻译吗", True),
        ("Do you need the certificate?", True),
        ("Does customs stop parcels?", False),
        ("Can you stop goods at the border?", False),
        ("海关会扣货吗", False),
    ],
)
def test_whether_it_asks_if_we_do_something(text: str, offer: bool) -> None:
    assert asks_whether_we_do(text) is offer
