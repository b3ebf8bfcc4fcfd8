"""The papers of an application as a list, and what of them is still missing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from intents.answer import MOST_FACTS, Block, Bullets, Paper, Text
from intents.handlers.registry import Case, register
from intents.voice import Opening, Voice
from knowledge import documents
from knowledge.documents import Holder, Item, Right
from knowledge.library import Holding

_CLAUSES = re.compile(r"[;；。.!?！？\n]|[,，、]|\bbut\b|\bhowever\b|但是?|不过")
_LACKING = re.compile(
    r"\b(?:no|not|without|missing|lack(?:s|ing)?|except|still (?:to|wait)|waiting for)\b"
    r"|\bneed\b|\bmust\b|\b(?:is|are)\b.*\b(?:needed|required|necessary|mandatory)\b"
    r"|\b(?:do|have|has|is|are)n['’]?t\b"
    r"|还需|需.*[吗么不]|要不要|用不用|是否|必须|没有?|还没|尚未|缺|未(?:办|做|拿)|除了|不知道",
    re.IGNORECASE,
)


@register("checklist")
def checklist(case: Case) -> Opening | None:
    """The papers for the kind of right that was named, or nothing where none was."""
    right = _right(case)
    if right is None:
        return None
    holder = _holder(case)
    items = documents.checklist(documents.china(), right, holder, _known(case))
    head = case.voice.text("papers.head", case=_said(case.voice, right, holder))
    blocks = (*_listed(case.voice, items), _paper(case.voice, right, holder))
    return Opening(head, _facts(case.voice, items), complete=True, blocks=blocks)


@register("checklist_by_number")
def checklist_by_number(case: Case) -> Opening | None:
    """The papers for the kind of right that a number stands for, or nothing where no number was named."""
    return checklist(case) if case.entities.registrations else None


@register("readiness")
def readiness(case: Case) -> Opening | None:
    """What is there, what is missing and what depends, where a kind of right and at least one paper were named."""
    right = _right(case)
    if right is None:
        return None
    papers, holder = documents.china(), _holder(case)
    wanted = {paper.id for paper in papers.papers.values() if paper.wanted(right, holder)}
    have = [paper for paper in _there(case) if paper in wanted]
    if not have:
        return None
    holder = holder or _holder_of(papers.papers[paper] for paper in have)
    known = documents.settled(papers, have, _known(case))
    items = documents.checklist(papers, right, holder, known)
    found = documents.readiness(items, have)
    if not found.have:
        return None
    voice = case.voice
    head = voice.text(
        "papers.have", case=_said(voice, right, holder), papers=_names(voice, found.have)
    )
    if found.complete:
        head = voice.text("frame.space").join((head, voice.text("papers.complete")))
    blocks: list[Block] = []
    if found.missing:
        blocks += [Text(text=voice.text("papers.missing")), _bullets(voice, found.missing)]
    if found.open:
        blocks += [Text(text=voice.text("papers.open")), _bullets(voice, found.open)]
    return Opening(head, _facts(voice, items), complete=True, blocks=tuple(blocks))


def _right(case: Case) -> Right | None:
    named = case.entities.rights
    return Right(named[0]) if named else None


def _holder(case: Case) -> Holder | None:
    told = case.entities.case.get("holder")
    return Holder(told) if told else None


def _holder_of(have: Iterable[documents.Paper]) -> Holder | None:
    """Who the holder must be, by the papers that are there: a business licence is a company's."""
    told = {paper.holders for paper in have if len(paper.holders) == 1}
    return told.pop()[0] if len(told) == 1 else None


def _known(case: Case) -> dict[str, bool]:
    """The circumstances of the papers that the message settles."""
    state, role = case.entities.case.get("state"), case.entities.case.get("role")
    known: dict[str, bool] = {}
    if state == "madrid":
        known |= {"madrid": True, "national": False}
    if state == "unregistered":
        known |= {"unregistered_work": True, "registered_work": False}
    if role == "licensee":
        known["licensed"] = True
    return known


def _there(case: Case) -> list[str]:
    """The papers that somebody says are there: a clause that speaks of lacking names none."""
    found: dict[str, None] = {}
    for clause in _CLAUSES.split(case.text):
        if not _LACKING.search(clause):
            found |= dict.fromkeys(case.voice.names.papers.find(clause))
    return list(found)


def _listed(voice: Voice, items: Iterable[Item]) -> list[Block]:
    items = tuple(items)
    always, depending = ([item for item in items if item.open is flag] for flag in (False, True))
    blocks: list[Block] = [_bullets(voice, always)]
    if depending:
        blocks += [Text(text=voice.text("papers.depending")), _bullets(voice, depending)]
    return blocks


def _bullets(voice: Voice, items: Iterable[Item]) -> Bullets:
    return Bullets(items=tuple(_line(voice, item) for item in items))


def _line(voice: Voice, item: Item) -> str:
    name = voice.said(item.paper)
    if item.only:
        condition = voice.said(documents.china().circumstances[item.only])
        name = voice.text("papers.only", paper=name, condition=condition)
    if item.kinds:
        kinds = documents.china().kinds
        sorts = voice.text("frame.or").join(kinds[kind].text(voice.language) for kind in item.kinds)
        name = voice.text("papers.sorts", paper=name, sorts=sorts)
    return name


def _names(voice: Voice, items: Iterable[Item]) -> str:
    return voice.text("papers.listed").join(voice.said(item.paper) for item in items)


def _said(voice: Voice, right: Right, holder: Holder | None) -> str:
    named = documents.china().kinds[right].text(voice.language)
    return voice.text(f"holder.{holder}", right=named) if holder else named


def _facts(voice: Voice, items: Iterable[Item]) -> tuple[Holding, ...]:
    """The first fact behind every paper, those wanted in any case before the others."""
    ordered = sorted(items, key=lambda item: item.open)
    named = dict.fromkeys(item.paper.facts[0] for item in ordered)
    return tuple(voice.holdings(tuple(named)))[:MOST_FACTS]


def _paper(voice: Voice, right: Right, holder: Holder | None) -> Paper:
    wanted = {"right": right.value, **({"holder": holder.value} if holder else {})}
    return Paper(language=voice.language, wanted=wanted, caption=voice.text("papers.print"))
