"""The papers of an application as a sheet to tick off: a PDF, or HTML where the machine has no font for the language.

In: what is to be recorded, by whom, on which day. Out: bytes. The rules behind the papers come last, with sources.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.papers.typesetting import TEMPLATES, typeset
from bot.papers.words import say
from knowledge import documents, rendering
from knowledge.documents import Documents, Holder, Item, Right
from knowledge.library import Holding, Library
from knowledge.model import Language

NOTES = ("cn.docs.one_per_right", "cn.docs.scans")
"""Rules that hold for every application, said after those behind the papers."""


@dataclass(frozen=True)
class Wanted:
    """What the sheet is for."""

    right: Right
    holder: Holder | None
    language: Language
    on: date


def as_pdf(library: Library, wanted: Wanted, agency: str) -> bytes:
    """The sheet as a PDF. Raises PaperError where the machine cannot set it."""
    data = content(library, documents.china(), wanted, agency)
    return typeset("checklist.typ", wanted.language, data, wanted.on, "pdf")


def as_html(library: Library, wanted: Wanted, agency: str, head: Markup) -> str:
    """The sheet as a page; `head` brings its style."""
    data = content(library, documents.china(), wanted, agency)
    return _pages().get_template("checklist.html").render(lang=wanted.language, head=head, **data)


def content(library: Library, papers: Documents, wanted: Wanted, agency: str) -> dict[str, Any]:
    """What stands on the sheet, as the templates take it."""
    language = wanted.language
    items = documents.checklist(papers, wanted.right, wanted.holder)
    right = papers.kinds[wanted.right].text(language)
    title = f"checklist_{wanted.holder}" if wanted.holder else "checklist"
    groups = [
        {
            "title": say(key, language),
            "items": [_item(library, papers, wanted, item) for item in part],
        }
        for key, part in (
            ("always", [item for item in items if not item.open]),
            ("depending", [item for item in items if item.open]),
        )
        if part
    ]
    return {
        "title": say(title, language, right=right),
        "as_of": say("as_of", language, day=rendering.day(wanted.on, language)),
        "groups": groups,
        "rules_title": say("rules", language),
        "rules": [_rule(library, fact, language) for fact in _rules(library, items, wanted.on)],
        "notice": say("notice", language, agency=agency),
    }


def _item(library: Library, papers: Documents, wanted: Wanted, item: Item) -> dict[str, str]:
    language, only = wanted.language, []
    if item.only:
        condition = library.said(papers.circumstances[item.only], language, wanted.on)
        only.append(say("only", language, condition=condition))
    if item.kinds:
        sorts = say("or", language).join(papers.kinds[kind].text(language) for kind in item.kinds)
        only.append(say("for_sorts", language, sorts=sorts))
    name = library.said(item.paper, language, wanted.on)
    return {"name": name, "only": say("joined", language).join(only)}


def _rules(library: Library, items: Iterable[Item], on: date) -> list[Holding]:
    named = dict.fromkeys((*(fact for item in items for fact in item.paper.facts), *NOTES))
    return [library.on(fact, on) for fact in named]


def _rule(library: Library, fact: Holding, language: Language) -> dict[str, str]:
    cited = say("joined", language).join(library.cite(basis, language) for basis in fact.basis)
    return {"says": fact.statement(language), "source": cited or say("practice", language)}


@cache
def _pages() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
