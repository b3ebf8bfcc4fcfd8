"""Checklists, and what of them is still missing."""

from __future__ import annotations

import pytest

from intents.engine import Engine
from knowledge.model import Language
from tests.intents.asking import TODAY, ask, first_line, intent, lists, named, papers


@pytest.mark.parametrize(
    ("language", "lead", "licence", "passport"),
    [
        ("en", "For a trademark held by a company, an application", "Business licence", "passport"),
        ("zh", "企业的商标，申请备案需要：", "营业执照", "护照"),
    ],
)
def test_the_checklist_of_a_company(
    engine: Engine, language: Language, lead: str, licence: str, passport: str
) -> None:
    entities = named(rights=("trademark",), holder="company")
    answer = engine.topic("documents.checklist", language, TODAY, entities)
    assert first_line(answer).startswith(lead)
    always, depending = lists(answer)
    assert any(item.startswith(licence) for item in always)
    assert not any(passport in item for item in (*always, *depending))
    [paper] = papers(answer)
    assert paper.wanted == {"right": "trademark", "holder": "company"}
    assert paper.language == language


@pytest.mark.parametrize(
    ("language", "company", "person"),
    [
        (
            "en",
            "Business licence or company registration – for a company",
            "ID card or passport – for an individual",
        ),
        ("zh", "营业执照或者公司注册文件（企业）", "身份证或者护照（个人）"),
    ],
)
def test_of_an_unknown_holder_a_licence_and_a_passport_were_both_wanted_without_a_word(
    engine: Engine, language: Language, company: str, person: str
) -> None:
    answer = engine.topic("documents.checklist", language, TODAY, named(rights=("copyright",)))
    always, depending = lists(answer)
    assert [item for item in always if item in (company, person)] == [company, person]
    assert not {company, person} & set(depending)
    assert papers(answer)[0].wanted == {"right": "copyright"}


def test_a_patent_of_unknown_sort_leaves_its_report_open(engine: Engine) -> None:
    text = "Can you give me a checklist of the documents for a patent?"
    always, depending = lists(ask(engine, text))
    report = "CNIPA's patent evaluation report"
    assert f"{report} – for a utility model or a design patent" in depending
    design = "Can you give me a checklist of the documents for a design patent?"
    assert report in lists(ask(engine, design))[0]
    assert report not in always


def test_without_a_kind_of_right_there_is_no_list(engine: Engine) -> None:
    for topic in ("documents.checklist", "documents.missing"):
        answer = engine.topic(topic, "en", TODAY)
        assert not lists(answer)
        assert not papers(answer)


MISSING = "Which documents are still missing for our trademark?"


@pytest.mark.parametrize(
    ("text", "have", "lacking"),
    [
        (
            f"{MISSING} We have the trademark certificate and photos, but no POA yet",
            ("Copy of the Chinese trademark registration certificate", "Photos of the genuine"),
            "Power of attorney",
        ),
        (
            "商标备案还缺什么文件？我们有营业执照和商标注册证，还没有委托书",
            ("营业执照", "中国商标注册证"),
            "授权委托书",
        ),
        (
            f"{MISSING} We have a passport. The photos aren't ready",
            ("ID card or passport",),
            "Photos of the genuine",
        ),
    ],
)
def test_what_is_said_to_be_lacking_is_not_there(
    engine: Engine, text: str, have: tuple[str, ...], lacking: str
) -> None:
    answer = ask(engine, text)
    assert intent(answer) == "documents.missing"
    assert all(paper in first_line(answer) for paper in have)
    assert lacking not in first_line(answer)
    assert any(lacking in item for items in lists(answer) for item in items)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (f"{MISSING} We have the photos. Is a power of attorney required?", "Power of attorney"),
        ("商标备案：我们有营业执照和商标注册证，还缺什么文件，要不要委托书？", "委托书"),
        ("商标备案还缺什么文件？我们有营业执照，要不要委托书？", "委托书"),
    ],
)
def test_a_paper_that_was_asked_about_was_taken_for_one_that_is_there(
    engine: Engine, text: str, asked: str
) -> None:
    answer = ask(engine, text)
    assert intent(answer) == "documents.missing"
    assert asked not in first_line(answer)
    assert any(asked in item for item in lists(answer)[-1])


def test_a_licence_that_is_there_says_that_the_holder_is_a_company(engine: Engine) -> None:
    answer = ask(engine, f"{MISSING} We have the business licence")
    assert first_line(answer).startswith("For a trademark held by a company you have:")
    assert "passport" not in answer.text


def test_of_papers_that_do_not_belong_to_the_case_an_empty_list_was_told(engine: Engine) -> None:
    text = "Our Madrid trademark: we have the registration certificate. "
    answer = ask(engine, f"{text}Which documents are still missing?")
    assert intent(answer) == "documents.missing"
    assert "you have: ." not in answer.text
    assert first_line(answer) == first_line(engine.topic("documents.missing", "en", TODAY))


def test_whoever_has_everything_lacks_nothing(engine: Engine) -> None:
    text = (
        "Which documents are still missing for our trademark? We have the application form, the business licence, "
        "the trademark certificate, the proof of renewal, the licence contract, photos, evidence of infringement, "
        "a power of attorney, the translation and the notarisation"
    )
    answer = ask(engine, text)
    assert "nothing else is needed" in first_line(answer)
    assert not lists(answer)


def test_papers_with_commas_in_their_names_are_kept_apart(engine: Engine) -> None:
    said = first_line(
        ask(engine, "I have the licence contract and the patent certificate, what is missing?")
    )
    assert "Copy of the patent certificate; Copy of the licence contract, or where" in said
