"""What the answers and the talk before tell of the case."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation import case
from bot.conversation.scene import Scene
from bot.intake import form as forms
from bot.intake.progress import Progress
from intents.answer import Answer, plain
from intents.engine import Engine
from intents.reading import Entities, Registration
from knowledge.model import LANGUAGES, Language
from tests.bot.conversation.script import NOW
from tests.bot.intake.walking import LINES, walked
from tests.prepared import prepared_engine

RECORDATION = forms.load("recordation")
REMINDER = forms.load("renewal_reminder")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return prepared_engine()


def verdict(engine: Engine, before: Progress, after: Progress, language: Language = "en") -> str:
    scene = Scene(engine, "AAA IPRIGHT", NOW)
    return " ".join(plain(case.verdict(scene, RECORDATION, before, after, language)))


def said_after(engine: Engine, *lines: str, language: Language = "en") -> str:
    """What the last of these answers makes the bot say of the case."""
    return verdict(engine, walked(*lines[:-1]), walked(*lines), language)


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        (("service mark",), "A registration for goods comes first"),
        (("trademark", "pending"), "It has to be registered first"),
        (("trademark", "only abroad"), "A registration in China comes first"),
        (("patent", "pending"), "A patent granted in China comes first"),
        (("patent", "only abroad"), "A patent granted in China comes first"),
        ((*LINES[:4], "licensee"), "The right holder itself has to apply"),
        ((*LINES[:4], "distributor"), "The right holder itself has to apply"),
    ],
)
def test_an_obstacle_is_told_at_once_with_what_comes_first(
    engine: Engine, lines: tuple[str, ...], first: str
) -> None:
    for language in LANGUAGES:
        assert said_after(engine, *lines, language=language)
    assert first in said_after(engine, *lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("trademark",),
        ("trademark", "registered"),
        ("trademark", "madrid"),
        ("patent", "granted"),
        ("copyright", "registered"),
        ("not sure",),
        LINES[:5],
        LINES[:7],
        LINES[:9],
    ],
)
def test_where_nothing_stands_in_the_way_nothing_is_said(
    engine: Engine, lines: tuple[str, ...]
) -> None:
    assert said_after(engine, *lines) == ""


def test_a_work_without_registration_can_be_recorded_and_that_is_said(engine: Engine) -> None:
    said = said_after(engine, "copyright", "not registered")
    assert said.startswith(("By the rules, yes", "Yes"))
    assert "can tell you what can be done first" not in said


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("Italy", "An overseas right holder must file"),
        ("Hong Kong", "An overseas right holder must file"),
        ("China", "may file directly or through"),
    ],
)
def test_where_the_holder_sits_once_told_nothing(engine: Engine, where: str, said: str) -> None:
    assert said in said_after(engine, *LINES[:7], where)
    assert said_after(engine, *LINES[:7], where, language="zh").startswith("按规定可以")


def test_where_the_holder_sits_waits_until_it_is_known_how_the_right_stands(engine: Engine) -> None:
    early = Progress.model_validate(
        {
            "form": "recordation",
            "at": "rights.1.mark_state",
            "answers": {
                "rights.1.right_type": {"status": "answered", "value": "trademark"},
                "country": {"status": "answered", "value": "IT"},
            },
        }
    )
    assert verdict(engine, Progress(form="recordation", at="rights.1.right_type"), early) == ""
    known = walked("registered", start=early)
    assert "An overseas right holder" in verdict(engine, early, known)
    assert "An overseas" not in verdict(engine, early, walked("pending", start=early))


def test_each_reason_is_said_once(engine: Engine) -> None:
    first = ("service mark",)
    assert said_after(engine, *first)
    assert said_after(engine, *first, "registered") == ""
    licensee = said_after(engine, *first, "registered", "skip1234", "no", "licensee")
    assert "right holder itself" in licensee
    assert "goods comes first" not in licensee, "that was said before"


def test_a_second_right_with_the_same_obstacle_is_not_told_again(engine: Engine) -> None:
    lines = ("trademark", "pending", "yes", "trademark", "pending")
    assert said_after(engine, *lines) == ""
    other = ("trademark", "pending", "yes", "patent", "pending")
    assert "A patent granted in China" in said_after(engine, *other)


def test_a_verdict_is_not_said_when_the_obstacle_goes(engine: Engine) -> None:
    assert verdict(engine, walked("trademark", "pending"), walked("trademark", "madrid")) == ""


def test_what_was_said_before_is_proposed_to_the_first_round() -> None:
    number = Registration(kind="trademark", number="1234567", raw="no. 1234567")
    named = Entities(
        rights=("trademark",),
        registrations=(number,),
        case={"state": "registered", "role": "licensee", "holder": "company"},
    )
    assert case.proposals(RECORDATION, named) == {
        "rights.1.right_type": "trademark",
        "rights.1.mark_state": "registered",
        "rights.1.patent_state": "registered",
        "rights.1.work_state": "registered",
        "rights.1.registration_number": "1234567",
        "role": "licensee",
        "holder_kind": "company",
    }


def test_a_madrid_number_is_proposed_as_it_is_kept() -> None:
    number = Registration(kind="madrid", number="1234567", raw="IR 1234567")
    proposed = case.proposals(RECORDATION, Entities(registrations=(number,)))
    assert proposed == {"rights.1.registration_number": "G1234567"}


@pytest.mark.parametrize("right", ["invention", "utility_model", "design"])
def test_every_sort_of_patent_is_a_patent(right: str) -> None:
    proposed = case.proposals(RECORDATION, Entities(case={"subject": right}))
    assert proposed["rights.1.right_type"] == "patent"


def test_what_is_no_option_is_not_proposed() -> None:
    assert case.proposals(RECORDATION, Entities(case={"subject": "trade_name"})) == {}
    assert case.proposals(REMINDER, Entities(rights=("trademark",))) == {}


def test_an_answer_composed_of_a_verdict_holds_on_the_day(engine: Engine) -> None:
    named = Entities(case={"role": "licensee"})
    answer = engine.topic(case.ELIGIBLE, "en", date(2026, 11, 22), named)
    assert isinstance(answer, Answer)
    assert "cn.applicant.licensee" in answer.facts


def test_the_number_and_the_country_told_before_were_once_forgotten() -> None:
    number = Registration(kind="trademark", number="1234567", raw="no. 1234567")
    named = Entities(registrations=(number,), case={"origin": "abroad"})
    told = case.told_in("We are an Italian firm from Italy, no. 1234567", named)
    assert told == {"number": "1234567", "country": "IT"}
    proposed = case.proposals(RECORDATION, Entities(rights=("trademark",)), told)
    assert proposed["rights.1.registration_number"] == "1234567"
    assert proposed["country"] == "IT"


@pytest.mark.parametrize(
    "said", ["from Italy or from France", "we ship to our shop", "registered in China"]
)
def test_a_country_that_is_not_plainly_the_holders_is_not_proposed(said: str) -> None:
    assert "country" not in case.told_in(said, Entities(case={"origin": "abroad"}))


def test_a_number_whose_digits_do_not_fit_is_not_proposed() -> None:
    wrong = Registration(kind="design", number="ZL202030123456.4", raw="ZL", fits=False)
    assert case.told_in("", Entities(registrations=(wrong,))) == {}
