"""What is said of the numbers, ports and contacts in a message, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from intents.answer import Kind
from intents.engine import Engine
from intents.entities.registrations import check_digit
from intents.noting import questions_about
from intents.reading import Entities, Registered, Registration
from knowledge.datafiles import read
from tests.intents.asking import ask, first_line, intent, papers

QUESTIONS = Path("intents/entities/questions.yaml")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "What papers do I need for ZL201710601862.3?",
            "Noted: patent number ZL201710601862.3 (invention).",
        ),
        (
            "Goods under trademark no. 12345678, HS 6403, were stopped at Ningbo. How long do we have to answer?",
            "Noted: trademark number 12345678; port of Ningbo; HS 6403.",
        ),
        ("Can IR 1234567 be recorded?", "Noted: international (Madrid) registration 1234567."),
        ("Can 2020SR0123456 be recorded?", "Noted: copyright registration 2020SR0123456."),
        ("专利ZL201710601862.3能备案吗？", "您提到了专利号ZL201710601862.3（发明）。"),
        (
            "注册号12345678的商标，货物税号6403，在盐田海关被扣，几天内要答复？",
            "您提到了商标注册号12345678、深圳盐田口岸、HS编码6403。",
        ),
        ("G1234567能备案吗？", "您提到了马德里国际注册号1234567。"),
        ("软著登字第1234567号能备案吗？", "您提到了著作权登记号软著登字第1234567号。"),
    ],
)
def test_an_answer_begins_with_what_was_read(engine: Engine, text: str, line: str) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ANSWER
    assert first_line(answer) == line
    assert len(answer.blocks) > 2


@pytest.mark.parametrize("text", ["How much does recordation cost?", "货值15万要交多少担保？"])
def test_where_nothing_of_the_sort_is_named_nothing_is_noted(engine: Engine, text: str) -> None:
    assert "Noted" not in ask(engine, text).text
    assert "您提到了" not in ask(engine, text).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Can ZL 2017 1 0601862.4 be recorded?",
            "ZL201710601862.4 does not go with the others; please compare the number with the certificate.",
        ),
        (
            "ZL201710601862.4能备案吗",
            "ZL201710601862.4的最后一位与前面的数字对不上，请对照证书再核对一下。",
        ),
    ],
)
def test_a_last_digit_that_does_not_fit_is_said_but_not_the_right_one(
    engine: Engine, text: str, said: str
) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ANSWER
    assert said in first_line(answer)
    assert f"201710601862.{check_digit('201710601862')}" not in answer.text


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("ZL201710601862.3", "documents.patent"),
        ("G1234567", "rights.madrid"),
        ("第12345678号商标", "documents.trademark"),
        ("2020SR0123456", "documents.copyright"),
        ("Ningbo", "remedy.goods_held"),
        ("宁波港", "remedy.goods_held"),
        ("HS 8517.13", "documents.goods_information"),
        ("joe@example.com", "talk.start"),
        ("我的手机是13800138000", "talk.start"),
        ("ZL201710601862.3, Ningbo", "documents.patent"),
    ],
)
def test_a_message_that_only_names_something_is_asked_what_about_it(
    engine: Engine, text: str, offered: str
) -> None:
    reading = engine.read(text)
    answer = ask(engine, text)
    assert reading.only_named
    assert answer.kind is Kind.CLARIFY
    assert answer.facts == ()
    assert 2 <= len(answer.suggestions) <= 3
    assert answer.suggestions[0].intent == offered
    assert "not sure" not in answer.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "What is the official fee? My mail is joe@example.com, phone +86 138 0013 8000",
            "I do not repeat your contact details here",
        ),
        ("备案有官费吗？我的邮箱joe@example.com，手机13800138000", "您的联系方式我不在这里重复"),
        ("joe@example.com", "I do not repeat your contact details here"),
        ("blubber joe@example.com wobble 13800138000 zork", "I do not repeat"),
        ("备案有官费吗？呜噜joe@example.com哇啦13800138000呼噜吗？", "我不在这里重复"),
    ],
)
def test_contacts_are_not_repeated(engine: Engine, text: str, said: str) -> None:
    answer = ask(engine, text)
    assert said in answer.text
    assert "joe" not in answer.text
    assert "8000" not in answer.text
    for part in engine.read(text).parts:
        assert "joe@" not in part.text
        assert "8000" not in part.text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("my email is joe@example.com what is the fee", "fee.official"),
        ("how do we record a patent? my phone is +49 151 23456789", "filing.steps"),
        ("notice came yesterday, call me at +49 151 23456789", "talk.urgent"),
    ],
)
def test_a_contact_beside_a_question_was_taken_for_the_question(
    engine: Engine, text: str, wanted: str
) -> None:
    first = engine.read(text).parts[0]
    assert first.intent == wanted
    assert "joe" not in first.text
    assert "2345" not in first.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("What papers do I need for ZL 2019 3 0123456.7?", "For a design patent"),
        ("what documents do you want for trademark no. 12345678", "For a trademark"),
        ("专利ZL 2019 2 0123456.8备案要哪些材料？", "实用新型专利"),
        ("著作权登记号2020SR0123456，备案需要什么材料？", "著作权"),
    ],
)
def test_asked_for_papers_with_a_number_the_list_is_for_its_kind(
    engine: Engine, text: str, said: str
) -> None:
    answer = ask(engine, text)
    assert said in answer.text
    assert papers(answer), intent(answer)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How can we get fakes of ZL201710601862.3 past customs unnoticed?", Kind.REFUSE),
        ("Please let a person call me, +86 138 0013 8000", Kind.ESCALATE),
        ("I want to instruct you to record trademark no. 12345678", Kind.INTAKE),
    ],
)
def test_what_is_wanted_stays_what_it_is(engine: Engine, text: str, kind: Kind) -> None:
    answer = ask(engine, text)
    assert answer.kind is kind
    assert "ZL2017" not in answer.text


def test_a_long_list_is_cut_short(engine: Engine) -> None:
    row = ", ".join(f"trademark no. 1234567{n}" for n in range(9))
    assert first_line(ask(engine, row)).endswith("; 4 more.")


def test_every_question_offered_exists_and_suits_every_sort(engine: Engine) -> None:
    offered = read(QUESTIONS)
    assert set(offered) == {*get_args(Registered), "port", "tariff_code", "contact"}
    for sort, intents in offered.items():
        assert 2 <= len(intents) <= 3, sort
        assert all(engine.knows(each) for each in intents), sort


def test_several_things_share_the_offers() -> None:
    number = Registration(kind="design", number="ZL201930123456.7", raw="ZL201930123456.7")
    both = Entities(registrations=(number,), ports=("ningbo",))
    assert questions_about(both)[:2] == ["documents.patent", "remedy.goods_held"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("how long for trademark 12345678", "time.decision"),
        ("what does it cost for trademark no. 12345678", "fee.official"),
        ("商标12345678需要哪些材料", "documents.trademark"),
        ("how long does it take to register a trademark like 12345678", "tm.time"),
        ("how long for a trademark", "tm.time"),
    ],
)
def test_a_mark_with_its_number_is_asked_to_be_recorded_not_registered(
    engine: Engine, text: str, wanted: str
) -> None:
    assert intent(ask(engine, text)) == wanted
