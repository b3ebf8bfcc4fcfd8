"""A message is understood after the one before it, and a question of its own is never taken for less."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents import entities
from intents.answer import Kind, Sources
from intents.context import NO_CONTEXT, Context, after, kept, merged, pressed
from intents.engine import Engine
from intents.reading import Day, Entities, Money, Reading, Recent
from knowledge.datafiles import read
from knowledge.model import LANGUAGES
from tests.intents.asking import TODAY, foreign
from tests.intents.dialogues import Dialogue, dialogues, listen, talk

DIALOGUES = dialogues()
LANDING = Path(__file__).parent / "phrases"
GOODS = Entities(money=(Money(amount=Decimal(150000), currency="CNY", raw="RMB 150,000"),))
CONTEXTS = (
    Context(intents=("fee.official",)),
    Context(intents=("security.amount",), named=GOODS, told=(GOODS,)),
    Context(intents=("documents.trademark", "tm.time")),
)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda each: f"{each.language}-{each.name}")
def test_a_message_is_understood_after_those_before_it(engine: Engine, dialogue: Dialogue) -> None:
    answer = talk(engine, *dialogue.asked, dialogue.then)
    assert not dialogue.wrong(answer), answer.text
    if answer.facts:
        assert any(isinstance(block, Sources) for block in answer.blocks) or all(
            fact.startswith("bot.") for fact in answer.facts
        )


def test_there_are_enough_dialogues_in_every_language() -> None:
    counts = Counter(dialogue.language for dialogue in DIALOGUES)
    assert all(counts[language] >= 40 for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_of_its_own_is_read_as_if_nothing_had_been_said(
    engine: Engine, language: str
) -> None:
    sentences = [
        sentence
        for path in sorted((LANDING / language).glob("*.yaml"))
        for entry in read(path).values()
        for sentence in entry["lands"][:1]
    ]
    swallowed = []
    for number, sentence in enumerate(sentences):
        alone = engine.read(sentence)
        context = CONTEXTS[number % len(CONTEXTS)]
        said = engine.read(sentence, context=context)
        if [part.intent for part in said.parts] != [part.intent for part in alone.parts]:
            swallowed.append((sentence, [part.intent for part in said.parts]))
    assert len(swallowed) <= len(sentences) / 200, swallowed


@pytest.mark.parametrize(
    ("then", "last"),
    [("and if it was served yesterday?", "25 November"), ("and on 16 November?", "19 November")],
)
def test_a_day_told_without_its_year_takes_the_place_of_the_one_before(
    engine: Engine, then: str, last: str
) -> None:
    asked = "We received the notice on 2 November 2026, when is the last day to respond?"
    answer = talk(engine, asked, then)
    assert f"{last} 2026" in answer.text
    assert "2 November 2026" not in answer.text.replace("22 November 2026", "")


@pytest.mark.parametrize("wish", ["why?", "source?", "shorter please", "again", "更多", "出处？"])
def test_what_leans_on_nothing_is_asked_back_kindly(engine: Engine, wish: str) -> None:
    reading = engine.read(wish)
    assert reading.kind is Kind.CLARIFY
    answer = engine.compose(reading, TODAY)
    assert answer.suggestions
    assert not answer.facts


def test_an_old_amount_enters_no_sum_much_later(engine: Engine) -> None:
    told = ["How high is the fine for goods worth RMB 80,000?", "Who may apply?", "thanks"]
    assert listen(engine, *told)[1].recent == Entities()


def test_an_amount_is_kept_while_it_is_leant_on(engine: Engine) -> None:
    told = ["How much security for goods worth USD 20,000 at a rate of 7.1?"]
    more = [f"and for {number}k?" for number in (30, 40, 50, 60)]
    assert "RMB 426,000" in talk(engine, *told, *more).text


def test_what_is_wanted_of_an_answer_does_not_change_what_the_talk_is_about(
    engine: Engine,
) -> None:
    asked = ["How much security must we give for goods worth RMB 150,000?"]
    _, before = listen(engine, *asked)
    for wish in ("why?", "source?", "shorter", "again", "more details"):
        reading, context = listen(engine, *asked, wish)
        assert (context.intents, context.named) == (before.intents, before.named)
        assert reading.parts[-1].wish is not None


def test_a_reading_holds_all_that_its_answer_needs(engine: Engine) -> None:
    reading, _ = listen(engine, "How much security for goods worth USD 20,000?", "at 7.1")
    again = type(reading).model_validate_json(reading.model_dump_json())
    assert engine.compose(again, TODAY) == engine.compose(reading, TODAY)


def test_a_button_and_its_words_leave_the_same_behind(engine: Engine) -> None:
    for intent, topic in engine.catalogue.topics.items():
        context = pressed(NO_CONTEXT, intent, topic.kind)
        if topic.kind is Kind.ANSWER:
            assert context.intents == (intent,)
        else:
            assert context.intents == ()


def test_three_matters_are_remembered_at_most_and_no_words() -> None:
    context = NO_CONTEXT.answered(["a.a", "a.b", "a.c", "a.d", "a.d"])
    assert context.intents == ("a.b", "a.c", "a.d")
    assert set(Context.model_fields) == {"intents", "named", "told", "currency", "given"}


def test_only_what_sums_and_lists_are_made_from_is_remembered() -> None:
    named = foreign("100", "7.1")
    assert kept(named) == named
    told = entities.read(
        "Two hours ago we got a customs notice in Ningbo on trademark no. 12345678 and HS 8517.13.00, "
        "goods worth USD 100 at a rate of 7.1; we own the registered mark and it is recorded; a@example.com"
    )
    remembered = kept(told)
    lost = {
        name for name in Entities.model_fields if getattr(remembered, name) != getattr(told, name)
    }
    assert lost <= {"registrations", "tariff_codes", "contacts", "recent", "running"}
    assert not any(getattr(remembered, name) for name in lost)
    assert {"registrations", "tariff_codes", "contacts"} <= lost


def test_a_rate_goes_with_its_money() -> None:
    euros = Entities(money=(Money(amount=Decimal(5), currency="EUR", raw="5 EUR"),))
    assert merged(euros, foreign("100", "7.1")).rate is None
    assert merged(foreign("200", None), foreign("100", "7.1")).rate == Decimal("7.1")


def test_an_intent_that_is_gone_is_no_context(engine: Engine) -> None:
    gone = Context(intents=("fee.gone",))
    assert engine.read("why?", context=gone).kind is Kind.CLARIFY
    assert engine.read("and for patents?", context=gone) == engine.read("and for patents?")


def test_after_what_is_not_ours_nothing_is_leant_on(engine: Engine) -> None:
    assert listen(engine, "Is there an official fee?", "how do I bake bread")[1].intents == ()


PIECES = (
    *("why", "source", "shorter", "and", "for patents", "300k", "at 7.1", "in dollars", "?", "，"),
    *(
        "那",
        "专利",
        "呢",
        "为什么",
        "30万",
        "的",
        "要多久",
        "出处",
        "2027-03-05",
        "not recorded",
        "{x}",
    ),
)


@settings(max_examples=150)
@given(
    text=st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join),
    context=st.builds(
        Context,
        intents=st.lists(
            st.sampled_from(
                ("fee.official", "security.amount", "tm.time", "claim.gone", "talk.help")
            ),
            max_size=3,
        ).map(tuple),
        named=st.sampled_from((Entities(), GOODS, foreign("100", "7.1"), foreign("100", None))),
        currency=st.sampled_from((None, "USD")),
    ),
)
def test_no_follow_up_is_too_odd(engine: Engine, text: str, context: Context) -> None:
    reading = engine.read(text, context=context)
    answer = engine.compose(reading, TODAY)
    assert answer.text.strip()
    assert len(answer.facts) <= 8
    assert len(after(context, reading, TODAY).intents) <= 3


def test_yesterday_is_remembered_as_the_day_it_was_and_not_as_the_day_before_any_later_message() -> (
    None
):
    named = Entities(recent=(Recent(raw="yesterday", ago=1),), running="notice")
    reading = Reading(
        text="x", language="en", written_in="en", kind=Kind.CLARIFY, parts=(), entities=named
    )
    remembered = after(Context(), reading, TODAY).recent
    assert [day.day for day in remembered.days] == [TODAY - timedelta(days=1)]
    assert (remembered.recent, remembered.running) == ((), None)


def test_a_day_told_by_its_distance_takes_the_place_of_the_day_named_before() -> None:
    old = Entities(days=(Day(day=date(2026, 11, 2), raw="2 November"),))
    new = Entities(recent=(Recent(raw="yesterday", ago=1),))
    assert [day.raw for day in new.before(old).on(TODAY).days] == ["yesterday"]
