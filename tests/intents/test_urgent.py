"""A case that cannot wait: the deadline as a date first, then what to do, then a person."""

from __future__ import annotations

from datetime import date

import pytest

from intents.answer import Answer, Kind
from intents.engine import Engine
from tests.intents.asking import TODAY, ask, first_line, intent
from tests.intents.dialogues import talk


def lines(answer: Answer) -> list[str]:
    return answer.text.split("\n\n")


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("We got the notice yesterday at 6 pm", "Wednesday 25 November 2026"),
        ("Customs notice arrived today, what now?", "Wednesday 25 November 2026"),
        ("The customs letter came on Wednesday", "Monday 23 November 2026"),
        ("Two days ago we received a notice from Ningbo customs", "Wednesday 25 November 2026"),
        ("昨天下午收到海关通知", "2026年11月25日（星期三）"),
        ("海关的通知书是周三送到的", "2026年11月23日（星期一）"),
        ("前天接到海关通知，急", "2026年11月25日（星期三）"),
    ],
)
def test_the_last_day_comes_first_and_a_person_is_called(
    engine: Engine, text: str, last: str
) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ESCALATE
    assert last in first_line(answer).split(":")[0].split("：")[0]
    assert "cn.exofficio.response_deadline" in answer.facts
    assert answer.suggestions


def test_the_day_it_is_counted_from_is_said_aloud(engine: Engine) -> None:
    said = first_line(ask(engine, "We received the customs notice last Friday"))
    assert "Friday 20 November 2026" in said
    assert "another day" in said
    said = first_line(ask(engine, "海关通知是上周五来的"))
    assert "2026年11月13日（星期五）" in said
    assert "不是这一天" in said


def test_holidays_and_makeup_days_count_as_the_calendar_has_them(engine: Engine) -> None:
    answer = ask(engine, "The customs notice came today", date(2026, 9, 30))
    assert "Saturday 10 October 2026" in first_line(answer)


def test_on_the_last_day_it_says_today(engine: Engine) -> None:
    text = "The customs notice came on Wednesday"
    assert "today, Monday 23 November" in first_line(ask(engine, text, date(2026, 11, 23)))
    assert "就是今天" in first_line(ask(engine, "海关通知周三到的", date(2026, 11, 23)))


@pytest.mark.parametrize(
    ("text", "sorry", "way"),
    [
        ("The customs notice came two weeks ago", "I am sorry", "can ask Customs to detain it"),
        ("海关通知两周前就到了", "很抱歉", "可以向海关申请扣留"),
    ],
)
def test_a_day_that_has_passed_is_said_kindly_with_what_remains(
    engine: Engine, text: str, sorry: str, way: str
) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ESCALATE
    assert first_line(answer).startswith(sorry)
    assert way in answer.text
    assert {"cn.exofficio.no_response", "cn.application.when"} <= set(answer.facts)


@pytest.mark.parametrize(
    ("text", "rule", "asked"),
    [
        ("our goods are held at Shanghai now", "3 working days", "On which day"),
        ("it's urgent please help, customs wrote to us", "3 working days", "On which day"),
        ("货现在被扣在宁波海关", "3个工作日", "哪一天"),
        ("customs seized my goods in Shenzhen, please help quickly", "3 working days", "On which"),
    ],
)
def test_without_a_day_the_rule_comes_first_and_the_question_when(
    engine: Engine, text: str, rule: str, asked: str
) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ESCALATE
    assert rule in first_line(answer)
    assert asked in first_line(answer)


@pytest.mark.parametrize(
    "text",
    ["the customs notice came on 20 December", "we received the customs notice on 2027-01-05"],
)
def test_a_notice_that_came_came_on_no_day_to_come(engine: Engine, text: str) -> None:
    assert "On which day did the notice reach you?" in first_line(ask(engine, text))


def test_of_held_goods_holder_and_trader_are_told(engine: Engine) -> None:
    answer = ask(engine, "goods were stopped this morning at Ningbo")
    assert "If that was on Sunday 22 November 2026" in first_line(answer)
    assert "If the right is yours" in answer.text
    assert "If the goods are yours" in answer.text
    assert "cn.remedy.trader_response" in answer.facts


def test_what_else_is_asked_is_answered_behind_it(engine: Engine) -> None:
    answer = ask(
        engine, "The notice came yesterday. How much security for goods worth RMB 150,000?"
    )
    assert answer.kind is Kind.ESCALATE
    assert "25 November" in lines(answer)[0]
    assert "RMB 75,000" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "Hong Kong customs stopped our goods this morning",
        "The court notice came yesterday, what happens to the goods?",
        "Goods detained since Monday, who pays for storage?",
        "If a notice came last Friday, when is the last day to answer?",
        "What happens when goods are held?",
    ],
)
def test_another_customs_a_court_a_story_or_a_supposed_case_calls_nobody(
    engine: Engine, text: str
) -> None:
    assert ask(engine, text).kind is not Kind.ESCALATE


def test_a_day_told_by_its_distance_is_counted_from_elsewhere_too(engine: Engine) -> None:
    answer = ask(engine, "If a notice came last Friday, when is the last day to answer?")
    assert "Friday 20 November 2026" in first_line(answer)
    assert "25 November 2026" in first_line(answer)
    answer = ask(engine, "We filed our application last Friday, when will GACC decide?")
    assert intent(answer) == "time.decision"
    assert "4 January 2027" in first_line(answer)


@pytest.mark.parametrize("on", [TODAY, date(2007, 1, 1), date(1999, 1, 1), date(2099, 12, 31)])
def test_on_any_day_there_is_an_answer(engine: Engine, on: date) -> None:
    answer = ask(engine, "The customs notice came yesterday, please help urgently", on)
    assert answer.kind is Kind.ESCALATE
    assert answer.text


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Customs wrote to us, what shall we do?", "On which day did it reach you"),
        ("We got a letter from Chinese customs", "On which day did it reach you"),
        ("Customs told us that they found suspected goods.", "On which day did it reach you"),
        ("海关给我们发函了，怎么办？", "哪一天收到的"),
        ("海關來信了，我們該怎麼辦？", "哪一天收到的"),
        ("我們是權利人，海關說發現疑似侵權貨物，下一步？", "哪一天收到的"),
    ],
)
def test_a_letter_may_be_a_notice_so_its_day_and_matter_are_asked_for(
    engine: Engine, text: str, asked: str
) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ESCALATE
    assert asked in first_line(answer)
    assert first_line(answer).startswith(("If it is", "如果是"))
    assert {"cn.exofficio.response_deadline", "cn.remedy.trader_response"} <= set(answer.facts)


@pytest.mark.parametrize(
    "text",
    [
        "Can customs write to us in English?",
        "Customs wrote to us that our recordation was refused. On which grounds can GACC refuse?",
        "US customs wrote to us, what shall we do?",
        "海关来信要用中文回复吗？",
    ],
)
def test_a_letter_about_something_else_is_no_notice(engine: Engine, text: str) -> None:
    assert ask(engine, text).kind is not Kind.ESCALATE


@pytest.mark.parametrize(
    ("messages", "last"),
    [
        (["Customs wrote to us, what shall we do?", "last Friday"], "25 November 2026"),
        (["We received the customs notice", "it was on 19 November 2026"], "24 November 2026"),
        (["海关给我们发函了，怎么办？", "上周五收到的"], "2026年11月18日"),
        (["我们收到了海关通知", "昨天收到的"], "2026年11月25日"),
    ],
)
def test_the_day_that_was_asked_for_may_come_alone(
    engine: Engine, messages: list[str], last: str
) -> None:
    answer = talk(engine, *messages)
    assert answer.kind is Kind.ESCALATE
    assert last in first_line(answer)


@pytest.mark.parametrize(
    ("messages", "wanted", "unwanted"),
    [
        (["The notice came yesterday"], ["phone number and the port"], []),
        (["The notice came from Ningbo customs yesterday"], ["phone number"], ["the port"]),
        (["My phone is +49 170 1234567", "The notice came today"], ["the port"], ["phone"]),
        (["port of Ningbo, a@example.com", "The notice came today"], [], ["please"]),
        (["Can I talk to a person? a@example.com"], ["how to reach you"], ["leave your name"]),
        (["昨天收到海关通知"], ["电话和口岸"], []),
        (["昨天收到宁波海关的通知"], ["留下电话"], ["哪个口岸", "电话和口岸"]),
        (["我的电话13800138000", "今天收到海关通知"], ["哪个口岸"], ["留下电话"]),
        (["可以转人工吗？电话13800138000"], ["您留下的联系方式"], ["请留下"]),
    ],
)
def test_what_was_given_is_not_asked_for_again(
    engine: Engine, messages: list[str], wanted: list[str], unwanted: list[str]
) -> None:
    said = talk(engine, *messages).text
    assert all(words in said for words in wanted)
    assert not any(words in said for words in unwanted)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We did not get any notice from customs", "exofficio.notice_service"),
        ("We never received a notice from the customs office", "exofficio.notice_service"),
        ("我们没有收到海关通知", "exofficio.notice_service"),
        ("我们从来没有收到过海关的通知", "exofficio.notice_service"),
    ],
)
def test_a_notice_that_did_not_come_is_no_case_that_runs(
    engine: Engine, text: str, found: str
) -> None:
    answer = ask(engine, text)
    assert answer.kind is Kind.ANSWER
    assert intent(answer) == found


@pytest.mark.parametrize(
    "text",
    [
        "We have not answered the customs notice that came yesterday",
        "海关通知昨天收到的，还没有答复",
    ],
)
def test_a_notice_not_answered_yet_is_one(engine: Engine, text: str) -> None:
    assert ask(engine, text).kind is Kind.ESCALATE
