"""The checklist as a sheet: every paper, every rule behind it, in both languages, as PDF and as HTML."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from markupsafe import Markup

from bot.channels.papers import standing_alone
from bot.papers.checklist import NOTES, Wanted, as_html, as_pdf, content
from knowledge import documents
from knowledge.documents import Holder, Right
from knowledge.library import china
from knowledge.model import LANGUAGES, Language

TODAY = date(2026, 11, 23)
AGENCY = "AAA IPRIGHT"
HOLDERS = (None, *Holder)


def wanted(right: Right, holder: Holder | None, language: Language) -> Wanted:
    return Wanted(right, holder, language, TODAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("right", Right)
def test_every_paper_and_every_rule_behind_it_stands_there(
    right: Right, holder: Holder | None, language: Language
) -> None:
    asked = wanted(right, holder, language)
    html = unescape(as_html(china(), asked, AGENCY, Markup("")))
    items = documents.checklist(documents.china(), right, holder)
    for item in items:
        assert china().said(item.paper, language, TODAY) in html
        for fact in item.paper.facts:
            assert china().on(fact, TODAY).statement(language) in html
    for note in NOTES:
        assert china().on(note, TODAY).statement(language) in html
    assert html.count("<li>") == len(items)
    assert AGENCY in html
    assert not re.search(r"[{}]", html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_one_and_the_same_each_time(language: Language) -> None:
    asked = wanted(Right.TRADEMARK, Holder.COMPANY, language)
    once, again = (as_pdf(china(), asked, AGENCY) for _ in range(2))
    assert once.startswith(b"%PDF-")
    assert len(once) > 10_000
    assert once == again


def test_what_depends_is_apart_and_says_on_what() -> None:
    always, depending = content(
        china(), documents.china(), wanted(Right.PATENT, None, "en"), AGENCY
    )["groups"]
    said = {item["name"]: item["only"] for item in (*always["items"], *depending["items"])}
    assert said["CNIPA's patent evaluation report"] == "for a utility model or a design patent"
    assert said["ID card or passport"] == "for an individual"
    assert said["Copy of the patent certificate"] == ""
    assert "ID card or passport" in {item["name"] for item in always["items"]}


def test_a_name_is_text_and_not_markup() -> None:
    html = as_html(china(), wanted(Right.COPYRIGHT, None, "en"), "<b>A & B</b>", Markup(""))
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in html


def test_a_sheet_that_stands_alone_brings_its_style_and_asks_nobody() -> None:
    html = standing_alone(china(), wanted(Right.DESIGN, Holder.PERSON, "zh"), AGENCY)
    assert "<style>" in html
    assert "li::before" in html
    assert not re.search(r'(?:href|src)="', html)
