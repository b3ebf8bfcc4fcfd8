"""The time for a court's notice depends on the route: the wrong one would cost a right holder the case."""

from __future__ import annotations

import pytest

from intents.engine import Engine
from tests.intents.asking import ask, first_line

EX_OFFICIO = {"en": "22 February 2027", "zh": "2027年2月22日"}
ON_APPLICATION = {"en": "5 January 2027", "zh": "2027年1月5日"}


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            "Goods were detained ex officio on 2026-12-07, by when must the court's notice to assist reach Customs?",
            EX_OFFICIO["en"],
            ON_APPLICATION["en"],
        ),
        (
            "Goods were detained at our request on 2026-12-07; we applied. Court notice by when?",
            ON_APPLICATION["en"],
            EX_OFFICIO["en"],
        ),
        (
            "海关2026年12月7日依职权扣留，不能认定侵权，法院通知最晚哪天送到？",
            EX_OFFICIO["zh"],
            ON_APPLICATION["zh"],
        ),
    ],
)
def test_the_term_of_the_other_route_was_told(
    engine: Engine, text: str, right: str, wrong: str
) -> None:
    answer = ask(engine, text)
    assert right in answer.text
    assert wrong not in answer.text


def test_of_an_unnamed_route_each_day_is_said_with_its_own(engine: Engine) -> None:
    line = first_line(ask(engine, "detained on 2026-12-07, court notice by when"))
    of_its_own, asked = line.index("of its own accord"), line.index("asked for the detention")
    assert of_its_own < line.index(EX_OFFICIO["en"]) < asked < line.index(ON_APPLICATION["en"])
