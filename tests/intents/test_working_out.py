"""Verdicts, last days, terms, neighbours and foreign money, worked out from what a message names."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.answer import Kind
from intents.engine import Engine
from intents.handlers import needs
from intents.reading import Day, Entities
from knowledge.model import Language
from tests.intents.asking import TODAY, ask, first_line, foreign, intent, named


@pytest.mark.parametrize(
    ("case", "begin_en", "begin_zh", "words"),
    [
        ({"subject": "trademark", "state": "registered"}, "By the rules, yes.", "按规定可以。", ""),
        ({"subject": "trademark", "role": "licensee"}, "By the rules, no.", "按规定不可以。", ""),
        (
            {"subject": "trademark", "state": "pending"},
            "Not yet.",
            "暂时还不行。",
            "It has to be registered first.",
        ),
        (
            {"subject": "trademark", "state": "foreign_only"},
            "Not yet.",
            "暂时还不行。",
            "A registration in China comes first.",
        ),
        (
            {"subject": "trademark", "role": "co_owner"},
            "That is not certain.",
            "这一点不能确定。",
            "A colleague can look into it for you.",
        ),
    ],
)
def test_a_verdict_is_told_with_its_reason_and_with_what_comes_first(
    engine: Engine, case: dict[str, str], begin_en: str, begin_zh: str, words: str
) -> None:
    english = engine.topic("rights.can_we", "en", TODAY, Entities(case=case))
    chinese = engine.topic("rights.can_we", "zh", TODAY, Entities(case=case))
    assert first_line(english).startswith(begin_en)
    assert first_line(chinese).startswith(begin_zh)
    assert words in first_line(english)
    assert english.facts == chinese.facts
    assert english.facts


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("Can we record our trademark as things stand? It has not expired", "By the rules, yes."),
        ("Can we record our trademark as things stand? It hasn't been registered", "Not yet."),
    ],
)
def test_a_verdict_rested_on_what_was_denied(engine: Engine, text: str, begin: str) -> None:
    answer = ask(engine, text)
    assert intent(answer) == "rights.can_we"
    assert first_line(answer).startswith(begin)


def test_where_too_little_is_told_there_is_no_verdict(engine: Engine) -> None:
    said = first_line(engine.topic("rights.can_we", "en", TODAY))
    assert not said.startswith(("By the rules", "Not yet", "That is not certain"))
    assert needs("eligibility") == "judged"


@pytest.mark.parametrize(
    ("days", "language", "words"),
    [
        ((TODAY,), "en", ("until 21 November 2036, unless", "from 21 May 2036 to 21 November")),
        ((TODAY,), "zh", ("有效期至2036年11月21日", "2036年5月21日至2036年11月21日")),
        ((TODAY, date(2030, 1, 1)), "en", ("until 1 January 2030, because the right itself",)),
        (
            (date(2030, 1, 1), TODAY),
            "zh",
            ("2026年11月22日核准的备案，有效期至2030年1月1日，因为",),
        ),
        ((TODAY, date(2046, 1, 1)), "en", ("until 21 November 2036, unless",)),
        ((date(2024, 2, 29),), "en", ("until 27 February 2034",)),
        ((TODAY, TODAY), "en", ("until 21 November 2036, unless",)),
    ],
)
def test_of_a_grant_and_the_end_of_the_right_the_sooner_end_counts(
    engine: Engine, days: tuple[date, ...], language: Language, words: tuple[str, ...]
) -> None:
    said = first_line(engine.topic("validity.expiry_date", language, TODAY, named(*days)))
    assert all(word in said for word in words), said


@pytest.mark.parametrize(
    ("days", "language", "words"),
    [
        ((date(2016, 3, 15),), "en", ("was valid until 14 March 2026", "is over; unless")),
        ((date(2016, 3, 15),), "zh", ("有效期已于2026年3月14日届满", "已过；当时没有续展的")),
        (
            (date(2020, 3, 15), date(2026, 6, 10)),
            "en",
            ("was valid until 10 June 2026, because the right itself ended",),
        ),
        ((date(2016, 11, 23),), "en", ("is valid until 22 November 2026", "can be renewed from")),
    ],
)
def test_a_recordation_that_has_run_out_is_not_called_valid(
    engine: Engine, days: tuple[date, ...], language: Language, words: tuple[str, ...]
) -> None:
    said = first_line(engine.topic("validity.expiry_date", language, TODAY, named(*days)))
    assert all(word in said for word in words), said


@pytest.mark.parametrize(
    ("text", "worked_out"),
    [
        ("Is ex officio security capped at RMB 100,000?", False),
        ("依职权的担保上限是10万元吗", False),
        ("What is the security, at most, for goods worth RMB 100,000?", True),
    ],
)
def test_the_cap_of_the_security_is_not_taken_for_the_value_of_goods(
    engine: Engine, text: str, worked_out: bool
) -> None:
    said = first_line(ask(engine, text))
    assert ("RMB 50,000" in said or "人民币50,000元" in said) is worked_out, said


@pytest.mark.parametrize(
    "days", [(), (TODAY, date(2030, 1, 1), date(2031, 1, 1)), (date.max,)], ids=["0", "3", "end"]
)
def test_of_no_day_or_too_many_none_is_worked_out(engine: Engine, days: tuple[date, ...]) -> None:
    plain = engine.topic("validity.expiry_date", "en", TODAY)
    found = engine.topic("validity.expiry_date", "en", TODAY, named(*days))
    assert first_line(found) == first_line(plain)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what does POA mean", ("“power of attorney” is “授权委托书” in Chinese.",)),
        ("what does ex officio mean", ("in Chinese.",)),
        ("放行的英文怎么说", ("的英文是",)),
        ("what does beian mean", ("can mean recording intellectual property with Customs",)),
        ("备案的英文怎么说", ("“备案”可以指知识产权海关保护备案",)),
    ],
)
def test_a_term_is_told_in_both_languages_and_an_ambiguous_word_with_its_meanings(
    engine: Engine, text: str, words: tuple[str, ...]
) -> None:
    answer = ask(engine, text)
    assert intent(answer) == "term.meaning"
    assert all(word in first_line(answer) for word in words), first_line(answer)
    assert answer.facts


def test_a_term_with_an_ambiguous_word_in_it_was_not_translated(engine: Engine) -> None:
    said = first_line(ask(engine, "海关备案用英语怎么说"))
    assert said.startswith("“知识产权海关保护备案”的英文是“customs recordation of IP rights”。")


def test_of_a_word_that_is_no_term_the_plain_answer_stands(engine: Engine) -> None:
    said = first_line(ask(engine, "what does this word mean"))
    assert said.startswith("Customs recordation is the filing of an existing intellectual property")


@pytest.mark.parametrize(
    ("text", "words", "ours"),
    [
        ("can you record our mark with US Customs", "(CBP) is another country's", "What we do is"),
        ("we need the hs code for our goods", "HS code for goods is outside", "What we do is"),
        ("我们的货物HS编码是多少", "HS编码不在我的服务范围内", "我们办理的是在中国海关备案"),
    ],
)
def test_a_neighbour_is_told_where_the_border_lies_and_what_is_ours(
    engine: Engine, text: str, words: str, ours: str
) -> None:
    said = first_line(ask(engine, text))
    assert words in said
    assert said.index(words) < said.index(ours)


def test_a_matter_beside_ours_without_a_name_gets_the_plain_answer(engine: Engine) -> None:
    said = first_line(engine.topic("outside.subject", "en", TODAY))
    assert "What we do is record" not in said
    assert said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("At your rate of 7.1, USD 20,000 is RMB 142,000.", "is RMB 71,000:")),
        ("zh", ("按您给出的汇率7.1，USD 20,000折合人民币142,000元。", "人民币71,000元")),
    ],
)
def test_with_a_rate_foreign_money_is_reckoned_and_the_rate_is_said(
    engine: Engine, language: Language, words: tuple[str, ...]
) -> None:
    named = foreign("20000", "7.1", recorded=True)
    said = first_line(engine.topic("security.amount", language, TODAY, named))
    assert all(word in said for word in words), said


@pytest.mark.parametrize(
    "text",
    [
        "How much security for goods worth USD 20,000 at a rate of 7.1, the right is recorded?",
        "1 USD = 7.1 RMB, how much security for goods worth USD 20,000? The right is recorded.",
    ],
)
def test_a_rate_was_cut_short_or_taken_for_the_value(engine: Engine, text: str) -> None:
    assert "At your rate of 7.1, USD 20,000 is RMB 142,000." in ask(engine, text).text


def test_without_a_rate_the_value_or_the_rate_is_asked_for(engine: Engine) -> None:
    for amount in ("28000", "20000"):
        for language, asked in (("en", "tell me the value in renminbi"), ("zh", "我不掌握汇率")):
            said = engine.topic(
                "security.amount", "zh" if language == "zh" else "en", TODAY, foreign(amount, None)
            )
            assert asked in first_line(said)
            assert "At your rate" not in said.text


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("counter_security.amount", "For goods worth RMB 142,000 the counter-security"),
        ("penalty.fine", "For goods worth RMB 142,000 the fine can be at most RMB 42,600."),
    ],
)
def test_a_share_of_foreign_money_wants_a_rate_too(engine: Engine, topic: str, words: str) -> None:
    said = first_line(engine.topic(topic, "en", TODAY, foreign("20000", "7.1")))
    assert said.startswith("At your rate of 7.1, USD 20,000 is RMB 142,000. ")
    assert words in said
    plain = first_line(engine.topic(topic, "en", TODAY))
    assert first_line(engine.topic(topic, "en", TODAY, foreign("20000", None))) == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "How much must be deposited to have goods released in a patent case, worth RMB 150,000",
            "For goods worth RMB 150,000 the counter-security in a patent case is RMB 150,000.",
        ),
        (
            "专利案件货值15万元的反担保是多少",
            "专利案件中，价值人民币150,000元的货物，反担保金额为人民币150,000元。",
        ),
    ],
)
def test_counter_security_is_the_whole_value(engine: Engine, text: str, words: str) -> None:
    answer = ask(engine, text)
    assert first_line(answer).startswith(words)
    assert "cn.counter_security.patent" in answer.facts


@given(
    amount=st.decimals(min_value="0.01", max_value="1e9", places=2),
    rate=st.decimals(min_value="0.0001", max_value="9999", places=4),
)
def test_at_any_rate_the_sum_said_is_the_value_times_the_rate(
    engine: Engine, amount: Decimal, rate: Decimal
) -> None:
    entities = foreign(str(amount), str(rate))
    said = first_line(engine.topic("counter_security.amount", "en", TODAY, entities))
    value = (amount * rate).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    if value:
        assert f"is RMB {value:,f}".rstrip("0").rstrip(".") in said
    else:
        assert "At your rate" not in said


@pytest.mark.parametrize(
    ("text", "elsewhere", "last"),
    [
        (
            "The notice was served on 19 November 2026 at 10 pm Berlin time, until when do we have to answer?",
            "it is 20 November 2026 in China, and the days are counted there",
            "the last day is 25 November 2026",
        ),
        (
            "通知于2026年11月19日晚上10点（柏林时间）送达，最晚什么时候答复？",
            "在中国是2026年11月20日，期限按中国的日期计算",
            "最后一天是2026年11月25日",
        ),
    ],
)
def test_an_hour_abroad_that_is_another_day_in_china_is_counted_there(
    engine: Engine, text: str, elsewhere: str, last: str
) -> None:
    said = first_line(ask(engine, text))
    assert elsewhere in said
    assert last in said


@pytest.mark.parametrize(
    "at", ["", "at 10 pm", "at 10 am Berlin time", "at 10 pm Beijing time, in our Madrid case"]
)
def test_an_hour_that_is_the_same_day_in_china_changes_nothing(engine: Engine, at: str) -> None:
    text = f"The notice was served on 19 November 2026 {at}, until when do we have to answer?"
    said = first_line(ask(engine, text))
    assert "another day in China" not in said
    assert "the last day is 24 November 2026" in said


def test_an_hour_at_the_end_of_the_calendar_stopped_the_answer(engine: Engine) -> None:
    end = Day(day=date.max, raw="then", at=time(22), zone="Europe/Berlin")
    for topic in ("exofficio.respond", "procedure.change"):
        plain = engine.topic(topic, "en", TODAY)
        answer = engine.topic(topic, "en", TODAY, Entities(days=(end,)))
        assert answer.kind is Kind.ANSWER
        assert answer.facts == plain.facts


@pytest.mark.parametrize(
    "text",
    [
        f"security for goods worth RMB {'9' * 35}",
        f"security for goods worth USD {'9' * 28} at a rate of 7.1",
        f"货值{'9' * 35}元，罚款最多多少",
        f"patent case, goods worth RMB {'9' * 35}, how much counter-security?",
    ],
)
def test_an_amount_beyond_all_goods_is_answered_without_a_sum(engine: Engine, text: str) -> None:
    assert "99" not in first_line(ask(engine, text)).replace(",", "")
